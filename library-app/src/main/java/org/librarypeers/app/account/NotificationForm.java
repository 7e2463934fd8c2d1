package org.librarypeers.app.account;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.notifications.NotificationChoices;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;

/**
 * The form with a person's choices of notifications.
 *
 * @param rows one row for each kind that the person can choose
 * @param peers the peers, in the order in which they are shown
 * @param sendsMail whether the library sends mails
 */
public record NotificationForm(List<Row> rows, List<Peer> peers, boolean sendsMail) {

    /**
     * One kind of notification.
     *
     * @param all whether all peers are chosen
     * @param chosen the chosen peers; they do not count if all are
     * @param wrong what is wrong with the chosen peers; null if nothing is
     */
    public record Row(
            NotificationKind kind,
            NotificationFrequency frequency,
            boolean all,
            Set<PeerId> chosen,
            @Nullable String wrong) {

        /** Returns the frequencies to choose from. */
        public List<NotificationFrequency> frequencies() {
            List<NotificationFrequency> all = new ArrayList<>(List.of(NotificationFrequency.OFF));
            all.addAll(kind.frequencies());
            return all;
        }

        private NotificationChoice choice(Account account) {
            return new NotificationChoice(
                    account.name(), kind, frequency, all || frequency == NotificationFrequency.OFF ? null : chosen);
        }
    }

    /** Returns the form with the stored choices. */
    static NotificationForm of(List<NotificationChoice> choices, List<Peer> peers, boolean sendsMail) {
        return new NotificationForm(
                choices.stream()
                        .map(choice -> new Row(
                                choice.kind(),
                                choice.frequency(),
                                choice.peers() == null,
                                choice.peers() == null ? Set.of() : choice.peers(),
                                null))
                        .toList(),
                peers,
                sendsMail);
    }

    /** Returns the form that the visitor has sent. Peers that do not exist are ignored. */
    static NotificationForm sent(Visit visit, List<Peer> peers, boolean sendsMail) {
        Map<String, PeerId> known =
                peers.stream().map(Peer::id).collect(Collectors.toMap(PeerId::toString, Function.identity()));
        return new NotificationForm(
                NotificationChoices.kinds(visit.signedIn()).stream()
                        .map(kind -> row(visit, kind, known))
                        .toList(),
                peers,
                sendsMail);
    }

    private static Row row(Visit visit, NotificationKind kind, Map<String, PeerId> known) {
        NotificationFrequency frequency = NotificationFrequency.find(visit.field(kind.word()))
                .filter(each -> kind.frequencies().contains(each))
                .orElse(NotificationFrequency.OFF);
        Set<PeerId> chosen = new HashSet<>();
        for (String id : visit.ctx().formParams(kind.word() + "-peer")) {
            PeerId peer = known.get(id);
            if (peer != null) {
                chosen.add(peer);
            }
        }
        boolean all = !kind.isPerPeer()
                || known.isEmpty()
                || !visit.field(kind.word() + "-all").isEmpty();
        boolean wrong = !all && chosen.isEmpty() && frequency != NotificationFrequency.OFF;
        return new Row(kind, frequency, all, chosen, wrong ? visit.say("notifications.peers.none") : null);
    }

    /** Returns whether nothing is wrong with any row. */
    public boolean isGood() {
        return rows.stream().allMatch(row -> row.wrong() == null);
    }

    List<NotificationChoice> choices(Account account) {
        return rows.stream().map(row -> row.choice(account)).toList();
    }
}

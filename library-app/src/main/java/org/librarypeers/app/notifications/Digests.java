package org.librarypeers.app.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.notifications.NotificationChoices.Recipient;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.Arrivals;
import org.librarypeers.sync.notifications.EndedRuns;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.NotificationState;
import org.librarypeers.sync.storage.InboxFilter;

/**
 * Writes the digests that are due. A digest reports what happened since the last one, and is left out if nothing
 * happened. The digest and the time until which it reports are saved in one transaction. Thread-safe.
 */
final class Digests {

    /** The age from which something is reported. A transaction may commit this long after the times that it saves. */
    static final Duration SETTLED = Duration.ofMinutes(1);

    private static final String WEBHOOK_SUBJECT = "digest webhook";

    private final LibraryStorage storage;
    private final NotificationSettings settings;
    private final NotificationChoices choices;
    private final Announcer announcer;

    Digests(LibraryStorage storage, NotificationSettings settings, NotificationChoices choices, Announcer announcer) {
        this.storage = storage;
        this.settings = settings;
        this.choices = choices;
        this.announcer = announcer;
    }

    /** Writes the digests that are due. */
    void write(Instant now) {
        if (settings.mail().isPresent()) {
            for (Recipient recipient : choices.digests()) {
                NotificationChoice choice = recipient.choice();
                write(
                        NotificationChoices.digestSubject(choice),
                        choice.frequency(),
                        now,
                        period -> event(choice, period).ifPresent(event -> announcer.mail(recipient.account(), event)));
            }
        }
        if (settings.webhook().isPresent()) {
            write(
                    WEBHOOK_SUBJECT,
                    NotificationFrequency.DAILY,
                    now,
                    period -> review(null, period).ifPresent(announcer::post));
        }
    }

    /** The period that a digest is about, without its start. */
    private record Period(Instant after, Instant until) {}

    private interface Writer {
        void write(Period period);
    }

    private void write(String subject, NotificationFrequency frequency, Instant now, Writer writer) {
        storage.inTransaction(() -> {
            Optional<NotificationState> state = storage.notifications().lock(subject);
            if (state.isEmpty()) {
                storage.notifications().save(new NotificationState(subject, now, now, 0));
            } else if (!settings.digests()
                    .next(frequency, state.get().reported())
                    .isAfter(now)) {
                Period period = new Period(state.get().since(), now.minus(SETTLED));
                storage.notifications()
                        .save(new NotificationState(
                                subject, period.until(), now, state.get().number() + 1));
                writer.write(period);
            }
        });
    }

    private Optional<Announcement> event(NotificationChoice choice, Period period) {
        return choice.kind() == NotificationKind.REVIEW ? review(choice, period) : runs(choice, period);
    }

    private Map<PeerId, Peer> peers() {
        return storage.peers().all().stream().collect(Collectors.toMap(Peer::id, peer -> peer));
    }

    // ------------------------------------------------------------------------------------------------------------
    // review

    /**
     * Returns a text about the resources that began to wait for a reviewer; empty if none did. A null choice includes
     * all peers.
     */
    private Optional<Announcement> review(@Nullable NotificationChoice choice, Period period) {
        List<Arrivals> arrivals = storage.notifications().arrivals(period.after(), period.until()).stream()
                .filter(each -> choice == null || choice.includes(each.peer()))
                .toList();
        if (arrivals.isEmpty()) {
            return Optional.empty();
        }
        Map<InboxFilter.Kind, Long> waiting = storage.reviewQueue().counts(InboxFilter.ALL);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("since", period.after().toString());
        data.put("new", sum(arrivals, InboxFilter.Kind.PENDING));
        data.put("changed", sum(arrivals, InboxFilter.Kind.CHANGED_UPSTREAM));
        data.put("withdrawn", sum(arrivals, InboxFilter.Kind.WITHDRAWN));
        data.put("waiting", total(waiting));
        Map<PeerId, Peer> peers = peers();
        return Optional.of(new Announcement(
                "review.waiting",
                "until " + period.until(),
                period.until(),
                data,
                words -> letter(words, arrivals, peers, total(waiting), period),
                "/review"));
    }

    private static long sum(List<Arrivals> arrivals, InboxFilter.Kind kind) {
        return arrivals.stream()
                .filter(each -> each.kind() == kind)
                .mapToLong(Arrivals::number)
                .sum();
    }

    private static long total(Map<InboxFilter.Kind, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Letter letter(
            Wording words, List<Arrivals> arrivals, Map<PeerId, Peer> peers, long waiting, Period period) {
        Map<String, Map<InboxFilter.Kind, Long>> byPeer = new TreeMap<>();
        for (Arrivals each : arrivals) {
            Peer peer = each.peer() == null ? null : peers.get(each.peer());
            String name = each.peer() == null
                    ? words.say("notifications.review.here")
                    : peer == null ? words.say("notifications.removed") : peer.name();
            byPeer.computeIfAbsent(name, added -> new EnumMap<>(InboxFilter.Kind.class))
                    .merge(each.kind(), each.number(), Long::sum);
        }
        List<String> lines = new ArrayList<>();
        byPeer.forEach((name, counts) -> lines.add(words.say(
                "notifications.review.line",
                name,
                counts.getOrDefault(InboxFilter.Kind.PENDING, 0L),
                counts.getOrDefault(InboxFilter.Kind.CHANGED_UPSTREAM, 0L),
                counts.getOrDefault(InboxFilter.Kind.WITHDRAWN, 0L))));
        long all = arrivals.stream().mapToLong(Arrivals::number).sum();
        return new Letter(
                words.say("notifications.review.subject", all),
                words.say("notifications.review.text", words.time(period.after())),
                String.join("\n", lines),
                words.say("notifications.review.waiting", waiting));
    }

    // --------------------------------------------------------------------------------------------------------------
    // runs

    private Optional<Announcement> runs(NotificationChoice choice, Period period) {
        Map<PeerId, List<EndedRuns>> runs = storage.notifications().ended(period.after(), period.until()).stream()
                .filter(each -> choice.includes(each.peer()))
                .collect(Collectors.groupingBy(EndedRuns::peer, TreeMap::new, Collectors.toList()));
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        Map<PeerId, Peer> peers = peers();
        return Optional.of(new Announcement(
                "runs",
                "until " + period.until(),
                period.until(),
                Map.of(),
                words -> letter(words, runs, peers, period),
                "/peers"));
    }

    private static Letter letter(
            Wording words, Map<PeerId, List<EndedRuns>> runs, Map<PeerId, Peer> peers, Period period) {
        List<String> lines = runs.entrySet().stream()
                .map(entry -> line(words, peers.get(entry.getKey()), entry.getValue()))
                .sorted(Comparator.naturalOrder())
                .toList();
        long all = runs.values().stream()
                .flatMap(List::stream)
                .mapToLong(EndedRuns::number)
                .sum();
        return new Letter(
                words.say("notifications.runs.subject", all),
                words.say("notifications.runs.text", words.time(period.after())),
                String.join("\n", lines));
    }

    private static String line(Wording words, @Nullable Peer peer, List<EndedRuns> runs) {
        long all = runs.stream().mapToLong(EndedRuns::number).sum();
        long failed = runs.stream()
                .filter(each -> each.status() == SyncStatus.FAILED)
                .mapToLong(EndedRuns::number)
                .sum();
        SyncTally tally = runs.stream().map(EndedRuns::tally).reduce(SyncTally.NONE, SyncTally::plus);
        String counts = PeerReports.counts(words, tally.added(), tally.updated(), tally.withdrawn(), tally.failed());
        String name = peer == null ? words.say("notifications.removed") : peer.name();
        return words.say("notifications.runs.line", name, all, failed) + " " + counts;
    }
}

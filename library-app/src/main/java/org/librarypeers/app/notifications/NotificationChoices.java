package org.librarypeers.app.notifications;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;

/**
 * The choices of people about notifications. Administrators who have chosen nothing are told about failing peers and little disk
 * space; everything else is off until it is chosen. Thread-safe.
 */
public final class NotificationChoices {

    /** The time for which the answer whether anyone wants to know of every run is kept. */
    private static final Duration RUNS_KNOWN_FOR = Duration.ofMinutes(1);

    private final LibraryStorage storage;
    private volatile @Nullable WantedRuns wantedRuns;

    /** The answer whether anyone wants to know of every run, with the time at which it was read. */
    private record WantedRuns(boolean wanted, long nanos) {}

    /** Creates the choices of the accounts of a storage. */
    public NotificationChoices(LibraryStorage storage) {
        this.storage = storage;
    }

    /** Returns the kinds of notification that an account can choose, in the order in which they are shown. */
    public static List<NotificationKind> kinds(Account account) {
        return Arrays.stream(NotificationKind.values())
                .filter(kind -> account.role().includes(kind.role()))
                .toList();
    }

    /** Returns the choices of an account, one for each kind that it can choose, including the defaults. */
    public List<NotificationChoice> of(Account account) {
        Map<NotificationKind, NotificationChoice> stored = storage.notifications().choices(account.name()).stream()
                .collect(Collectors.toMap(NotificationChoice::kind, Function.identity()));
        return kinds(account).stream()
                .map(kind -> stored.getOrDefault(kind, byDefault(account, kind)))
                .toList();
    }

    private static NotificationChoice byDefault(Account account, NotificationKind kind) {
        NotificationFrequency frequency = switch (kind) {
            case PEER_FAILURES, DISK -> NotificationFrequency.AT_ONCE;
            case RUNS, REVIEW, QUARANTINE -> NotificationFrequency.OFF;
        };
        return new NotificationChoice(account.name(), kind, frequency, null);
    }

    /**
     * Saves a choice. The first digest after the choice begins now, even if digests were sent before.
     *
     * @throws IllegalArgumentException if the role of the account does not permit this kind
     */
    public void choose(Account account, NotificationChoice choice) {
        wantedRuns = null;
        if (!account.role().includes(choice.kind().role())) {
            throw new IllegalArgumentException("'" + choice.kind().word() + "' needs the role "
                    + choice.kind().role().word() + ", but " + account.name() + " has the role "
                    + account.role().word());
        }
        storage.inTransaction(() -> {
            boolean isNew = storage.notifications().choices(account.name()).stream()
                    .noneMatch(before -> before.kind() == choice.kind() && before.frequency() == choice.frequency());
            storage.notifications().save(choice);
            if (isNew) {
                storage.notifications().remove(digestSubject(choice));
            }
        });
    }

    /** Returns the subject of the state of a digest. */
    static String digestSubject(NotificationChoice choice) {
        return "digest " + choice.kind().word() + " " + choice.account();
    }

    /**
     * Returns whether anyone has chosen a message for each run. Runs are frequent, so the answer may be a minute old: a choice
     * that was made on another node applies from then on.
     */
    boolean includeRuns() {
        WantedRuns known = wantedRuns;
        if (known == null || System.nanoTime() - known.nanos() > RUNS_KNOWN_FOR.toNanos()) {
            long now = System.nanoTime();
            boolean wanted = recipients()
                    .anyMatch(each -> each.choice().kind() == NotificationKind.RUNS
                            && each.choice().frequency() == NotificationFrequency.AT_ONCE);
            known = new WantedRuns(wanted, now);
            wantedRuns = known;
        }
        return known.wanted();
    }

    /** An account with one of its choices. */
    record Recipient(Account account, NotificationChoice choice) {}

    /** Returns the people who receive one message for each event of a kind, ordered by name. */
    List<Account> atOnce(NotificationKind kind, @Nullable PeerId peer) {
        return recipients()
                .filter(each -> each.choice().kind() == kind
                        && each.choice().frequency() == NotificationFrequency.AT_ONCE
                        && (!kind.isPerPeer() || each.choice().includes(peer)))
                .map(Recipient::account)
                .toList();
    }

    /** Returns the people who receive digests, with their choices. */
    List<Recipient> digests() {
        return recipients().filter(each -> each.choice().frequency().isDigest()).toList();
    }

    /** Returns all people who can receive mails, with each of their choices. */
    private Stream<Recipient> recipients() {
        Map<String, NotificationChoice> stored = storage.notifications().choices().stream()
                .collect(Collectors.toMap(choice -> choice.account() + " " + choice.kind(), Function.identity()));
        return storage.accounts().all().stream()
                .filter(account -> account.active() && account.email() != null)
                .sorted(Comparator.comparing(Account::name))
                .flatMap(account -> kinds(account).stream()
                        .map(kind -> new Recipient(
                                account, stored.getOrDefault(account.name() + " " + kind, byDefault(account, kind)))));
    }
}

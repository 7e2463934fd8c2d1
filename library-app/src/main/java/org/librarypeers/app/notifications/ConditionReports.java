package org.librarypeers.app.notifications;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.NotificationState;

/** Reports conditions that are checked repeatedly: the quarantine of each peer, and the free disk space. Thread-safe. */
final class ConditionReports {

    private static final long MIB = 1_024L * 1_024;

    /** The free space below which the disk is reported. The check of an installation warns below the same limit. */
    static final long LITTLE_SPACE = 1_024 * MIB;

    /** The free space from which there is enough again. It is more than the limit, so that reports do not alternate. */
    static final long ENOUGH_SPACE = 1_280 * MIB;

    /** The minimum time between two reports of the same subject. */
    static final Duration INTERVAL = Duration.ofDays(1);

    /** The time without reports after which the state of a machine is removed. */
    private static final Duration GONE = Duration.ofDays(7);

    private static final String QUARANTINE = "quarantine ";
    private static final String DISK = "disk ";

    private final LibraryStorage storage;
    private final Announcer announcer;

    ConditionReports(LibraryStorage storage, Announcer announcer) {
        this.storage = storage;
        this.announcer = announcer;
    }

    /** A holder of the name of this machine, which may take a while to find out. */
    private static final class Machine {
        static final String NAME = name();

        private static String name() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }

    /** Reports each peer whose quarantine has grown since the last report, at most once a day. */
    void quarantine(Instant now) {
        Map<PeerId, Long> counts = storage.harvest().quarantinedCounts();
        Map<String, Long> reported = storage.notifications().states().stream()
                .collect(Collectors.toMap(NotificationState::subject, NotificationState::number));
        for (Peer peer : storage.peers().all()) {
            long count = counts.getOrDefault(peer.id(), 0L);
            if (count != reported.getOrDefault(QUARANTINE + peer.id(), 0L)) {
                storage.inTransaction(() -> quarantine(peer, count, now));
            }
        }
    }

    private void quarantine(Peer peer, long count, Instant now) {
        String subject = QUARANTINE + peer.id();
        Optional<NotificationState> state = storage.notifications().lock(subject);
        long before = state.map(NotificationState::number).orElse(0L);
        if (count > before
                && state.map(NotificationState::reported)
                        .filter(reported -> reported.plus(INTERVAL).isAfter(now))
                        .isEmpty()) {
            storage.notifications()
                    .save(new NotificationState(
                            subject, state.map(NotificationState::since).orElse(now), now, count));
            announcer.announce(NotificationKind.QUARANTINE, peer.id(), growth(peer, before, count, now));
        } else if (count < before) {
            state.ifPresent(known -> storage.notifications().save(known.withNumber(count)));
        }
    }

    private static Announcement growth(Peer peer, long before, long count, Instant now) {
        Map<String, @Nullable Object> data = PeerReports.peerData(peer);
        data.put("before", before);
        data.put("items", count);
        return new Announcement(
                "quarantine.growing",
                "peer " + peer.id() + " " + now,
                now,
                data,
                words -> new Letter(
                        words.say("notifications.quarantine.subject", peer.name()),
                        words.say("notifications.quarantine.text", peer.name(), peer.address(), before, count),
                        words.say("notifications.quarantine.next")),
                PeerReports.page(peer));
    }

    /**
     * Reports when little disk space is left, once a day while this is so, and when there is enough again.
     *
     * @param free the free space in bytes
     */
    void disk(long free, Instant now) {
        storage.inTransaction(() -> {
            String subject = DISK + Machine.NAME;
            Optional<NotificationState> state = storage.notifications().lock(subject);
            if (free < LITTLE_SPACE) {
                if (state.isEmpty() || !state.get().reported().plus(INTERVAL).isAfter(now)) {
                    Instant since = state.map(NotificationState::since).orElse(now);
                    storage.notifications().save(new NotificationState(subject, since, now, free / MIB));
                    announce("disk.low", free, since, now);
                }
            } else if (free >= ENOUGH_SPACE && state.isPresent()) {
                storage.notifications().remove(subject);
                announce("disk.recovered", free, state.get().since(), now);
            }
        });
    }

    private void announce(String type, long free, Instant since, Instant now) {
        announcer.announce(
                NotificationKind.DISK,
                null,
                new Announcement(
                        type,
                        Machine.NAME + " " + now,
                        now,
                        Map.of("machine", Machine.NAME, "free_bytes", free, "since", since.toString()),
                        words -> type.equals("disk.low") ? low(words, free) : enough(words, free),
                        null));
    }

    private static Letter low(Wording words, long free) {
        return new Letter(
                words.say("notifications.disk.low.subject", Machine.NAME),
                words.say("notifications.disk.low.text", Machine.NAME, words.size(free)),
                words.say("notifications.disk.low.next"));
    }

    private static Letter enough(Wording words, long free) {
        return new Letter(
                words.say("notifications.disk.enough.subject", Machine.NAME),
                words.say("notifications.disk.enough.text", Machine.NAME, words.size(free)));
    }

    /** Removes the states of peers and machines that are gone. */
    void tidy(Instant now) {
        for (NotificationState state : storage.notifications().states()) {
            String subject = state.subject();
            boolean gone = subject.startsWith(QUARANTINE)
                    ? storage.peers()
                            .find(new PeerId(Long.parseLong(subject.substring(QUARANTINE.length()))))
                            .isEmpty()
                    : subject.startsWith(DISK) && state.reported().plus(GONE).isBefore(now);
            if (gone) {
                storage.notifications().remove(subject);
            }
        }
    }
}

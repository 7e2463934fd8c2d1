package org.librarypeers.app.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.NotificationState;

/**
 * Reports runs that have ended, and peers that fail: the first failure, a daily reminder, and the recovery. A run that was
 * throttled or interrupted neither begins nor ends a failure. Thread-safe.
 */
final class PeerReports {

    /** The time between two reminders. */
    static final Duration REMINDER = Duration.ofDays(1);

    private static final String SUBJECT = "peer ";

    private final LibraryStorage storage;
    private final Announcer announcer;

    PeerReports(LibraryStorage storage, Announcer announcer) {
        this.storage = storage;
        this.announcer = announcer;
    }

    /** Reports the end of a run, in the transaction that saves it. */
    void ended(SyncLog run) {
        Optional<Peer> peer = storage.peers().find(run.peer());
        if (peer.isEmpty()) {
            return;
        }
        switch (run.status()) {
            case FAILED -> failed(peer.get(), run);
            case SUCCEEDED -> succeeded(peer.get(), run);
            case RUNNING, THROTTLED, INTERRUPTED -> {
                // Says nothing about whether the peer can be read.
            }
        }
        announcer.announce(NotificationKind.RUNS, run.peer(), finished(peer.get(), run));
    }

    private static Instant end(SyncLog run) {
        return Objects.requireNonNull(run.finished());
    }

    private void failed(Peer peer, SyncLog run) {
        String subject = SUBJECT + peer.id();
        Optional<NotificationState> state = storage.notifications().lock(subject);
        storage.notifications()
                .save(state.map(before -> before.withNumber(run.id().value()))
                        .orElse(new NotificationState(
                                subject, end(run), end(run), run.id().value())));
        if (state.isEmpty()) {
            announcer.announce(
                    NotificationKind.PEER_FAILURES,
                    peer.id(),
                    event(
                            "peer.failing",
                            "run " + run.id(),
                            end(run),
                            peer,
                            run,
                            end(run),
                            words -> new Letter(
                                    words.say("notifications.failing.subject", peer.name()),
                                    words.say(
                                            "notifications.failing.text",
                                            peer.name(),
                                            peer.address(),
                                            words.time(end(run))),
                                    reason(words, run),
                                    words.say("notifications.failing.next"))));
        }
    }

    private void succeeded(Peer peer, SyncLog run) {
        String subject = SUBJECT + peer.id();
        storage.notifications().lock(subject).ifPresent(state -> {
            storage.notifications().remove(subject);
            announcer.announce(
                    NotificationKind.PEER_FAILURES,
                    peer.id(),
                    event(
                            "peer.recovered",
                            "run " + run.id(),
                            end(run),
                            peer,
                            run,
                            state.since(),
                            words -> new Letter(
                                    words.say("notifications.recovered.subject", peer.name()),
                                    words.say(
                                            "notifications.recovered.text",
                                            peer.name(),
                                            peer.address(),
                                            words.time(end(run)),
                                            words.time(state.since())))));
        });
    }

    /** Reports the peers that have failed for a day since they were last reported. */
    void remind(Instant now) {
        for (NotificationState each : storage.notifications().states()) {
            if (each.subject().startsWith(SUBJECT) && isDue(each, now)) {
                PeerId peer = new PeerId(Long.parseLong(each.subject().substring(SUBJECT.length())));
                storage.inTransaction(() -> storage.notifications()
                        .lock(each.subject())
                        .filter(state -> isDue(state, now))
                        .ifPresent(state -> remind(peer, state, now)));
            }
        }
    }

    private static boolean isDue(NotificationState state, Instant now) {
        return !state.reported().plus(REMINDER).isAfter(now);
    }

    private void remind(PeerId id, NotificationState state, Instant now) {
        Peer peer = storage.peers().find(id).filter(Peer::takesRequests).orElse(null);
        if (peer == null) {
            // Removed, inactive or without an account: no run can start, so nobody needs to be reminded.
            storage.notifications().remove(state.subject());
            return;
        }
        storage.notifications().save(state.reportedAt(now));
        SyncLog run = storage.syncLogs().find(new SyncLogId(state.number())).orElse(null);
        announcer.announce(
                NotificationKind.PEER_FAILURES,
                id,
                event("peer.failing", "reminder " + now, now, peer, run, state.since(), words -> {
                    Letter letter = new Letter(
                            words.say("notifications.reminder.subject", peer.name()),
                            words.say(
                                    "notifications.reminder.text",
                                    peer.name(),
                                    peer.address(),
                                    words.time(state.since())));
                    return run == null ? letter : letter.with(reason(words, run));
                }));
    }

    private static String reason(Wording words, SyncLog run) {
        return words.say("notifications.reason", run.message() == null ? "-" : run.message());
    }

    private static Announcement event(
            String type,
            String occurrence,
            Instant at,
            Peer peer,
            @Nullable SyncLog run,
            Instant since,
            Letter.Writer letter) {
        Map<String, @Nullable Object> data = peerData(peer);
        data.put("since", since.toString());
        data.put("run", run == null ? null : run.id().value());
        data.put("message", run == null ? null : run.message());
        return new Announcement(type, "peer " + peer.id() + " " + occurrence, at, data, letter, page(peer));
    }

    /** Returns the fields that name a peer. */
    static Map<String, @Nullable Object> peerData(Peer peer) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("peer", peer.id().value());
        data.put("name", peer.name());
        data.put("host", peer.address());
        return data;
    }

    /** Returns the path of the page of a peer. */
    static String page(Peer peer) {
        return "/peers/" + peer.id();
    }

    private static Announcement finished(Peer peer, SyncLog run) {
        Map<String, @Nullable Object> data = peerData(peer);
        data.put("run", run.id().value());
        data.put("status", run.status().word());
        data.put("started", run.started().toString());
        data.put("finished", end(run).toString());
        data.put("new_resources", run.tally().added());
        data.put("updated_resources", run.tally().updated());
        data.put("unchanged_resources", run.tally().unchanged());
        data.put("failed_resources", run.tally().failed());
        data.put("withdrawn_resources", run.tally().withdrawn());
        data.put("requests", run.requests());
        data.put("message", run.message());
        return new Announcement(
                "run.finished",
                "run " + run.id(),
                end(run),
                data,
                words -> letter(words, peer, run),
                page(peer) + "/runs/" + run.id());
    }

    private static Letter letter(Wording words, Peer peer, SyncLog run) {
        String status = words.say("peers.status." + run.status().word());
        Letter letter = new Letter(
                words.say("notifications.run.subject", peer.name(), status),
                List.of(
                        words.say("notifications.run.text", peer.name(), peer.address(), words.time(end(run)), status),
                        counts(
                                words,
                                run.tally().added(),
                                run.tally().updated(),
                                run.tally().withdrawn(),
                                run.tally().failed())));
        return run.message() == null ? letter : letter.with(words.say("notifications.message", run.message()));
    }

    /** Returns a line with the counts of runs. */
    static String counts(Wording words, long added, long updated, long withdrawn, long failed) {
        return words.say("notifications.run.counts", added, updated, withdrawn, failed);
    }
}

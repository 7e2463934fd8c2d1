package org.librarypeers.app.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.monitoring.LibraryFigures.Metric;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.persistence.PoolFigures;
import org.librarypeers.persistence.ReplicaState;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.links.LinkCounts;
import org.librarypeers.sync.pictures.PictureCounts;
import org.librarypeers.sync.scheduler.PeerSchedule;
import org.librarypeers.sync.scheduler.SyncScheduler;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader of the figures of a library. It reads them again only after some seconds, so that frequent requests cost the database
 * nothing. Thread-safe.
 */
public final class FigureReader implements Supplier<LibraryFigures> {

    private static final Logger LOG = LoggerFactory.getLogger(FigureReader.class);
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    static final Metric DATABASE_UP = new Metric("library.database.up", null, "1 if the database answers, otherwise 0");
    static final Metric SINCE_SUCCESS = new Metric(
            "library.peer.since.success",
            "seconds",
            "time since the last successful sync; no value before the first one");
    static final Metric FAILED_RUNS = new Metric(
            "library.peer.failed.runs", null, "failed scheduled syncs since the last one that the peer answered");
    static final Metric QUARANTINE = new Metric("library.peer.quarantine", "items", "quarantined items");
    static final Metric QUOTA_LEFT = new Metric(
            "library.peer.quota.left", "requests", "requests left in this hour; no value while the quota is unknown");
    static final Metric INBOX = new Metric("library.inbox", "items", "resources that wait for a reviewer");
    static final Metric OLDEST =
            new Metric("library.inbox.oldest", "seconds", "time that the oldest of them has waited");
    static final Metric OUTBOX = new Metric(
            "library.outbox", "messages", "messages that are still to be sent, and those that have failed permanently");
    static final Metric OUTBOX_OLDEST =
            new Metric("library.outbox.oldest", "seconds", "time that the oldest message has waited to be sent");
    static final Metric PICTURES = new Metric(
            "library.pictures", null, "pictures that are still to be fetched, and those that are not tried again");
    static final Metric LINKS =
            new Metric("library.links", null, "links of public resources, by what the last check found");
    static final Metric LAG =
            new Metric("library.schedule.lag", "seconds", "time for which the next scheduled sync is overdue");
    static final Metric CONNECTIONS =
            new Metric("library.database.connections", null, "connections of this process to the database");
    static final Metric CONNECTIONS_MAX =
            new Metric("library.database.connections.max", null, "largest number of connections of this process");
    static final Metric REPLICA_USED =
            new Metric("library.replica.used", null, "1 if the read replica is used, else 0");
    static final Metric REPLICA_LAG =
            new Metric("library.replica.lag", "seconds", "age of the oldest change that the read replica lacks");
    static final Metric REPLICA_READS = new Metric(
            "library.replica.reads", null, "reads for the read replica since the start, by who has answered them");
    static final Metric REPLICA_CONNECTIONS =
            new Metric("library.replica.connections", null, "connections of this process to the read replica");
    static final Metric DISK_FREE = new Metric(
            "library.disk.free",
            "bytes",
            "free space in the file system of the home; uploaded files in an object store take none there");

    private final LibraryStorage storage;
    private final SyncScheduler schedule;
    private final Function<Peer, OptionalInt> quotaLeft;
    private final Supplier<PoolFigures> pool;
    private final Supplier<Optional<ReplicaState>> replica;
    private final Path home;
    private final Clock clock;
    private @Nullable LibraryFigures last;
    private long read;

    /**
     * Creates a reader.
     *
     * @param quotaLeft returns how many requests a peer still allows, if that is known
     * @param home the home of the library
     */
    public FigureReader(
            LibraryStorage storage,
            SyncScheduler schedule,
            Function<Peer, OptionalInt> quotaLeft,
            Supplier<PoolFigures> pool,
            Supplier<Optional<ReplicaState>> replica,
            Path home,
            Clock clock) {
        this.storage = storage;
        this.schedule = schedule;
        this.quotaLeft = quotaLeft;
        this.pool = pool;
        this.replica = replica;
        this.home = home;
        this.clock = clock;
    }

    /** Returns figures that are at most some seconds old. If the database does not answer, leaves out what it contains. */
    @Override
    public synchronized LibraryFigures get() {
        long now = System.nanoTime();
        if (last == null || now - read > REMEMBERED.toNanos()) {
            last = read();
            read = now;
        }
        return last;
    }

    private LibraryFigures read() {
        LibraryFigures figures = new LibraryFigures();
        for (Metric metric : List.of(
                SINCE_SUCCESS,
                FAILED_RUNS,
                QUARANTINE,
                QUOTA_LEFT,
                INBOX,
                OLDEST,
                OUTBOX,
                OUTBOX_OLDEST,
                PICTURES,
                LINKS,
                LAG)) {
            figures.declare(metric);
        }
        addPool(figures);
        replica.get().ifPresent(state -> addReplica(figures, state));
        addDisk(figures);
        boolean up = true;
        try {
            List<Peer> peers = storage.peers().all();
            Instant now = clock.instant();
            addPeers(figures, peers, now);
            addInbox(figures, now);
            addOutbox(figures, now);
            addPictures(figures);
            addLinks(figures);
        } catch (StorageException e) {
            LOG.debug("The figures of the library cannot be read", e);
            up = false;
        }
        figures.add(DATABASE_UP, Map.of(), up ? 1 : 0);
        return figures;
    }

    private void addPeers(LibraryFigures figures, List<Peer> peers, Instant now) {
        Map<PeerId, Instant> successes = storage.syncLogs().lastSuccesses();
        Map<PeerId, Long> quarantined = storage.harvest().quarantinedCounts();
        for (Peer peer : peers) {
            Map<String, String> labels = Map.of("peer", peer.address());
            Instant success = successes.get(peer.id());
            if (success != null) {
                figures.add(SINCE_SUCCESS, labels, seconds(success, now));
            }
            schedule.find(peer.id())
                    .map(PeerSchedule::failures)
                    .ifPresent(failures -> figures.add(FAILED_RUNS, labels, failures));
            figures.add(QUARANTINE, labels, (double) quarantined.getOrDefault(peer.id(), 0L));
            quotaLeft.apply(peer).ifPresent(left -> figures.add(QUOTA_LEFT, labels, left));
        }
        double lag = schedule.next().values().stream()
                .mapToDouble(due -> seconds(due, now))
                .max()
                .orElse(0);
        figures.add(LAG, Map.of(), lag);
    }

    private void addInbox(LibraryFigures figures, Instant now) {
        storage.reviewQueue()
                .counts(InboxFilter.ALL)
                .forEach((kind, number) ->
                        figures.add(INBOX, Map.of("kind", kind.name().toLowerCase(Locale.ROOT)), (double) number));
        double oldest = storage.reviewQueue()
                .waitingSince()
                .map(since -> seconds(since, now))
                .orElse(0.0);
        figures.add(OLDEST, Map.of(), oldest);
    }

    private void addOutbox(LibraryFigures figures, Instant now) {
        storage.outbox().counts(now).forEach((name, counts) -> {
            String channel = name.name().toLowerCase(Locale.ROOT);
            figures.add(OUTBOX, Map.of("channel", channel, "state", "waiting"), (double) counts.waiting());
            figures.add(OUTBOX, Map.of("channel", channel, "state", "failed"), (double) counts.failed());
            Instant oldest = counts.oldest();
            figures.add(OUTBOX_OLDEST, Map.of("channel", channel), oldest == null ? 0 : seconds(oldest, now));
        });
    }

    private void addPictures(LibraryFigures figures) {
        PictureCounts counts = storage.pictures().counts();
        figures.add(PICTURES, Map.of("state", "waiting"), (double) counts.waiting());
        figures.add(PICTURES, Map.of("state", "failed"), (double) counts.failed());
    }

    private void addLinks(LibraryFigures figures) {
        LinkCounts counts = storage.links().counts();
        figures.add(LINKS, Map.of("state", "unchecked"), (double) counts.unchecked());
        figures.add(LINKS, Map.of("state", "working"), (double) counts.working());
        figures.add(LINKS, Map.of("state", "failing"), (double) counts.failing());
        figures.add(LINKS, Map.of("state", "dead"), (double) counts.dead());
    }

    /** Returns the seconds from a time until now; 0 if the time is in the future. */
    private static double seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis()) / 1_000.0;
    }

    private static void addReplica(LibraryFigures figures, ReplicaState state) {
        figures.declare(REPLICA_LAG);
        Duration lag = state.lag();
        if (lag != null) {
            figures.add(REPLICA_LAG, Map.of(), lag.toMillis() / 1_000.0);
        }
        figures.add(REPLICA_USED, Map.of(), state.trouble() == null ? 1 : 0);
        figures.add(REPLICA_READS, Map.of("by", "replica"), (double) state.answered());
        figures.add(REPLICA_READS, Map.of("by", "primary"), (double) state.passedOn());
        figures.add(REPLICA_CONNECTIONS, Map.of("state", "active"), state.pool().active());
        figures.add(REPLICA_CONNECTIONS, Map.of("state", "idle"), state.pool().idle());
        figures.add(
                REPLICA_CONNECTIONS, Map.of("state", "awaited"), state.pool().awaited());
    }

    private void addPool(LibraryFigures figures) {
        PoolFigures state = pool.get();
        figures.add(CONNECTIONS, Map.of("state", "active"), state.active());
        figures.add(CONNECTIONS, Map.of("state", "idle"), state.idle());
        figures.add(CONNECTIONS, Map.of("state", "awaited"), state.awaited());
        figures.add(CONNECTIONS_MAX, Map.of(), state.max());
    }

    private void addDisk(LibraryFigures figures) {
        try {
            figures.add(DISK_FREE, Map.of(), (double) Files.getFileStore(home).getUsableSpace());
        } catch (IOException e) {
            LOG.debug("The free space cannot be read", e);
            figures.declare(DISK_FREE);
        }
    }
}

package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases on peers. A lease expires unless a heartbeat prolongs it, so that the peer of a dead process is soon
 * available again. All times come from the database's clock; the clocks of the nodes do not matter.
 */
final class Leases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Transactions transactions;
    private final Duration leaseTime;
    private final Set<Lease> open = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService heart;
    private boolean closed;

    Leases(Transactions transactions, Duration leaseTime) {
        this.transactions = transactions;
        this.leaseTime = leaseTime;
    }

    /** Returns an SQL expression for the end of a lease that is claimed or prolonged now. */
    String untilSql() {
        return "clock_timestamp() + interval '" + leaseTime.toMillis() + " milliseconds'";
    }

    Optional<PeerLease> claim(PeerId peer) {
        if (transactions.isOpen()) {
            throw new IllegalStateException(
                    "a peer must be claimed outside of a transaction, so that other processes see it immediately");
        }
        Lease lease = new Lease(peer, UUID.randomUUID());
        String sql = "insert into harvest (peer_id, lease_owner, lease_until) values (?, ?, " + untilSql() + ")"
                + " on conflict (peer_id) do update"
                + " set lease_owner = excluded.lease_owner, lease_until = excluded.lease_until"
                + " where harvest.lease_owner is null or harvest.lease_until <= clock_timestamp()"
                // No lease lasts that long: this one was claimed while the database's clock was ahead.
                + " or harvest.lease_until > clock_timestamp() + 2 * interval '" + leaseTime.toMillis()
                + " milliseconds' + interval '1 minute'";
        if (alone(sql, peer.value(), lease.owner) == 0) {
            return Optional.empty();
        }
        open.add(lease);
        startHeart();
        return Optional.of(lease);
    }

    /**
     * Revokes the lease on a peer, regardless of its holder, and returns whether there was one. Joins the thread's
     * transaction if there is one.
     */
    boolean revoke(PeerId peer) {
        String sql = "update harvest set lease_owner = null, lease_until = null"
                + " where peer_id = ? and lease_owner is not null";
        return update(sql, peer.value()) > 0;
    }

    /** Locks the lease on a peer, if it was ever claimed, until the thread's transaction ends. */
    void lock(PeerId peer) {
        String sql = "select peer_id from harvest where peer_id = ? for update";
        transactions.call(
                unit -> unit.jdbc(connection -> Sql.first(connection, sql, row -> row.getLong(1), peer.value())));
    }

    /** Executes a statement as a transaction of its own. */
    private int alone(String sql, Object... parameters) {
        return transactions.single(connection -> Sql.update(connection, sql, parameters));
    }

    private int update(String sql, Object... parameters) {
        return transactions.call(unit -> unit.jdbc(connection -> Sql.update(connection, sql, parameters)));
    }

    private synchronized void startHeart() {
        if (heart == null && !closed) {
            heart = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("library-lease-heartbeat"));
            long period = Math.max(1, leaseTime.toMillis() / 4);
            var unused = heart.scheduleWithFixedDelay(this::heartbeat, period, period, TimeUnit.MILLISECONDS);
        }
    }

    private void heartbeat() {
        try {
            prolong();
        } catch (StorageException e) {
            // The next heartbeat may succeed. If none does, the run fails at its next commit.
            LOG.info("Leases could not be renewed: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("Leases could not be renewed", e);
        }
    }

    /** Prolongs all open leases, and notifies the holders of revoked ones. */
    void prolong() {
        List<Lease> held = List.copyOf(open);
        if (!held.isEmpty()) {
            Set<UUID> left = transactions.call(unit -> unit.jdbc(connection -> {
                Array owners =
                        Sql.uuids(connection, held.stream().map(Lease::owner).toList());
                prolong(connection, owners);
                return left(connection, owners);
            }));
            held.stream().filter(lease -> !left.contains(lease.owner)).forEach(Lease::lost);
        }
    }

    /** Returns the owners that still hold their lease. Does not wait for locks. */
    private static Set<UUID> left(Connection connection, Array owners) throws SQLException {
        String sql = "select lease_owner from harvest where lease_owner = any (?)";
        return new HashSet<>(Sql.rows(connection, sql, row -> row.getObject(1, UUID.class), owners));
    }

    /**
     * Prolongs the leases of these owners. Skips locked rows: a batch is being committed there, and that prolongs the
     * lease itself.
     */
    private int prolong(Connection connection, Array owners) throws SQLException {
        String sql = "update harvest set lease_until = " + untilSql() + " where peer_id in"
                + " (select peer_id from harvest where lease_owner = any (?) order by peer_id for update skip locked)";
        return Sql.update(connection, sql, owners);
    }

    /** Stops the heartbeat, and releases the leases that are still held. */
    @Override
    public void close() {
        ScheduledExecutorService stopped;
        synchronized (this) {
            closed = true;
            stopped = heart;
            heart = null;
        }
        if (stopped != null) {
            stopped.shutdown();
        }
        List.copyOf(open).forEach(Lease::close);
    }

    private final class Lease implements PeerLease {
        private final PeerId peer;
        private final UUID owner;
        private Runnable callback = () -> {};
        private boolean lost;

        Lease(PeerId peer, UUID owner) {
            this.peer = peer;
            this.owner = owner;
        }

        @Override
        public PeerId peer() {
            return peer;
        }

        @Override
        public UUID owner() {
            return owner;
        }

        @Override
        public synchronized void onLost(Runnable used) {
            callback = used;
            if (lost) {
                callback.run();
            }
        }

        /** Notifies the holder that the lease was revoked, unless the holder has just released it. */
        private synchronized void lost() {
            if (!lost && open.contains(this)) {
                lost = true;
                callback.run();
            }
        }

        @Override
        public void close() {
            if (!open.remove(this)) {
                return;
            }
            try {
                alone(
                        "update harvest set lease_owner = null, lease_until = null where peer_id = ? and lease_owner = ?",
                        peer.value(),
                        owner);
            } catch (RuntimeException e) {
                // The lease expires anyway.
                LOG.info("The lease of peer {} could not be released: {}", peer, e.getMessage());
            }
        }

        @Override
        public String toString() {
            return "Lease[peer " + peer + "]";
        }
    }
}

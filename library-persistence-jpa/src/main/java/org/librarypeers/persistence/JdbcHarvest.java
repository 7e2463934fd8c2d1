package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Remark;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.Shortfall;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.Withdrawal;

/**
 * A repository of what was read from peers: cursors, accepted and quarantined items, and withdrawals. It uses plain SQL
 * because it writes sets of rows, not object graphs.
 */
final class JdbcHarvest implements HarvestRepository {

    private final Transactions transactions;
    private final Leases leases;

    JdbcHarvest(Transactions transactions, Leases leases) {
        this.transactions = transactions;
        this.leases = leases;
    }

    @Override
    public Optional<PeerLease> claim(PeerId peer) {
        return leases.claim(peer);
    }

    @Override
    public boolean revoke(PeerId peer) {
        return leases.revoke(peer);
    }

    @Override
    public void lock(PeerId peer) {
        leases.lock(peer);
    }

    @Override
    public void hold(PeerLease lease) {
        transactions.call(unit -> unit.jdbc(connection -> {
            move(connection, lease, null);
            return true;
        }));
    }

    @Override
    public Optional<Cursor> cursor(PeerId peer) {
        return query("select cursor_token, cursor_up_to from harvest where peer_id = ?", peer, rows -> {
            if (!rows.next() || rows.getString(1) == null) {
                return Optional.empty();
            }
            return Optional.of(new Cursor(rows.getString(1), rows.getString(2)));
        });
    }

    @Override
    public KnownShortfalls shortfalls(PeerId peer) {
        String sql = "select whole_expected, whole_received, changes_expected, changes_received from harvest"
                + " where peer_id = ?";
        return query(sql, peer, rows -> rows.next() ? shortfalls(rows, 1) : KnownShortfalls.NONE);
    }

    /** Returns the shortfalls in four columns of the current row: those of the whole list, then those of its changes. */
    static KnownShortfalls shortfalls(ResultSet row, int firstColumn) throws SQLException {
        return new KnownShortfalls(shortfall(row, firstColumn), shortfall(row, firstColumn + 2));
    }

    private static @Nullable Shortfall shortfall(ResultSet rows, int column) throws SQLException {
        int expected = rows.getInt(column);
        return rows.wasNull() ? null : new Shortfall(expected, rows.getInt(column + 1));
    }

    @Override
    public void keepShortfalls(PeerLease lease, KnownShortfalls shortfalls) {
        String sql = "update harvest set whole_expected = ?, whole_received = ?, changes_expected = ?,"
                + " changes_received = ? where peer_id = ? and lease_owner = ?";
        transactions.call(unit -> unit.jdbc(connection -> {
            Shortfall whole = shortfalls.whole();
            Shortfall changes = shortfalls.changes();
            int updated = Sql.update(
                    connection,
                    sql,
                    whole == null ? null : whole.expected(),
                    whole == null ? null : whole.received(),
                    changes == null ? null : changes.expected(),
                    changes == null ? null : changes.received(),
                    lease.peer().value(),
                    lease.owner());
            requireLease(updated, lease);
            return true;
        }));
    }

    @Override
    public Map<Guid, AcceptedItem> accepted(PeerId peer, Collection<Guid> guids) {
        return guids.isEmpty()
                ? Map.of()
                : transactions.read(connection -> new Offers(connection).accepted(peer, guids));
    }

    @Override
    public List<QuarantinedItem> quarantinedItems(PeerId peer) {
        return quarantined(peer, null);
    }

    @Override
    public List<QuarantinedItem> quarantinedItems(PeerId peer, int limit) {
        return quarantined(peer, limit);
    }

    /** Returns the quarantined items of a peer; all of them if the limit is null. */
    private List<QuarantinedItem> quarantined(PeerId peer, @Nullable Integer limit) {
        return transactions.call(
                unit -> unit.jdbc(connection -> new QuarantineStatements(connection).items(peer, limit)));
    }

    @Override
    public Map<String, String> absentItems(PeerId peer) {
        return transactions.call(unit -> unit.jdbc(connection -> new QuarantineStatements(connection).absent(peer)));
    }

    @Override
    public Map<PeerId, Long> quarantinedCounts() {
        return transactions.call(unit -> unit
                .session()
                .createNativeQuery("select peer_id, count(*) from quarantined_item group by peer_id", Object[].class)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> new PeerId((Long) row[0]), row -> (Long) row[1])));
    }

    @Override
    public void versions(PeerId peer, GuidRange range, BiConsumer<Guid, String> consumer) {
        transactions.call(unit -> unit.jdbc(connection -> {
            new VersionStatements(connection).read(peer, range, consumer);
            return true;
        }));
    }

    @Override
    public boolean hasUnreadFollowers(PeerId peer) {
        return transactions.read(connection -> new VersionStatements(connection).hasUnreadFollowers(peer));
    }

    @Override
    public void commit(PeerLease lease, HarvestProgress progress) {
        transactions.call(unit -> unit.jdbc(connection -> {
            move(connection, lease, progress.cursor());
            Offers offers = new Offers(connection);
            offers.take(lease.peer(), progress, Sql.time(progress.at()));
            offers.forget(lease.peer(), progress.gone());
            QuarantineStatements quarantine = new QuarantineStatements(connection);
            quarantine.resolve(lease.peer(), progress.resolved());
            quarantine.save(lease.peer(), progress.quarantined());
            quarantine.saveAbsent(lease.peer(), progress.absent());
            return true;
        }));
    }

    /**
     * Prolongs the lease, and saves the cursor if one is given. Locks the peer's row until the transaction ends, so
     * that no other run can claim the peer in between.
     */
    private void move(Connection connection, PeerLease lease, @Nullable Cursor cursor) throws SQLException {
        String prolonged = "update harvest set lease_until = " + leases.untilSql();
        String held = " where peer_id = ? and lease_owner = ?";
        long peer = lease.peer().value();
        int updated = cursor == null
                ? Sql.update(connection, prolonged + held, peer, lease.owner())
                : Sql.update(
                        connection,
                        prolonged + ", cursor_token = ?, cursor_up_to = ?" + held,
                        cursor.token(),
                        cursor.upTo(),
                        peer,
                        lease.owner());
        requireLease(updated, lease);
    }

    private static void requireLease(int updatedRows, PeerLease lease) {
        if (updatedRows == 0) {
            throw new LeaseLostException(lease.peer());
        }
    }

    @Override
    public Set<Guid> orphaned(Collection<Guid> resources) {
        return resources.isEmpty() ? Set.of() : offers(offers -> offers.orphaned(resources));
    }

    @Override
    public List<ChangePage.Item> takeoverCandidates(PeerId peer) {
        return offers(offers -> offers.takeoverCandidates(peer));
    }

    @Override
    public List<ChangePage.Item> longestUnread(PeerId peer, Instant since, Instant now, int limit) {
        return offers(offers -> offers.longestUnread(peer, Sql.time(since), Sql.time(now), limit));
    }

    @Override
    public int detailCount(PeerId peer) {
        return offers(offers -> offers.detailCount(peer));
    }

    @Override
    public Optional<Instant> rereadSince(PeerId peer) {
        return query("select reread_since from harvest where peer_id = ?", peer, rows -> {
            OffsetDateTime since = rows.next() ? rows.getObject(1, OffsetDateTime.class) : null;
            return Optional.ofNullable(since).map(OffsetDateTime::toInstant);
        });
    }

    @Override
    public void reread(PeerLease lease, @Nullable Instant since) {
        transactions.call(unit -> unit.jdbc(connection -> {
            move(connection, lease, null);
            String sql = "update harvest set reread_since = ? where peer_id = ?";
            return Sql.update(
                    connection,
                    sql,
                    since == null ? null : Sql.time(since),
                    lease.peer().value());
        }));
    }

    @Override
    public List<PeerId> offering(Guid resource) {
        return offers(offers -> offers.offering(resource));
    }

    @Override
    public Set<Guid> offered(PeerId peer) {
        return offers(offers -> offers.sourcedFrom(peer));
    }

    @Override
    public Set<Guid> alsoOffered(PeerId peer) {
        return offers(offers -> offers.alsoOffered(peer));
    }

    @Override
    public Followers followers(PeerId peer, Collection<Guid> among, Instant since) {
        return offers(offers -> offers.followers(peer, among, Sql.time(since)));
    }

    @Override
    public SortedMap<PeerId, Long> successors(PeerId peer) {
        return offers(offers -> offers.successors(peer));
    }

    @Override
    public Set<Guid> withdrawn(PeerId peer) {
        return offers(offers -> offers.withdrawn(peer));
    }

    @Override
    public void withdraw(PeerLease lease, Set<Guid> withdrawn, Set<Guid> offeredAgain, Instant at) {
        transactions.call(unit -> unit.jdbc(connection -> {
            move(connection, lease, null);
            Offers offers = new Offers(connection);
            offers.mark(lease.peer(), offeredAgain, null);
            offers.mark(lease.peer(), withdrawn, Sql.time(at));
            return true;
        }));
    }

    @Override
    public Map<Guid, List<Remark>> remarks(Collection<Guid> resources) {
        return resources.isEmpty() ? Map.of() : offers(offers -> offers.remarks(resources));
    }

    @Override
    public List<Withdrawal> withdrawals(@Nullable Guid after, int limit) {
        return offers(offers -> offers.withdrawals(after, limit));
    }

    @Override
    public Map<Guid, Withdrawal> withdrawals(Collection<Guid> resources) {
        return offers(offers -> offers.withdrawals(resources)).stream()
                .collect(Collectors.toMap(Withdrawal::resource, Function.identity()));
    }

    @Override
    public long withdrawalCount() {
        return offers(Offers::withdrawalCount);
    }

    @Override
    public void reviewed(Collection<Guid> resources) {
        if (!resources.isEmpty()) {
            offers(offers -> {
                offers.reviewed(resources);
                return true;
            });
        }
    }

    @Override
    public void reviewAgain(Collection<Guid> resources) {
        if (!resources.isEmpty()) {
            offers(offers -> {
                offers.reviewAgain(resources);
                return true;
            });
        }
    }

    private <T> T offers(Statement<T> statement) {
        return transactions.call(unit -> unit.jdbc(connection -> statement.run(new Offers(connection))));
    }

    private interface Statement<T> {
        T run(Offers offers) throws SQLException;
    }

    private <T> T query(String sql, PeerId peer, Sql.Reader<T> read) {
        return transactions.call(unit -> unit.jdbc(connection -> Sql.query(connection, sql, read, peer.value())));
    }
}

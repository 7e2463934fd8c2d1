package org.librarypeers.examples.embedding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Remark;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.Withdrawal;

/** The state of the syncs of each peer in a SQLite database. */
record SqliteHarvest(Database database) implements HarvestRepository {

    @Override
    public Optional<PeerLease> claim(PeerId peer) {
        return SqliteLease.claim(database, peer);
    }

    @Override
    public boolean revoke(PeerId peer) {
        return database.update("delete from lease where peer = ?", peer) == 1;
    }

    @Override
    public void hold(PeerLease lease) {
        if (database.number("select count(*) from lease where peer = ? and owner = ?", lease.peer(), lease.owner())
                == 0) {
            throw new LeaseLostException(lease.peer());
        }
    }

    /** Runs work in a transaction in which the lease is held. */
    private void holding(PeerLease lease, Runnable work) {
        database.change(() -> {
            hold(lease);
            work.run();
        });
    }

    @Override
    public Optional<Cursor> cursor(PeerId peer) {
        return database.find(Json.body(Cursor.class), "select body from cursor where peer = ?", peer);
    }

    @Override
    public KnownShortfalls shortfalls(PeerId peer) {
        return database.find(Json.body(KnownShortfalls.class), "select body from shortfalls where peer = ?", peer)
                .orElse(KnownShortfalls.NONE);
    }

    @Override
    public void keepShortfalls(PeerLease lease, KnownShortfalls shortfalls) {
        holding(
                lease,
                () -> database.update(
                        "insert or replace into shortfalls values (?, ?)", lease.peer(), Json.write(shortfalls)));
    }

    @Override
    public Optional<Instant> rereadSince(PeerId peer) {
        return database.find(row -> Database.time(row, "since"), "select since from reread where peer = ?", peer);
    }

    @Override
    public void reread(PeerLease lease, @Nullable Instant since) {
        holding(lease, () -> {
            database.update("delete from reread where peer = ?", lease.peer());
            if (since != null) {
                database.update("insert into reread values (?, ?)", lease.peer(), since);
            }
        });
    }

    @Override
    public void commit(PeerLease lease, HarvestProgress progress) {
        PeerId peer = lease.peer();
        holding(lease, () -> {
            if (progress.cursor() != null) {
                database.update("insert or replace into cursor values (?, ?)", peer, Json.write(progress.cursor()));
            }
            progress.accepted().forEach((guid, item) -> take(peer, guid, item, progress.at()));
            database.update(
                    "delete from offer where peer = ? and withdrawn_at is null"
                            + " and remote_id in (select value from json_each(?))",
                    peer,
                    progress.gone());
            for (String table : List.of("quarantine", "absent")) {
                database.update(
                        "delete from " + table + " where peer = ? and remote_id in (select value from json_each(?))",
                        peer,
                        progress.resolved());
            }
            progress.quarantined()
                    .forEach(item -> database.update(
                            "insert or replace into quarantine values (?, ?, ?)",
                            peer,
                            item.remoteId(),
                            Json.write(item)));
            progress.absent()
                    .forEach((remoteId, version) ->
                            database.update("insert or replace into absent values (?, ?, ?)", peer, remoteId, version));
        });
    }

    private void take(PeerId peer, Guid guid, AcceptedItem item, Instant at) {
        database.update(
                "insert or replace into offer (peer, resource, remote_id, circular, read_at, body)"
                        + " values (?, ?, ?, ?, ?, ?)",
                peer,
                guid,
                item.remoteId(),
                item.circular(),
                at,
                Json.write(item));
    }

    @Override
    public Map<Guid, AcceptedItem> accepted(PeerId peer, Collection<Guid> guids) {
        Map<Guid, AcceptedItem> accepted = new HashMap<>();
        database.query(
                row -> accepted.put(guid(row), Json.body(row, AcceptedItem.class)),
                "select resource, body from offer where peer = ? and body is not null"
                        + " and resource in (select value from json_each(?))",
                peer,
                guids);
        return accepted;
    }

    @Override
    public List<QuarantinedItem> quarantinedItems(PeerId peer) {
        return database.query(
                Json.body(QuarantinedItem.class),
                "select body from quarantine where peer = ? order by remote_id",
                peer);
    }

    @Override
    public Map<PeerId, Long> quarantinedCounts() {
        return countsByPeer("select peer, count(*) as number from quarantine group by peer");
    }

    @Override
    public Map<String, String> absentItems(PeerId peer) {
        return database
                .query(
                        row -> Map.entry(row.getString("remote_id"), row.getString("version")),
                        "select remote_id, version from absent where peer = ?",
                        peer)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Set<Guid> orphaned(Collection<Guid> resources) {
        return guids(
                "select guid as resource from followed where (circular or unreachable)"
                        + " and guid in (select value from json_each(?))",
                resources);
    }

    /** An offer of a peer, and whether the peer may become the source of the resource. */
    private record Candidate(ChangePage.Item item, boolean mayTake) {}

    @Override
    public List<ChangePage.Item> takeoverCandidates(PeerId peer) {
        Optional<Peer> successor =
                database.find(Json.body(Peer.class), "select body from peer where id = ? and not removed", peer);
        return database
                .query(
                        row -> new Candidate(
                                item(row),
                                row.getBoolean("unreachable")
                                        || row.getBoolean("circular_source")
                                        || isMadeBy(successor, row.getString("maker"))),
                        "select offer.resource, offer.body, unreachable, followed.circular as circular_source, maker"
                                + " from offer join followed on followed.guid = offer.resource"
                                + " where offer.peer = ? and followed.source <> offer.peer"
                                + " and offer.body is not null and offer.withdrawn_at is null and not offer.circular"
                                + " and (unreachable or offer.read_at < followed.updated)"
                                + " order by offer.resource",
                        peer)
                .stream()
                .filter(Candidate::mayTake)
                .map(Candidate::item)
                .toList();
    }

    private static boolean isMadeBy(Optional<Peer> successor, String maker) {
        return successor.filter(peer -> peer.access().isAt(maker)).isPresent();
    }

    @Override
    public List<ChangePage.Item> longestUnread(PeerId peer, Instant since, Instant now, int limit) {
        return database.query(
                SqliteHarvest::item,
                "select resource, body from offer where peer = ? and body is not null and withdrawn_at is null"
                        + " and (read_at < ? or read_at > ?) order by read_at limit ?",
                peer,
                since,
                now,
                limit);
    }

    private static ChangePage.Item item(ResultSet row) throws SQLException {
        AcceptedItem read = Json.body(row, AcceptedItem.class);
        return new ChangePage.Item(read.remoteId(), guid(row), read.version(), null);
    }

    @Override
    public int detailCount(PeerId peer) {
        return (int) database.number(
                "select count(*) from offer where peer = ? and body is not null and withdrawn_at is null", peer);
    }

    @Override
    public List<PeerId> offering(Guid resource) {
        return database.query(
                row -> new PeerId(row.getLong("peer")),
                "select peer from offer where resource = ? and withdrawn_at is null order by peer",
                resource);
    }

    @Override
    public Set<Guid> offered(PeerId peer) {
        return guids(
                "select guid as resource from resource where source = ? and guid not in"
                        + " (select resource from offer where peer = source and withdrawn_at is not null)",
                peer);
    }

    @Override
    public Set<Guid> alsoOffered(PeerId peer) {
        return guids(
                "select resource from offer where peer = ? and withdrawn_at is null"
                        + " and resource not in (select guid from resource where source = peer)",
                peer);
    }

    @Override
    public Followers followers(PeerId peer, Collection<Guid> among, Instant since) {
        Set<Guid> offered = offered(peer);
        Set<Guid> also = alsoOffered(peer);
        long withdrawn = database.number(
                "select count(*) from offer"
                        + " join resource on resource.guid = offer.resource and resource.source = offer.peer"
                        + " where offer.peer = ? and offer.withdrawn_at >= ?",
                peer,
                since);
        return new Followers(
                among.stream().filter(offered::contains).collect(Collectors.toSet()),
                among.stream().filter(also::contains).collect(Collectors.toSet()),
                offered.size(),
                (int) withdrawn);
    }

    @Override
    public SortedMap<PeerId, Long> successors(PeerId peer) {
        return countsByPeer(
                "select peer, count(*) as number from ("
                        + "select min(peer.id) as peer from resource"
                        + " join offer on offer.resource = resource.guid and offer.peer <> resource.source"
                        + " join peer on peer.id = offer.peer and peer.queryable"
                        + " where resource.source = ? and offer.withdrawn_at is null"
                        + " and offer.body is not null and not offer.circular"
                        + " group by resource.guid) group by peer",
                peer);
    }

    private SortedMap<PeerId, Long> countsByPeer(String sql, Object... values) {
        SortedMap<PeerId, Long> counts = new TreeMap<>();
        database.query(row -> counts.put(new PeerId(row.getLong("peer")), row.getLong("number")), sql, values);
        return counts;
    }

    @Override
    public Set<Guid> withdrawn(PeerId peer) {
        return guids("select resource from offer where peer = ? and withdrawn_at is not null", peer);
    }

    @Override
    public void withdraw(PeerLease lease, Set<Guid> withdrawn, Set<Guid> offeredAgain, Instant at) {
        holding(lease, () -> {
            offeredAgain.forEach(guid -> mark(lease.peer(), guid, null));
            withdrawn.forEach(guid -> mark(lease.peer(), guid, at));
        });
    }

    private void mark(PeerId peer, Guid guid, @Nullable Instant withdrawn) {
        database.update(
                "insert into offer (peer, resource, withdrawn_at) values (?, ?, ?)"
                        + " on conflict do update set withdrawn_at = excluded.withdrawn_at, reviewed = 0",
                peer,
                guid,
                withdrawn);
    }

    @Override
    public Map<Guid, List<Remark>> remarks(Collection<Guid> resources) {
        Map<Guid, List<Remark>> remarks = new HashMap<>();
        database.query(
                row -> remarks.put(guid(row), Json.body(row, AcceptedItem.class).remarks()),
                "select offer.resource, offer.body from offer"
                        + " join resource on resource.guid = offer.resource and resource.source = offer.peer"
                        + " where offer.body is not null"
                        + " and offer.resource in (select value from json_each(?))",
                resources);
        remarks.values().removeIf(List::isEmpty);
        return remarks;
    }

    @Override
    public List<Withdrawal> withdrawals(@Nullable Guid after, int limit) {
        return database.query(
                SqliteHarvest::withdrawal,
                "select * from waiting_withdrawal where resource > ? order by resource limit ?",
                after == null ? "" : after,
                limit);
    }

    @Override
    public Map<Guid, Withdrawal> withdrawals(Collection<Guid> resources) {
        return database
                .query(
                        SqliteHarvest::withdrawal,
                        "select * from waiting_withdrawal where resource in (select value from json_each(?))",
                        resources)
                .stream()
                .collect(Collectors.toMap(Withdrawal::resource, Function.identity()));
    }

    private static Withdrawal withdrawal(ResultSet row) throws SQLException {
        return new Withdrawal(guid(row), new PeerId(row.getLong("peer")), Database.time(row, "withdrawn_at"));
    }

    @Override
    public long withdrawalCount() {
        return database.number("select count(*) from waiting_withdrawal");
    }

    @Override
    public void reviewed(Collection<Guid> resources) {
        database.update("update offer set reviewed = 1 where resource in (select value from json_each(?))", resources);
    }

    @Override
    public void reviewAgain(Collection<Guid> resources) {
        database.update("update offer set reviewed = 0 where resource in (select value from json_each(?))", resources);
    }

    private Set<Guid> guids(String sql, Object... values) {
        return new HashSet<>(database.query(SqliteHarvest::guid, sql, values));
    }

    private static Guid guid(ResultSet row) throws SQLException {
        return Guid.of(row.getString("resource"));
    }
}

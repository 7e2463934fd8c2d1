package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SelectionCounts;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SelectionState;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.StoredOffer;

/** A repository of the offers on which selection rules decide. Rules are decided in Java, so that all storages agree. */
final class JdbcSelections implements SelectionRepository {

    /** The number of rows that a scan holds in memory. */
    private static final int SCANNED_AT_ONCE = 1_000;

    private static final String OFFERS = """
            select offer.guid, offer.remote_id, offer.version, cast(offer.facts as text), offer.left_out,
                   resource.id is not null
              from offer left join resource on resource.guid = offer.guid and resource.source_peer = offer.peer_id
             where offer.peer_id = ? and offer.withdrawn is null and offer.remote_id is not null
               and offer.version is not null\
            """;

    private static final String STATE = """
            select selection as applied_selection,
                   exists (select from offer where peer_id = known.peer_id and due and withdrawn is null) as has_due,
                   array(select guid from refusal) as refused
              from (select ?::bigint as peer_id) known left join harvest using (peer_id)""";

    private static final String COUNTS = """
            select count(*), count(resource.id)
              from offer left join resource on resource.guid = offer.guid and resource.source_peer = offer.peer_id
             where offer.peer_id = ? and offer.left_out and offer.withdrawn is null""";

    private static final String NOT_FOLLOWED = """
            select offer.guid from offer
              join resource on resource.guid = offer.guid and resource.source_peer = offer.peer_id
             where offer.guid = any (?) and offer.left_out and offer.withdrawn is null""";

    private final Transactions transactions;
    private final Leases leases;

    JdbcSelections(Transactions transactions, Leases leases) {
        this.transactions = transactions;
        this.leases = leases;
    }

    @Override
    public SelectionState state(Peer peer) {
        return transactions
                .read(connection -> Sql.first(
                        connection, STATE, JdbcSelections::state, peer.id().value()))
                .orElseThrow();
    }

    /** Returns the state in the columns {@code applied_selection}, {@code has_due} and {@code refused} of a row. */
    static SelectionState state(ResultSet row) throws SQLException {
        String applied = row.getString("applied_selection");
        Set<Guid> refused = new HashSet<>();
        for (UUID guid : (UUID[]) row.getArray("refused").getArray()) {
            refused.add(new Guid(guid));
        }
        return new SelectionState(
                SelectionRule.parse(applied == null ? "" : applied), row.getBoolean("has_due"), refused);
    }

    private static Guid guid(ResultSet row) throws SQLException {
        return new Guid(row.getObject(1, UUID.class));
    }

    @Override
    public List<StoredOffer> offers(PeerId peer, @Nullable Guid after, int limit) {
        return page(OFFERS, peer, after, limit);
    }

    @Override
    public List<StoredOffer> leftOut(PeerId peer, @Nullable Guid after, int limit) {
        return page(OFFERS + " and offer.left_out and resource.id is null", peer, after, limit);
    }

    private List<StoredOffer> page(String offers, PeerId peer, @Nullable Guid after, int limit) {
        String sql = offers + Sql.limited(" and offer.guid > ? order by offer.guid limit {limit}", limit);
        // No resource has the GUID with only zeros.
        UUID last = after == null ? new UUID(0, 0) : after.value();
        return transactions.read(connection -> Sql.rows(connection, sql, JdbcSelections::offer, peer.value(), last));
    }

    private static StoredOffer offer(ResultSet row) throws SQLException {
        return new StoredOffer(
                guid(row),
                row.getString(2),
                row.getString(3),
                FactsDocument.read(row.getString(4)),
                row.getBoolean(5),
                row.getBoolean(6));
    }

    @Override
    public void scan(PeerId peer, Consumer<StoredOffer> consumer) {
        transactions.call(unit -> unit.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(OFFERS)) {
                select.setFetchSize(SCANNED_AT_ONCE);
                select.setLong(1, peer.value());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(offer(rows));
                    }
                }
            }
            return true;
        }));
    }

    @Override
    public void mark(PeerLease lease, Set<Guid> leftOut, Set<Guid> due) {
        transactions.call(unit -> unit.jdbc(connection -> {
            hold(connection, lease);
            String read = " where peer_id = ? and guid = any (?) and remote_id is not null";
            long peer = lease.peer().value();
            if (!leftOut.isEmpty()) {
                String sql = "update offer set left_out = true, due = false" + read;
                Sql.update(connection, sql, peer, Sql.uuids(connection, values(leftOut)));
            }
            if (!due.isEmpty()) {
                Sql.update(connection, "update offer set due = true" + read, peer, Sql.uuids(connection, values(due)));
            }
            return true;
        }));
    }

    private static List<UUID> values(Collection<Guid> guids) {
        return guids.stream().map(Guid::value).toList();
    }

    private void hold(Connection connection, PeerLease lease) throws SQLException {
        String sql = "update harvest set lease_until = " + leases.untilSql() + " where peer_id = ? and lease_owner = ?";
        if (Sql.update(connection, sql, lease.peer().value(), lease.owner()) == 0) {
            throw new LeaseLostException(lease.peer());
        }
    }

    @Override
    public void applied(PeerLease lease, SelectionRule rule) {
        transactions.call(unit -> unit.jdbc(connection -> {
            String sql = "update harvest set selection = ? where peer_id = ? and lease_owner = ?";
            String text = Texts.storable(rule.toString());
            if (Sql.update(connection, sql, text, lease.peer().value(), lease.owner()) == 0) {
                throw new LeaseLostException(lease.peer());
            }
            if (rule.takesEverything()) {
                Sql.update(
                        connection,
                        "update offer set due = false where peer_id = ? and due and not left_out",
                        lease.peer().value());
            }
            return true;
        }));
    }

    @Override
    public List<ChangePage.Item> due(PeerId peer, @Nullable Guid after, int limit) {
        String sql = """
                select guid, remote_id, version from offer
                 where peer_id = ? and due and withdrawn is null and remote_id is not null and version is not null
                   and guid > ? order by guid limit {limit}""";
        UUID last = after == null ? new UUID(0, 0) : after.value();
        return transactions.read(connection -> Sql.rows(
                connection,
                Sql.limited(sql, limit),
                row -> new ChangePage.Item(row.getString(2), guid(row), row.getString(3), null),
                peer.value(),
                last));
    }

    @Override
    public SelectionCounts counts(PeerId peer) {
        return transactions.read(connection -> Sql.first(
                        connection, COUNTS, row -> new SelectionCounts(row.getLong(1), row.getLong(2)), peer.value())
                .orElse(SelectionCounts.NONE));
    }

    @Override
    public Set<Guid> notFollowed(Collection<Guid> resources) {
        return resources.isEmpty()
                ? Set.of()
                : transactions.read(connection -> new HashSet<>(Sql.rows(
                        connection, NOT_FOLLOWED, JdbcSelections::guid, Sql.uuids(connection, values(resources)))));
    }

    @Override
    public void refuse(Refusal refusal) {
        String sql = """
                insert into refusal (guid, title, made_by, made_at, reason) values (?, ?, ?, ?, ?)
                    on conflict (guid) do update
                   set title = excluded.title, made_by = excluded.made_by, made_at = excluded.made_at,
                       reason = excluded.reason""";
        UUID guid = refusal.resource().value();
        transactions.call(unit -> unit.jdbc(connection -> {
            Sql.update(
                    connection,
                    sql,
                    guid,
                    Texts.storable(refusal.title()),
                    refusal.by().value(),
                    Timestamp.from(refusal.at()),
                    Texts.storable(refusal.reason()));
            return Sql.update(
                    connection,
                    "update offer set left_out = true, due = false where guid = ? and remote_id is not null",
                    guid);
        }));
    }

    @Override
    public boolean revoke(Guid resource) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            Sql.update(connection, "update offer set due = true where guid = ? and left_out", resource.value());
            return Sql.update(connection, "delete from refusal where guid = ?", resource.value()) > 0;
        }));
    }

    @Override
    public Optional<Refusal> refusal(Guid resource) {
        String sql = "select guid, title, made_by, made_at, reason from refusal where guid = ?";
        return transactions.read(connection -> Sql.first(connection, sql, JdbcSelections::refusal, resource.value()));
    }

    private static Refusal refusal(ResultSet rows) throws SQLException {
        Row row = new Row(rows);
        return new Refusal(new Guid(row.uuid()), row.text(), new UserName(row.text()), row.time(), row.text());
    }

    @Override
    public Slice<Refusal> refusals(int offset, int limit) {
        String sql = "select guid, title, made_by, made_at, reason from refusal order by made_at desc, guid offset ?"
                + " limit ?";
        return transactions.read(connection -> Slice.of(
                Sql.rows(connection, sql, JdbcSelections::refusal, offset, limit + 1),
                limit,
                Sql.first(connection, "select count(*) from refusal", row -> row.getLong(1))
                        .orElse(0L)));
    }
}

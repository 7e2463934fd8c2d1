package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.links.DeadLink;
import org.librarypeers.sync.links.LinkCounts;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;

/** A repository of links with one row per address. */
final class JdbcLinks implements LinkRepository {

    private static final String STATE = "checked, failures, failing_since, dead_since, problem, detail";

    private static final String HOST = """
            select link_host.host from link join link_host on link_host.host = link.host
             where link.due <= ? and link_host.free <= ?
             order by link.due limit 1 for update of link_host skip locked""";

    private static final String CLAIM = """
            update link set due = ? where id = (
                select id from link where host = ? and due <= ? order by due, id limit 1 for update skip locked)
            returning id, address, host,\s""" + STATE;

    private static final String IS_USED = """
            select exists (select from link_use join resource on resource.id = resource_id
                            where link_id = ? and status = 'approved')""";

    // A link that very many resources have belongs to a site that the first of them tell as well.
    private static final String PEERS = """
            select distinct peer.host
              from (select resource_id from link_use where link_id = ? limit 1000) used
              join resource on resource.id = used.resource_id
              join peer on peer.id = resource.source_peer
             where not peer.removed and peer.host is not null""";

    private static final String DEAD = """
            select id, address, STATE,
                   array(select guid from link_use join resource on resource.id = resource_id
                          where link_id = link.id and status = 'approved' order by resource.id limit {limit})
              from link
             where dead_since is not null and id < ?
               and exists (select from link_use join resource on resource.id = resource_id
                            where link_id = link.id and status = 'approved')
             order by id desc limit ?""".replace("STATE", STATE);

    private static final String COPIES = """
            select distinct on (dead.id) dead.id, copy.url
              from link dead
             cross join lateral (select resource_id from link_use where link_id = dead.id limit 1000) used
              join attachment on attachment.resource_id = used.resource_id and attachment.url = dead.address
              join attachment copy on copy.guid = attachment.guid and copy.url <> dead.address
              join resource on resource.id = copy.resource_id and resource.status = 'approved'
              left join link alive on alive.key = encode(sha256(convert_to(copy.url, 'UTF8')), 'hex')
             where dead.id = any (?)
               and (copy.url like '/media/%' or (alive.checked is not null and alive.problem is null))
             order by dead.id, resource.id, copy.position""";

    private static final String SOURCES = """
            select distinct on (dead.id) dead.id, source_url
              from link dead
             cross join lateral (select resource_id from link_use where link_id = dead.id limit 1000) used
              join resource on resource.id = used.resource_id and status = 'approved' and source_url is not null
             where dead.id = any (?)
             order by dead.id, resource.id""";

    private static final String DEAD_COUNT = """
            select count(*) from (
                select from link
                 where dead_since is not null
                   and exists (select from link_use join resource on resource.id = resource_id
                                where link_id = link.id and status = 'approved') limit {limit}) dead""";

    private static final String COUNTS = """
            select (select count(*) from (select from link where checked is null limit {limit}) unchecked),
                   (select count(*) from (select from link where checked is not null and failures = 0 limit {limit}) working),
                   (select count(*) from (
                       select from link where failures > 0 and dead_since is null limit {limit}) failing),
                   (DEAD_COUNT)""".replace("DEAD_COUNT", DEAD_COUNT);

    private final Reads reads;

    JdbcLinks(Reads reads) {
        this.reads = reads;
    }

    @Override
    public int scan(int limit, Instant now) {
        return reads.call(unit -> unit.jdbc(connection -> LinkScan.run(connection, limit, now)));
    }

    @Override
    public Optional<LinkTask> claim(Instant now, Duration claim, Duration pause) {
        if (reads.isOpen()) {
            throw new IllegalStateException(
                    "a link must be claimed outside of a transaction, so that other processes see it immediately");
        }
        while (true) {
            Claimed next = reads.call(unit -> unit.jdbc(connection -> claim(connection, now, claim, pause)));
            if (!next.isUnused()) {
                return Optional.ofNullable(next.task());
            }
        }
    }

    /** A link that was claimed, none, or one that was removed because no public resource has it. */
    private record Claimed(@Nullable LinkTask task, boolean isUnused) {}

    private static Claimed claim(Connection connection, Instant now, Duration claim, Duration pause)
            throws SQLException {
        Timestamp time = Timestamp.from(now);
        Optional<String> host = Sql.first(connection, HOST, row -> row.getString(1), time, time);
        if (host.isEmpty()) {
            return new Claimed(null, false);
        }
        Optional<LinkTask> task =
                Sql.first(connection, CLAIM, JdbcLinks::task, Timestamp.from(now.plus(claim)), host.get(), time);
        if (task.isEmpty()) {
            return new Claimed(null, false);
        }
        long id = task.get().id();
        boolean isUsed =
                Sql.first(connection, IS_USED, row -> row.getBoolean(1), id).orElseThrow();
        if (!isUsed) {
            Sql.update(connection, "delete from link where id = ?", id);
            return new Claimed(null, true);
        }
        Sql.update(
                connection,
                "update link_host set free = ? where host = ?",
                Timestamp.from(now.plus(pause)),
                host.get());
        Set<PeerHost> peers = new HashSet<>(Sql.rows(connection, PEERS, row -> PeerHost.of(row.getString(1)), id));
        LinkTask found = task.get();
        return new Claimed(new LinkTask(id, found.address(), found.host(), found.state(), peers), false);
    }

    private static LinkTask task(ResultSet row) throws SQLException {
        return new LinkTask(row.getLong(1), row.getString(2), row.getString(3), state(row, 4), Set.of());
    }

    private static LinkState state(ResultSet row, int column) throws SQLException {
        String problem = row.getString(column + 4);
        return new LinkState(
                time(row, column),
                row.getInt(column + 1),
                time(row, column + 2),
                time(row, column + 3),
                // A later version may know more problems.
                problem == null
                        ? null
                        : EnumWord.find(LinkProblem.class, problem).orElse(LinkProblem.STATUS),
                row.getString(column + 5));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }

    @Override
    public void checked(long link, LinkState state, Instant due) {
        LinkProblem problem = state.problem();
        reads.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                "update link set due = ?, checked = ?::timestamptz, failures = ?, failing_since = ?::timestamptz,"
                        + " dead_since = ?::timestamptz, problem = ?, detail = ? where id = ?",
                Timestamp.from(due),
                timestamp(state.checked()),
                state.failures(),
                timestamp(state.failingSince()),
                timestamp(state.deadSince()),
                problem == null ? null : EnumWord.of(problem),
                state.detail(),
                link)));
    }

    @Override
    public Map<String, LinkState> find(Collection<String> addresses) {
        if (addresses.isEmpty()) {
            return Map.of();
        }
        return reads.read(connection -> {
            Map<String, LinkState> found = new HashMap<>();
            Sql.rows(
                            connection,
                            "select address, " + STATE + " from link where key = any (?) and checked is not null",
                            row -> Map.entry(row.getString(1), state(row, 2)),
                            Sql.texts(
                                    connection,
                                    addresses.stream().map(Sha256::hex).toList()))
                    .forEach(row -> found.put(row.getKey(), row.getValue()));
            return found;
        });
    }

    @Override
    public List<DeadLink> dead(long before, int limit) {
        return reads.read(connection -> {
            List<DeadLink> links =
                    Sql.rows(connection, Sql.limited(DEAD, DeadLink.MAX_RESOURCES), JdbcLinks::dead, before, limit);
            List<Long> ids = links.stream().map(DeadLink::id).toList();
            Map<Long, DeadLink.Copy> copies = copies(connection, ids);
            List<DeadLink> all = new ArrayList<>();
            links.forEach(link -> all.add(
                    new DeadLink(link.id(), link.address(), link.state(), link.resources(), copies.get(link.id()))));
            return all;
        });
    }

    @Override
    public Map<String, DeadLink.Copy> copies(Collection<String> addresses) {
        if (addresses.isEmpty()) {
            return Map.of();
        }
        return reads.read(connection -> {
            Map<Long, String> dead = new HashMap<>();
            Sql.rows(
                            connection,
                            "select id, address from link where key = any (?) and dead_since is not null",
                            row -> Map.entry(row.getLong(1), row.getString(2)),
                            Sql.texts(
                                    connection,
                                    addresses.stream().map(Sha256::hex).toList()))
                    .forEach(row -> dead.put(row.getKey(), row.getValue()));
            Map<String, DeadLink.Copy> copies = new HashMap<>();
            copies(connection, dead.keySet()).forEach((id, copy) -> copies.put(dead.get(id), copy));
            return copies;
        });
    }

    private static Map<Long, DeadLink.Copy> copies(Connection connection, Collection<Long> ids) throws SQLException {
        Map<Long, DeadLink.Copy> copies = new HashMap<>();
        addCopies(connection, SOURCES, ids, true, copies);
        addCopies(connection, COPIES, ids, false, copies);
        return copies;
    }

    private static void addCopies(
            Connection connection,
            String sql,
            Collection<Long> ids,
            boolean isOfSource,
            Map<Long, DeadLink.Copy> copies)
            throws SQLException {
        if (!ids.isEmpty()) {
            Sql.rows(
                            connection,
                            sql,
                            row -> Map.entry(row.getLong(1), new DeadLink.Copy(row.getString(2), isOfSource)),
                            Sql.longs(connection, ids))
                    .forEach(row -> copies.put(row.getKey(), row.getValue()));
        }
    }

    private static DeadLink dead(ResultSet row) throws SQLException {
        List<Guid> resources = new ArrayList<>();
        for (Object guid : (Object[]) row.getArray(9).getArray()) {
            resources.add(new Guid((UUID) guid));
        }
        return new DeadLink(row.getLong(1), row.getString(2), state(row, 3), resources, null);
    }

    @Override
    public LinkCounts counts() {
        return reads.read(connection -> Sql.first(
                        connection,
                        Sql.limited(COUNTS, LinkCounts.MAX),
                        row -> new LinkCounts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .orElseThrow());
    }

    @Override
    public long deadCount() {
        return reads.read(
                connection -> Sql.first(connection, Sql.limited(DEAD_COUNT, LinkCounts.MAX), row -> row.getLong(1))
                        .orElseThrow());
    }

    @Override
    public Optional<String> checkAgain(long link, Instant now) {
        return reads.call(unit -> unit.jdbc(connection -> Sql.first(
                connection,
                "update link set due = ? where id = ? and dead_since is not null returning address",
                row -> row.getString(1),
                Timestamp.from(now),
                link)));
    }
}

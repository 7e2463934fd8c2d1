package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.pictures.FailingPicture;
import org.librarypeers.sync.pictures.PictureAddress;
import org.librarypeers.sync.pictures.PictureCopies;
import org.librarypeers.sync.pictures.PictureCopy;
import org.librarypeers.sync.pictures.PictureCounts;
import org.librarypeers.sync.pictures.PictureProblem;
import org.librarypeers.sync.pictures.PictureRepository;
import org.librarypeers.sync.pictures.PictureTask;

/** A repository of pictures with one row per address. */
final class JdbcPictures implements PictureRepository {

    private static final String COPIES = "small_file, small_format, small_width, small_height,"
            + " large_file, large_format, large_width, large_height";

    /**
     * Goes from host to host in the index, so that the cost depends neither on the number of pictures of a host nor on those of
     * the excluded hosts. Skips the rows that another process is claiming.
     */
    private static final String CLAIM = """
            with recursive hosts (host) as (
                (select host from picture where due is not null and host > ? order by host limit 1)
                union all
                select (select next.host from picture next
                         where next.due is not null and next.host > hosts.host order by next.host limit 1)
                  from hosts where hosts.host is not null)
            update picture set due = ? where id = (
                select first.id from hosts cross join lateral (
                    select id from picture waiting
                     where waiting.host = hosts.host and waiting.due <= ?
                     order by waiting.due limit 1 for update skip locked) first
                 where hosts.host is not null and hosts.host <> all (?) limit 1)
            returning id, address, host, attempts, etag, last_modified,\s""" + COPIES;

    // A picture that very many resources name is a logo, which the first of them tell as well.
    private static final String PEERS = """
            select distinct peer.host
              from (select resource_id from picture_use where picture_id = ? limit 1000) named
              join resource on resource.id = named.resource_id
              join peer on peer.id in (resource.source_peer, resource.waiting_peer)
             where not peer.removed and peer.host is not null""";

    private static final String KEPT = """
            update picture
               set due = ?, attempts = 0, problem = null, detail = '', etag = ?, last_modified = ?,
                   small_file = ?, small_format = ?, small_width = ?, small_height = ?,
                   large_file = ?, large_format = ?, large_width = ?, large_height = ?
             where id = ?""";

    private static final String FIND =
            "select address, " + COPIES + " from picture where key = any (?) and small_file is not null";

    private static final String FAILING = """
            select id, address, problem, detail, attempts, due, small_file is not null,
                   (select guid from resource where id = (
                       select min(resource_id) from picture_use where picture_id = picture.id))
              from picture where problem is not null and id < ? order by id desc limit ?""";

    private static final String COUNTS = """
            select (select count(*) from (
                       select from picture where small_file is null and due is not null limit ?) waiting),
                   (select count(*) from (
                       select from picture where small_file is null and due is null limit ?) failed)""";

    private static final String REMOVE = """
            delete from picture where id = any (array(
                select id from picture
                 where not exists (select from picture_use where picture_id = picture.id)
                 order by id limit ? for update skip locked))
            returning\s""" + COPIES;

    private final Reads reads;
    private final PictureBacklog backlog = new PictureBacklog();

    JdbcPictures(Reads reads) {
        this.reads = reads;
    }

    @Override
    public int scan(Function<Resource, Set<String>> named, int limit, Instant now) {
        return reads.call(unit -> backlog.scan(unit, named, limit, now));
    }

    @Override
    public Optional<PictureTask> claim(Instant now, Duration claim, Collection<String> except, String after) {
        if (reads.isOpen()) {
            throw new IllegalStateException(
                    "a picture must be claimed outside of a transaction, so that other processes see it immediately");
        }
        return reads.call(unit -> unit.jdbc(connection -> {
            Optional<PictureTask> next = claim(connection, now, claim, except, after);
            return next.isPresent() || after.isEmpty() ? next : claim(connection, now, claim, except, "");
        }));
    }

    private static Optional<PictureTask> claim(
            Connection connection, Instant now, Duration claim, Collection<String> except, String after)
            throws SQLException {
        Optional<PictureTask> task = Sql.first(
                connection,
                CLAIM,
                JdbcPictures::task,
                after,
                Timestamp.from(now.plus(claim)),
                Timestamp.from(now),
                Sql.texts(connection, except));
        return task.isEmpty() ? task : Optional.of(withPeers(connection, task.get()));
    }

    private static PictureTask task(ResultSet row) throws SQLException {
        return new PictureTask(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                copies(row, 7),
                row.getString(5),
                row.getString(6),
                Set.of());
    }

    private static PictureTask withPeers(Connection connection, PictureTask task) throws SQLException {
        Set<PeerHost> peers =
                new HashSet<>(Sql.rows(connection, PEERS, row -> PeerHost.of(row.getString(1)), task.id()));
        return new PictureTask(
                task.id(),
                task.address(),
                task.host(),
                task.attempts(),
                task.copies(),
                task.etag(),
                task.lastModified(),
                peers);
    }

    /** Reads the copies from eight columns; null if there are none. */
    private static @Nullable PictureCopies copies(ResultSet row, int column) throws SQLException {
        return row.getString(column) == null ? null : new PictureCopies(copy(row, column), copy(row, column + 4));
    }

    private static PictureCopy copy(ResultSet row, int column) throws SQLException {
        return new PictureCopy(
                row.getString(column),
                EnumWord.find(PictureCopy.Format.class, row.getString(column + 1))
                        .orElseThrow(),
                row.getInt(column + 2),
                row.getInt(column + 3));
    }

    @Override
    public void kept(
            long picture, PictureCopies copies, @Nullable String etag, @Nullable String lastModified, Instant due) {
        PictureCopy small = copies.small();
        PictureCopy large = copies.large();
        update(
                KEPT,
                Timestamp.from(due),
                etag,
                lastModified,
                small.sha256(),
                EnumWord.of(small.format()),
                small.width(),
                small.height(),
                large.sha256(),
                EnumWord.of(large.format()),
                large.width(),
                large.height(),
                picture);
    }

    @Override
    public void unchanged(long picture, Instant due) {
        update(
                "update picture set due = ?, attempts = 0, problem = null, detail = '' where id = ?",
                Timestamp.from(due),
                picture);
    }

    @Override
    public void failed(long picture, PictureProblem problem, String detail, @Nullable Instant due) {
        update(
                "update picture set due = ?::timestamptz, attempts = attempts + 1, problem = ?, detail = ? where id = ?",
                due == null ? null : Timestamp.from(due),
                EnumWord.of(problem),
                detail,
                picture);
    }

    @Override
    public Map<String, PictureCopies> find(Collection<String> addresses) {
        if (addresses.isEmpty()) {
            return Map.of();
        }
        List<String> keys = addresses.stream().map(PictureAddress::key).toList();
        return reads.read(connection -> {
            Map<String, PictureCopies> found = new HashMap<>();
            Sql.rows(
                            connection,
                            FIND,
                            row -> Map.entry(row.getString(1), Optional.ofNullable(copies(row, 2))),
                            Sql.texts(connection, keys))
                    .forEach(row -> row.getValue().ifPresent(copies -> found.put(row.getKey(), copies)));
            return found;
        });
    }

    @Override
    public List<FailingPicture> failing(long before, int limit) {
        return reads.read(connection -> Sql.rows(connection, FAILING, JdbcPictures::failing, before, limit));
    }

    private static FailingPicture failing(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp(6);
        UUID resource = row.getObject(8, UUID.class);
        return new FailingPicture(
                row.getLong(1),
                row.getString(2),
                // A later version may know more problems.
                EnumWord.find(PictureProblem.class, row.getString(3)).orElse(PictureProblem.UNREADABLE),
                row.getString(4),
                row.getInt(5),
                due == null ? null : due.toInstant(),
                resource == null ? null : new Guid(resource),
                row.getBoolean(7));
    }

    @Override
    public Optional<String> retry(long picture, Instant now) {
        return reads.call(unit -> unit.jdbc(connection -> Sql.first(
                connection,
                "update picture set due = ?, attempts = 0 where id = ? and problem is not null returning address",
                row -> row.getString(1),
                Timestamp.from(now),
                picture)));
    }

    @Override
    public int retryAll(Instant now) {
        return reads.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                "update picture set due = ?, attempts = 0 where problem is not null",
                Timestamp.from(now))));
    }

    @Override
    public PictureCounts counts() {
        return reads.read(connection -> Sql.first(
                        connection,
                        COUNTS,
                        row -> new PictureCounts(row.getLong(1), row.getLong(2)),
                        PictureCounts.MAX,
                        PictureCounts.MAX)
                .orElseThrow());
    }

    @Override
    public int removeUnnamed(int limit, Consumer<List<String>> deletion) {
        return reads.call(unit -> unit.jdbc(connection -> {
            List<Optional<PictureCopies>> removed =
                    Sql.rows(connection, REMOVE, row -> Optional.ofNullable(copies(row, 1)), limit);
            deletion.accept(removed.stream()
                    .flatMap(Optional::stream)
                    .flatMap(copies -> copies.files().stream())
                    .toList());
            return removed.size();
        }));
    }

    private void update(String sql, @Nullable Object... parameters) {
        reads.call(unit -> unit.jdbc(connection -> Sql.update(connection, sql, parameters)));
    }
}

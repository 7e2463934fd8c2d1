package org.librarypeers.examples.embedding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.SyncLogRepository;

/** The sync logs in a SQLite database. */
record SqliteSyncLogs(Database database) implements SyncLogRepository {

    @Override
    public SyncLogId nextId() {
        return new SyncLogId(database.nextNumber("sync_log"));
    }

    @Override
    public void save(SyncLog log) {
        database.update(
                "insert or replace into sync_log (id, peer, status, body) values (?, ?, ?, ?)",
                log.id(),
                log.peer(),
                log.status(),
                Json.write(log));
    }

    @Override
    public Optional<SyncLog> find(SyncLogId id) {
        return database.find(Json.body(SyncLog.class), "select body from sync_log where id = ?", id);
    }

    @Override
    public List<SyncLog> recent(@Nullable PeerId peer, @Nullable SyncLogId before, int limit) {
        return database.query(
                Json.body(SyncLog.class),
                "select body from sync_log where peer = coalesce(?, peer) and id < ? order by id desc limit ?",
                peer,
                before == null ? Long.MAX_VALUE : before.value(),
                limit);
    }

    @Override
    public Map<PeerId, SyncLog> latest() {
        return database
                .query(
                        Json.body(SyncLog.class),
                        "select body from sync_log where id in (select max(id) from sync_log group by peer)")
                .stream()
                .collect(Collectors.toMap(SyncLog::peer, Function.identity()));
    }

    @Override
    public Map<PeerId, Instant> lastSuccesses() {
        return database
                .query(
                        Json.body(SyncLog.class),
                        "select body from sync_log where id in"
                                + " (select max(id) from sync_log where status = ? group by peer)",
                        SyncStatus.SUCCEEDED)
                .stream()
                .collect(Collectors.toMap(SyncLog::peer, SyncLog::finished));
    }

    @Override
    public List<SyncLog> running(PeerId peer) {
        return database.query(
                Json.body(SyncLog.class),
                "select body from sync_log where peer = ? and status = ? order by id desc",
                peer,
                SyncStatus.RUNNING);
    }

    @Override
    public void note(SyncLogId run, List<Outcome> outcomes, Set<String> again) {
        database.change(() -> {
            database.update(
                    "delete from outcome where run = ? and kind in (?, ?)"
                            + " and remote_id in (select value from json_each(?))",
                    run,
                    Outcome.Kind.UNCHANGED,
                    Outcome.Kind.LEFT_OUT,
                    again);
            outcomes.forEach(outcome -> database.update(
                    "insert into outcome (run, kind, remote_id, resource, remarked, body) values (?, ?, ?, ?, ?, ?)",
                    run,
                    outcome.kind(),
                    outcome.remoteId(),
                    outcome.guid(),
                    !outcome.remarks().isEmpty(),
                    Json.write(outcome)));
        });
    }

    @Override
    public Slice<RunItem> outcomes(SyncLogId run, Outcome.Kind kind, int offset, int limit) {
        return items("run = ? and kind = ?", offset, limit, run, kind);
    }

    @Override
    public Slice<RunItem> remarked(SyncLogId run, int offset, int limit) {
        return items("run = ? and remarked = ?", offset, limit, run, true);
    }

    private Slice<RunItem> items(String condition, int offset, int limit, Object first, Object second) {
        return database.inTransaction(() -> {
            List<RunItem> items = database.query(
                    SqliteSyncLogs::item,
                    "select outcome.body, resource.body as resource_body from outcome"
                            + " left join resource on resource.guid = outcome.resource where " + condition
                            + " order by outcome.id limit ? offset ?",
                    first,
                    second,
                    limit + 1L,
                    offset);
            return Slice.of(
                    items, limit, database.number("select count(*) from outcome where " + condition, first, second));
        });
    }

    private static RunItem item(ResultSet row) throws SQLException {
        Outcome outcome = Json.body(row, Outcome.class);
        String body = row.getString("resource_body");
        if (body == null) {
            return new RunItem(outcome, null, LocalizedText.empty());
        }
        Resource resource = Json.read(body, ResourceBody.class).toDomain();
        return new RunItem(outcome, resource.slug(), resource.content().title());
    }

    @Override
    public void forgetOutcomes(PeerId peer, int runs) {
        database.update(
                "delete from outcome where kind not in (select value from json_each(?))"
                        + " and run in (select id from sync_log where peer = ? order by id desc limit -1 offset ?)",
                List.of(Outcome.Kind.ADDED, Outcome.Kind.UPDATED, Outcome.Kind.WITHDRAWN),
                peer,
                runs);
    }

    @Override
    public int removeItems(Instant startedBefore, int limit) {
        return database.inTransaction(() -> database.update(
                "delete from outcome where id in (select id from outcome"
                        + " where run in (select value from json_each(?)) order by id limit ?)",
                old(startedBefore),
                limit));
    }

    @Override
    public int removeOld(Instant startedBefore, int limit) {
        return database.inTransaction(() -> database.update(
                "delete from sync_log where id in (select id from sync_log"
                        + " where id in (select value from json_each(?))"
                        + " and id not in (select max(id) from sync_log group by peer)"
                        + " and id not in (select run from outcome)"
                        + " and id not in (select value from json_each(?)) order by id limit ?)",
                old(startedBefore),
                database.query(Json.body(PastWithdrawal.class), "select body from past_withdrawal").stream()
                        .map(PastWithdrawal::run)
                        .toList(),
                limit));
    }

    /** Returns the runs that have ended and started before a time. */
    private List<SyncLogId> old(Instant startedBefore) {
        return database
                .query(
                        Json.body(SyncLog.class),
                        "select body from sync_log where status <> ? order by id",
                        SyncStatus.RUNNING)
                .stream()
                .filter(log -> log.started().isBefore(startedBefore))
                .map(SyncLog::id)
                .toList();
    }

    @Override
    public void keepWithdrawals(Map<Guid, PastWithdrawal> withdrawals) {
        database.change(() -> {
            withdrawals.forEach((guid, withdrawal) -> database.update(
                    "insert into past_withdrawal (resource, body) values (?, ?)", guid, Json.write(withdrawal)));
        });
    }

    @Override
    public List<PastWithdrawal> withdrawals(Guid resource) {
        return database.query(
                Json.body(PastWithdrawal.class),
                "select body from past_withdrawal where resource = ? order by id desc",
                resource);
    }
}

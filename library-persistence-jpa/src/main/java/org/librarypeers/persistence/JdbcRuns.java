package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.RunRepository;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * The start and the end of runs, each as one statement that is a transaction of its own unless the caller has one.
 * Further statements read state that only some peers have, such as quarantined items.
 */
final class JdbcRuns implements RunRepository {

    private static final String BASIS = """
            select peer.*, harvest.reread_since, harvest.cursor_token, harvest.cursor_up_to,
                   harvest.whole_expected, harvest.whole_received, harvest.changes_expected, harvest.changes_received,
                   (select status from sync_log where peer_id = peer.id order by id desc limit 1) as last_run,
                   exists (select from sync_log where peer_id = peer.id and status = 'running') as has_running,
                   exists (select from quarantined_item where peer_id = peer.id) as has_quarantined,
                   exists (select from absent_item where peer_id = peer.id) as has_absent,
                   exists (%s) as has_candidates,
                   exists (select from tag_rule where peer_id is null or peer_id = peer.id) as has_rules,
                   harvest.selection as applied_selection,
                   exists (select from offer where peer_id = peer.id and due and withdrawn is null) as has_due,
                   array(select guid from refusal) as refused
              from peer left join harvest on harvest.peer_id = peer.id
             where peer.id = ? and not peer.removed""".formatted(Offers.takeoverCandidates("peer.id"));

    /** The log is not visible to the statement that adds it, so one run less is skipped. */
    private static final String BEGIN = """
            with held as (update harvest set lease_until = %s where peer_id = ? and lease_owner = ? returning peer_id),
                 numbered as (update counter set last = last + 1
                               where name = 'sync_log' and exists (select from held) returning last),
                 forgotten as (delete from run_item
                                where run_id in (select id from sync_log where peer_id = ? order by id desc offset ?)
                                  and outcome in ('unchanged', 'kept_local', 'kept_other_source', 'failed', 'left_out')
                                  and exists (select from held))
            insert into sync_log (id, peer_id, status, since, started, added, updated, unchanged, kept_local,
                                  kept_other_source, failed, withdrawn, remarked, left_out, requests)
            select last, ?, 'running', ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from numbered
            returning id""";

    private static final String END = """
            with held as (update harvest set lease_until = %s, cursor_token = coalesce(?, cursor_token),
                                 cursor_up_to = case when ?::text is null then cursor_up_to else ? end
                           where peer_id = ? and lease_owner = ? returning peer_id),
                 noted as (insert into run_item (run_id, outcome, remote_id, guid, reason, detail, remarks)
                           select ?, outcome, remote_id, guid, reason, detail, cast(remarks as jsonb)
                             from held cross join unnest(?, ?, ?, ?, ?, ?) with ordinality
                                  as noted (outcome, remote_id, guid, reason, detail, remarks, place)
                            where exists (select from sync_log where id = ? and status = 'running')
                            order by place)
            update sync_log
               set status = ?, since = ?, added = ?, updated = ?, unchanged = ?, kept_local = ?, kept_other_source = ?,
                   failed = ?, withdrawn = ?, remarked = ?, left_out = ?, requests = ?, started = ?, finished = ?, throttled_until = ?,
                   trouble = ?, message = ?
             where id = ? and exists (select from held)""";

    private final Transactions transactions;
    private final Secrets secrets;
    private final SyncStorage storage;
    private final RunRepository composed;
    private final String begin;
    private final String end;

    JdbcRuns(Transactions transactions, Secrets secrets, Leases leases, SyncStorage storage) {
        this.transactions = transactions;
        this.secrets = secrets;
        this.storage = storage;
        this.composed = RunRepository.of(storage);
        this.begin = BEGIN.formatted(leases.untilSql());
        this.end = END.formatted(leases.untilSql());
    }

    /** The columns that a run reads, and which of the other state the peer has. */
    private record Found(
            RunBasis basis, boolean hasQuarantined, boolean hasAbsent, boolean hasCandidates, boolean hasRules) {}

    @Override
    public Optional<RunBasis> basis(PeerId peer) {
        return transactions
                .read(connection -> Sql.first(connection, BASIS, this::found, peer.value()))
                .map(this::complete);
    }

    private Found found(ResultSet row) throws SQLException {
        Peer peer = PeerEntity.read(row).toDomain(secrets);
        OffsetDateTime rereadSince = row.getObject("reread_since", OffsetDateTime.class);
        String token = row.getString("cursor_token");
        String lastRun = row.getString("last_run");
        RunBasis basis = new RunBasis(
                peer,
                lastRun == null ? null : SyncStatus.valueOf(lastRun.toUpperCase(Locale.ROOT)),
                row.getBoolean("has_running"),
                rereadSince == null ? null : rereadSince.toInstant(),
                token == null ? null : new Cursor(token, row.getString("cursor_up_to")),
                JdbcHarvest.shortfalls(row, row.findColumn("whole_expected")),
                List.of(),
                Map.of(),
                List.of(),
                TagMapping.NONE,
                JdbcSelections.state(row));
        return new Found(
                basis,
                row.getBoolean("has_quarantined"),
                row.getBoolean("has_absent"),
                row.getBoolean("has_candidates"),
                row.getBoolean("has_rules"));
    }

    private RunBasis complete(Found found) {
        RunBasis basis = found.basis();
        PeerId peer = basis.peer().id();
        return new RunBasis(
                basis.peer(),
                basis.lastRun(),
                basis.hasRunning(),
                basis.rereadSince(),
                basis.cursor(),
                basis.shortfalls(),
                found.hasQuarantined() ? storage.harvest().quarantinedItems(peer) : List.of(),
                found.hasAbsent() ? storage.harvest().absentItems(peer) : Map.of(),
                found.hasCandidates() ? storage.harvest().takeoverCandidates(peer) : List.of(),
                found.hasRules() ? storage.tagRules().mapping().from(peer) : TagMapping.NONE,
                basis.selection());
    }

    @Override
    public SyncLog begin(PeerLease lease, @Nullable Cursor from, Instant now, int outcomeRuns) {
        SyncLog log = SyncLog.start(SyncLogId.NONE, lease.peer(), from, now);
        long peer = lease.peer().value();
        return transactions
                .single(connection -> Sql.first(
                        connection,
                        begin,
                        row -> log.withId(new SyncLogId(row.getLong(1))),
                        peer,
                        lease.owner(),
                        peer,
                        Math.max(0, outcomeRuns - 1),
                        peer,
                        log.since(),
                        Sql.time(log.started())))
                .orElseThrow(() -> new LeaseLostException(lease.peer()));
    }

    @Override
    public void end(PeerLease lease, HarvestProgress progress, List<Outcome> outcomes, SyncLog log) {
        if (!progress.movesCursorOnly()) {
            composed.end(lease, progress, outcomes, log);
            return;
        }
        Cursor cursor = progress.cursor();
        SyncTally tally = log.tally();
        int updated = transactions.single(connection -> {
            List<Array> noted = RunItems.columns(connection, outcomes);
            return Sql.update(
                    connection,
                    end,
                    cursor == null ? null : cursor.token(),
                    cursor == null ? null : cursor.token(),
                    cursor == null ? null : cursor.upTo(),
                    lease.peer().value(),
                    lease.owner(),
                    log.id().value(),
                    noted.get(0),
                    noted.get(1),
                    noted.get(2),
                    noted.get(3),
                    noted.get(4),
                    noted.get(5),
                    log.id().value(),
                    log.status().word(),
                    log.since(),
                    tally.added(),
                    tally.updated(),
                    tally.unchanged(),
                    tally.keptLocal(),
                    tally.keptOtherSource(),
                    tally.failed(),
                    tally.withdrawn(),
                    tally.remarked(),
                    tally.leftOut(),
                    log.requests(),
                    Sql.time(log.started()),
                    Sql.time(Objects.requireNonNullElse(log.finished(), log.started())),
                    log.until() == null ? null : Sql.time(log.until()),
                    log.trouble() == null ? null : log.trouble().name(),
                    log.message() == null ? null : Texts.storable(log.message()),
                    log.id().value());
        });
        if (updated == 0) {
            throw new LeaseLostException(lease.peer());
        }
    }
}

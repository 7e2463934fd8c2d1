package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;

/** Statements on the outcomes of the items of runs. */
final class RunItems {

    private static final String PAGE = """
            with noted as not materialized (select * from run_item where run_id = :run and %s)
            select counted.total, page.remote_id, page.guid, page.reason, r.slug, cast(r.title as text), page.id,
                   page.outcome, cast(page.remarks as text), page.detail
              from (select count(*) as total from noted) counted
              left join (select * from noted order by id offset :offset limit :limit) page on true
              left join resource r on r.guid = page.guid
             order by page.id""";

    private RunItems() {}

    static void note(Connection connection, SyncLogId run, List<Outcome> outcomes, Set<String> again)
            throws SQLException {
        if (!again.isEmpty()) {
            Sql.update(
                    connection,
                    "delete from run_item where run_id = ? and outcome in ('unchanged', 'left_out')"
                            + " and remote_id = any (?)",
                    run.value(),
                    Sql.texts(connection, again.stream().map(Texts::storable).toList()));
        }
        if (!outcomes.isEmpty()) {
            Sql.update(
                    connection,
                    """
                    insert into run_item (run_id, outcome, remote_id, guid, reason, detail, remarks)
                    select ?, outcome, remote_id, guid, reason, detail, cast(remarks as jsonb)
                      from unnest(?, ?, ?, ?, ?, ?) with ordinality
                           as noted (outcome, remote_id, guid, reason, detail, remarks, place)
                     order by place""",
                    Stream.concat(Stream.of(run.value()), columns(connection, outcomes).stream())
                            .toArray());
        }
    }

    /** Returns the outcomes as arrays, one for each column: outcome, remote id, GUID, reason, detail, remarks. */
    static List<Array> columns(Connection connection, List<Outcome> outcomes) throws SQLException {
        return List.of(
                texts(connection, outcomes, outcome -> outcome.kind().word()),
                texts(connection, outcomes, Outcome::remoteId),
                Sql.uuids(
                        connection,
                        outcomes.stream()
                                .map(outcome -> outcome.guid() == null
                                        ? null
                                        : outcome.guid().value())
                                .toList()),
                texts(
                        connection,
                        outcomes,
                        outcome -> outcome.reason() == null
                                ? null
                                : outcome.reason().kind().word()),
                texts(
                        connection,
                        outcomes,
                        outcome -> outcome.reason() == null
                                ? null
                                : outcome.reason().detail()),
                texts(connection, outcomes, outcome -> RemarkDocument.write(outcome.remarks())));
    }

    static void forgetOutcomes(Connection connection, PeerId peer, int runs) throws SQLException {
        Sql.update(connection, """
                delete from run_item
                 where run_id in (select id from sync_log where peer_id = ? order by id desc offset ?)
                   and outcome in ('unchanged', 'kept_local', 'kept_other_source', 'failed', 'left_out')""", peer.value(), runs);
    }

    private static Array texts(Connection connection, List<Outcome> outcomes, Function<Outcome, @Nullable String> field)
            throws SQLException {
        return Sql.texts(
                connection,
                outcomes.stream()
                        .map(field)
                        .map(text -> text == null ? null : Texts.storable(text))
                        .toList());
    }

    static Slice<RunItem> of(Session session, SyncLogId run, Outcome.Kind kind, int offset, int limit) {
        return page(session, run, "outcome = '" + kind.word() + "'", offset, limit);
    }

    static Slice<RunItem> remarked(Session session, SyncLogId run, int offset, int limit) {
        return page(session, run, "remarks is not null", offset, limit);
    }

    private static Slice<RunItem> page(Session session, SyncLogId run, String wanted, int offset, int limit) {
        List<Object[]> rows = session.createNativeQuery(PAGE.formatted(wanted), Object[].class)
                .setParameter("run", run.value())
                .setParameter("offset", offset)
                .setParameter("limit", limit)
                .getResultList();
        long total = (Long) rows.get(0)[0];
        // If the offset is past the end, the only row holds the total and no item.
        List<RunItem> items =
                rows.stream().filter(row -> row[6] != null).map(RunItems::item).toList();
        return new Slice<>(items, total, offset + (long) limit >= total);
    }

    private static RunItem item(@Nullable Object[] row) {
        Outcome outcome = new Outcome(
                Outcome.Kind.ofWord((String) Objects.requireNonNull(row[7])).orElseThrow(),
                (String) row[1],
                row[2] == null ? null : new Guid((UUID) row[2]),
                row[3] == null
                        ? null
                        : QuarantineReasons.read((String) row[3], (String) Objects.requireNonNull(row[9])),
                RemarkDocument.read((String) row[8]));
        return row[4] == null
                ? new RunItem(outcome, null, LocalizedText.empty())
                : new RunItem(outcome, new Slug((String) row[4]), Json.text((String) Objects.requireNonNull(row[5])));
    }
}

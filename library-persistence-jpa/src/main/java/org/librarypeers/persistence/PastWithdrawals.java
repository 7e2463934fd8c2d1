package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.storage.PastWithdrawal;

/** Statements on the past withdrawals of resources. */
final class PastWithdrawals {

    private PastWithdrawals() {}

    static void keep(Connection connection, Map<Guid, PastWithdrawal> withdrawals) throws SQLException {
        String sql = "insert into past_withdrawal (guid, run_id, peer_id, noted_at, listed, archived)"
                + " values (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<Guid, PastWithdrawal> entry : withdrawals.entrySet()) {
                PastWithdrawal withdrawal = entry.getValue();
                insert.setObject(1, entry.getKey().value());
                insert.setLong(2, withdrawal.run().value());
                insert.setLong(3, withdrawal.source().value());
                insert.setObject(4, Sql.time(withdrawal.at()));
                insert.setObject(5, withdrawal.listed(), Types.INTEGER);
                insert.setBoolean(6, withdrawal.archived());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static List<PastWithdrawal> of(Connection connection, Guid resource) throws SQLException {
        String sql = "select run_id, peer_id, noted_at, listed, archived from past_withdrawal"
                + " where guid = ? order by run_id desc";
        return Sql.rows(
                connection,
                sql,
                row -> new PastWithdrawal(
                        new SyncLogId(row.getLong(1)),
                        new PeerId(row.getLong(2)),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getObject(4, Integer.class),
                        row.getBoolean(5)),
                resource.value());
    }
}

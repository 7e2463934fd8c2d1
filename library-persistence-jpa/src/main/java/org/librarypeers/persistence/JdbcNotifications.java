package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.notifications.Arrivals;
import org.librarypeers.sync.notifications.EndedRuns;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.NotificationRepository;
import org.librarypeers.sync.notifications.NotificationState;
import org.librarypeers.sync.storage.InboxFilter;

/** A repository of notification choices and states with one row for each. */
final class JdbcNotifications implements NotificationRepository {

    private static final String CHOICES = "select account, kind, frequency, peers from notification_choice";

    private static final String SAVE_CHOICE = """
            insert into notification_choice (account, kind, frequency, peers) values (?, ?, ?, ?)
                on conflict (account, kind) do update set frequency = excluded.frequency, peers = excluded.peers""";

    private static final String STATES = "select subject, since, reported, number from notification_state";

    private static final String SAVE_STATE = """
            insert into notification_state (subject, since, reported, number) values (?, ?, ?, ?)
                on conflict (subject) do update
                set since = excluded.since, reported = excluded.reported, number = excluded.number""";

    private static final String ENDED = """
            select peer_id, status, count(*), sum(added), sum(updated), sum(unchanged), sum(kept_local),
                   sum(kept_other_source), sum(failed), sum(withdrawn), sum(remarked), sum(left_out)
              from sync_log where finished > ? and finished <= ? group by peer_id, status""";

    private final Transactions transactions;

    JdbcNotifications(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<NotificationChoice> choices() {
        return sorted(transactions.read(connection -> Sql.rows(connection, CHOICES, JdbcNotifications::choice)));
    }

    @Override
    public List<NotificationChoice> choices(UserName account) {
        return sorted(transactions.read(connection ->
                Sql.rows(connection, CHOICES + " where account = ?", JdbcNotifications::choice, account.value())));
    }

    /** Sorts in Java, because the database may order names by the rules of a language. */
    private static List<NotificationChoice> sorted(List<NotificationChoice> choices) {
        return choices.stream()
                .sorted(Comparator.comparing(NotificationChoice::account).thenComparing(NotificationChoice::kind))
                .toList();
    }

    private static NotificationChoice choice(ResultSet rows) throws SQLException {
        return new NotificationChoice(
                new UserName(rows.getString(1)),
                NotificationKind.find(rows.getString(2)).orElseThrow(),
                NotificationFrequency.find(rows.getString(3)).orElseThrow(),
                peers(rows.getArray(4)));
    }

    private static @Nullable Set<PeerId> peers(@Nullable Array peers) throws SQLException {
        return peers == null
                ? null
                : Arrays.stream((Long[]) peers.getArray()).map(PeerId::new).collect(Collectors.toSet());
    }

    @Override
    public void save(NotificationChoice choice) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                SAVE_CHOICE,
                choice.account().value(),
                choice.kind().word(),
                choice.frequency().word(),
                numbers(connection, choice.peers()))));
    }

    private static @Nullable Array numbers(Connection connection, @Nullable Set<PeerId> peers) throws SQLException {
        return peers == null
                ? null
                : Sql.longs(
                        connection, peers.stream().map(PeerId::value).sorted().toList());
    }

    @Override
    public List<NotificationState> states() {
        return transactions.read(connection -> Sql.rows(connection, STATES, JdbcNotifications::state)).stream()
                .sorted(Comparator.comparing(NotificationState::subject))
                .toList();
    }

    @Override
    public Optional<NotificationState> lock(String subject) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            // A row lock would not serialize the first reports of a subject.
            boolean unused = Sql.query(
                    connection, "select pg_advisory_xact_lock(hashtextextended(?, 7))", ResultSet::next, subject);
            return Sql.first(connection, STATES + " where subject = ?", JdbcNotifications::state, subject);
        }));
    }

    private static NotificationState state(ResultSet rows) throws SQLException {
        return new NotificationState(
                rows.getString(1),
                rows.getTimestamp(2).toInstant(),
                rows.getTimestamp(3).toInstant(),
                rows.getLong(4));
    }

    @Override
    public void save(NotificationState state) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                SAVE_STATE,
                state.subject(),
                Timestamp.from(state.since()),
                Timestamp.from(state.reported()),
                state.number())));
    }

    @Override
    public void remove(String subject) {
        transactions.call(unit -> unit.jdbc(
                connection -> Sql.update(connection, "delete from notification_state where subject = ?", subject)));
    }

    @Override
    public List<Arrivals> arrivals(Instant after, Instant until) {
        return transactions.read(connection -> Sql.rows(
                connection,
                InboxStatements.ARRIVALS,
                rows -> {
                    long peer = rows.getLong(1);
                    return new Arrivals(
                            rows.wasNull() ? null : new PeerId(peer),
                            InboxFilter.Kind.valueOf(rows.getString(2)),
                            rows.getLong(3));
                },
                Timestamp.from(after),
                Timestamp.from(until)));
    }

    @Override
    public List<EndedRuns> ended(Instant after, Instant until) {
        return transactions.read(connection ->
                Sql.rows(connection, ENDED, JdbcNotifications::runs, Timestamp.from(after), Timestamp.from(until)));
    }

    private static EndedRuns runs(ResultSet rows) throws SQLException {
        return new EndedRuns(
                new PeerId(rows.getLong(1)),
                SyncStatus.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)),
                rows.getLong(3),
                SyncTally.NONE
                        .added(rows.getInt(4))
                        .updated(rows.getInt(5))
                        .unchanged(rows.getInt(6))
                        .keptLocal(rows.getInt(7))
                        .keptOtherSource(rows.getInt(8))
                        .failed(rows.getInt(9))
                        .withdrawn(rows.getInt(10))
                        .remarked(rows.getInt(11))
                        .leftOut(rows.getInt(12)));
    }
}

package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.RetentionSettings;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountTokenRepository.AccountToken;
import org.librarypeers.sync.accounts.AccountTokenRepository.Purpose;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.RateLimit;
import org.librarypeers.sync.library.BulkChange;
import org.librarypeers.sync.library.BulkEffect;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.OutboxMessage;

@Timeout(60)
class OldRecordsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final int ITEMS = 2_500;

    private RunningLibrary running;
    private LibraryStorage storage;
    private Peer peer;

    @BeforeEach
    void start() {
        running = RunningLibrary.start();
        storage = running.library().storage();
        peer = running.addPeer(running);
        for (int days : new int[] {40, 20, 1}) {
            run(NOW.minus(Duration.ofDays(days)));
        }
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private void run(Instant started) {
        SyncLog log = SyncLog.start(storage.syncLogs().nextId(), peer.id(), null, started);
        storage.syncLogs().save(log.failed("ended", started));
        List<Outcome> outcomes = IntStream.range(0, ITEMS)
                .mapToObj(number -> new Outcome(Outcome.Kind.UNCHANGED, "/" + number, Guid.random(), null))
                .toList();
        storage.syncLogs().note(log.id(), outcomes, Set.of());
    }

    private void delete(int syncLogDays, int runItemDays) {
        delete(new RetentionSettings(Period.ofDays(syncLogDays), Period.ofDays(runItemDays), Period.ZERO, Period.ZERO));
    }

    private void delete(RetentionSettings retention) {
        try (OldRecords records = new OldRecords(storage, retention, Clock.fixed(NOW, ZoneOffset.UTC))) {
            records.deleteAll();
        }
    }

    private String count(String table) {
        return running.texts("select count(*) from " + table).get(0);
    }

    @Test
    void old_runs_and_their_items_are_deleted_after_their_own_times() {
        delete(30, 7);

        assertThat(count("sync_log")).isEqualTo("2");
        assertThat(count("run_item")).isEqualTo(String.valueOf(ITEMS));
    }

    @Test
    void the_items_of_a_deleted_run_are_deleted_too() {
        delete(30, 0);

        assertThat(count("sync_log")).isEqualTo("2");
        assertThat(count("run_item")).isEqualTo(String.valueOf(2 * ITEMS));
    }

    @Test
    void messages_that_were_sent_or_expired_a_week_ago_and_expired_links_are_deleted() {
        UserName name = RunningLibrary.READER;
        for (int days : new int[] {8, 6}) {
            OutboxMessage message = new OutboxMessage(
                    new UUID(0, days),
                    OutboxMessage.Channel.MAIL,
                    "a@example.org",
                    days + " days",
                    "",
                    NOW.minus(Duration.ofDays(9)),
                    NOW,
                    0);
            storage.outbox().add(message);
            storage.outbox().sent(message.id(), NOW.minus(Duration.ofDays(days)));
        }
        for (int days : new int[] {8, 6}) {
            storage.outbox()
                    .add(new OutboxMessage(
                            new UUID(1, days),
                            OutboxMessage.Channel.WEBHOOK,
                            null,
                            "expired " + days + " days",
                            "",
                            NOW.minus(Duration.ofDays(13)),
                            NOW.minus(Duration.ofDays(days)),
                            0));
        }
        storage.accountTokens().add("old", new AccountToken(name, Purpose.RESET, NOW));
        storage.accountTokens().add("new", new AccountToken(name, Purpose.RESET, NOW.plusSeconds(1)));

        delete(0, 0);

        assertThat(running.texts("select subject from outbox")).containsExactlyInAnyOrder("6 days", "expired 6 days");
        assertThat(count("account_token")).isEqualTo("1");
    }

    @Test
    void changes_of_several_resources_are_deleted_after_a_day() {
        Resource resource = running.publish("Water");
        for (int hours : new int[] {25, 23}) {
            storage.bulkChanges()
                    .add(
                            new BulkChange(
                                    UUID.randomUUID(),
                                    BulkChange.Kind.ADD,
                                    hours + " hours",
                                    UserName.SYSTEM,
                                    NOW.minus(Duration.ofHours(hours))),
                            List.of(BulkEffect.of(resource, resource.archive(NOW))));
        }

        delete(0, 0);

        assertThat(running.texts("select label from bulk_change")).containsExactly("23 hours");
        assertThat(count("bulk_changed_resource")).isEqualTo("1");
    }

    @Test
    void nothing_is_deleted_by_default_except_what_no_longer_counts() {
        storage.events()
                .admit("sign-in from 192.0.2.1", RateLimit.slowing(1, Duration.ofMinutes(15)), NOW.minusSeconds(900));
        storage.events()
                .admit("sign-in from 192.0.2.2", RateLimit.slowing(1, Duration.ofMinutes(15)), NOW.minusSeconds(899));

        delete(0, 0);

        assertThat(count("sync_log")).isEqualTo("3");
        assertThat(running.texts("select subject from counted_event")).containsExactly("sign-in from 192.0.2.2");
    }

    @Test
    void entries_of_the_audit_log_lose_their_address_and_later_are_deleted() {
        for (int days : new int[] {40, 20, 1}) {
            storage.audit()
                    .add(new AuditEntry(
                            AuditEntry.NEW,
                            NOW.minus(Duration.ofDays(days)),
                            new AuditEntry.Actor(AuditEntry.Actor.Kind.ACCOUNT, "asha"),
                            "192.0.2.1",
                            "peer-added",
                            null,
                            Map.of()));
        }

        delete(0, 0);
        assertThat(count("audit_entry where address is not null")).isEqualTo("3");

        delete(new RetentionSettings(Period.ZERO, Period.ZERO, Period.ofDays(30), Period.ofDays(10)));
        assertThat(count("audit_entry")).isEqualTo("2");
        assertThat(count("audit_entry where address is not null")).isEqualTo("1");
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.storage.PastWithdrawal;

/** Contract tests of {@link org.librarypeers.sync.storage.SyncLogRepository}. */
@Timeout(60)
abstract class SyncLogContract extends TwoPeerContract {

    @Test
    void numbers_ascend() {
        SyncLogId first = storage.syncLogs().nextId();

        assertThat(storage.syncLogs().nextId()).isGreaterThan(first);
    }

    @Test
    void a_run_is_read_back_as_it_was_at_every_stage() {
        SyncLog started = started(peer, new Cursor("token", "2026-03-29T12:00:00.1"));
        assertThat(storage.syncLogs().find(started.id())).contains(started);

        SyncLog progressed = started.progressed(
                SyncTally.NONE
                        .added(1)
                        .updated(2)
                        .unchanged(3)
                        .keptLocal(4)
                        .keptOtherSource(5)
                        .failed(6)
                        .withdrawn(7)
                        .remarked(8)
                        .leftOut(9),
                89);
        storage.syncLogs().save(progressed);
        assertThat(storage.syncLogs().find(started.id())).contains(progressed);

        SyncLog failed = progressed.failed("الخادم أغلق 🩺 <b>" + "x".repeat(2_000), Samples.NOON.plusNanos(1_000));
        storage.syncLogs().save(failed);
        assertThat(storage.syncLogs().find(started.id())).contains(failed);
        assertThat(storage.syncLogs().find(storage.syncLogs().nextId())).isEmpty();

        SyncLog refused = progressed.failed(PeerTrouble.REFUSED, "401", Samples.NOON.plusNanos(1_000));
        storage.syncLogs().save(refused);
        assertThat(storage.syncLogs().find(started.id())).contains(refused);

        SyncLog throttled =
                progressed.throttled(Samples.NOON.plusSeconds(3_600), "until one", Samples.NOON.plusNanos(1_000));
        storage.syncLogs().save(throttled);
        assertThat(storage.syncLogs().find(started.id())).contains(throttled);
    }

    @Test
    void characters_that_cannot_be_stored_in_a_message_do_not_cause_a_failure() {
        SyncLog started = started(peer, null);
        // The message is cut at its maximum length, in the middle of a character.
        SyncLog failed = started.failed("🩺".repeat(SyncLog.MAX_MESSAGE), Samples.NOON);

        storage.syncLogs().save(failed);
        storage.syncLogs().save(started.failed("x" + failed.message(), Samples.NOON));

        assertThat(storage.syncLogs().find(started.id()).orElseThrow().message())
                .startsWith("x🩺🩺");
    }

    @Test
    void recent_runs_come_newest_first() {
        SyncLog first = started(peer, null);
        SyncLog second = started(other, null);
        SyncLog third = started(peer, null);

        assertThat(storage.syncLogs().recent(null, 10)).containsExactly(third, second, first);
        assertThat(storage.syncLogs().recent(null, 2)).containsExactly(third, second);
        assertThat(storage.syncLogs().recent(peer, 10)).containsExactly(third, first);
        assertThat(storage.syncLogs().recent(peer, 1)).containsExactly(third);
        assertThat(storage.syncLogs().recent(new PeerId(4711), 10)).isEmpty();
    }

    @Test
    void runs_before_another_are_those_that_started_earlier() {
        SyncLog first = started(peer, null);
        SyncLog second = started(other, null);
        SyncLog third = started(peer, null);
        SyncLog fourth = started(peer, null);

        assertThat(storage.syncLogs().recent(null, fourth.id(), 2)).containsExactly(third, second);
        assertThat(storage.syncLogs().recent(peer, fourth.id(), 10)).containsExactly(third, first);
        assertThat(storage.syncLogs().recent(peer, second.id(), 10)).containsExactly(first);
        assertThat(storage.syncLogs().recent(peer, null, 1)).containsExactly(fourth);
        assertThat(storage.syncLogs().recent(peer, first.id(), 10)).isEmpty();
    }

    @Test
    void the_last_successful_run_of_each_peer_is_returned() {
        assertThat(storage.syncLogs().lastSuccesses()).isEmpty();
        for (int minutes : new int[] {1, 2}) {
            storage.syncLogs()
                    .save(started(peer, null)
                            .completed(
                                    SyncLog.QuarantineCounts.NONE,
                                    null,
                                    Samples.NOON.plus(minutes, ChronoUnit.MINUTES)));
        }
        storage.syncLogs().save(started(peer, null).failed("unreachable", Samples.NOON.plus(3, ChronoUnit.MINUTES)));
        storage.syncLogs().save(started(other, null).failed("unreachable", Samples.NOON));
        started(peer, null);

        assertThat(storage.syncLogs().lastSuccesses())
                .isEqualTo(Map.of(peer, Samples.NOON.plus(2, ChronoUnit.MINUTES)));
    }

    @Test
    void the_latest_run_of_each_peer_is_returned_in_any_state() {
        assertThat(storage.syncLogs().latest()).isEmpty();
        SyncLog first = started(peer, null);
        SyncLog second = started(other, null);
        SyncLog third = started(peer, null).failed("الخادم 🩺", Samples.NOON);
        storage.syncLogs().save(third);
        storage.syncLogs().save(first.completed(SyncLog.QuarantineCounts.NONE, null, Samples.NOON.plusSeconds(60)));
        savedPeer("https://never.example.org");

        assertThat(storage.syncLogs().latest()).isEqualTo(Map.of(peer, third, other, second));

        storage.peers().remove(other);
        assertThat(storage.syncLogs().latest()).isEqualTo(Map.of(peer, third, other, second));
    }

    @Test
    void withdrawals_of_a_resource_are_stored_with_their_runs_newest_first() {
        SyncLogId first = ended();
        SyncLogId second = ended();
        Guid gone = Guid.random();
        Guid alsoGone = Guid.random();
        PastWithdrawal listed = new PastWithdrawal(first, peer, Samples.NOON, 41, true);
        PastWithdrawal again = new PastWithdrawal(second, peer, Samples.NOON.plusSeconds(60), null, false);

        storage.syncLogs().keepWithdrawals(Map.of(gone, listed, alsoGone, listed));
        storage.syncLogs().keepWithdrawals(Map.of(gone, again));
        storage.syncLogs().keepWithdrawals(Map.of());
        storage.syncLogs().forgetOutcomes(peer, 0);

        assertThat(storage.syncLogs().withdrawals(gone)).containsExactly(again, listed);
        assertThat(storage.syncLogs().withdrawals(alsoGone)).containsExactly(listed);
        assertThat(storage.syncLogs().withdrawals(Guid.random())).isEmpty();
    }

    private SyncLogId ended() {
        SyncLog log = started(peer, null);
        storage.syncLogs().save(log.completed(SyncLog.QuarantineCounts.NONE, null, Samples.NOON));
        return log.id();
    }

    @Test
    void runs_without_an_end_are_running() {
        SyncLog first = started(peer, null);
        SyncLog second = started(peer, null);
        SyncLog ended = started(peer, null);
        started(other, null);
        storage.syncLogs().save(ended.completed(SyncLog.QuarantineCounts.NONE, null, Samples.NOON));

        assertThat(storage.syncLogs().running(peer)).containsExactly(second, first);
        assertThat(storage.syncLogs().running(new PeerId(4711))).isEmpty();
    }

    private SyncLog started(PeerId id, @Nullable Cursor from) {
        SyncLog log = SyncLog.start(storage.syncLogs().nextId(), id, from, Samples.NOON);
        storage.syncLogs().save(log);
        return log;
    }
}

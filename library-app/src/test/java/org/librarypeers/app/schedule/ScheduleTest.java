package org.librarypeers.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.contract.Await.await;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper.ManualSchedulerBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.Tallies;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.SiteAnswer;
import org.librarypeers.http.SiteFault;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.storage.PeerLease;

/** Tests of the schedule on a real database and with real sites. The tests set the time and fix the random values. */
@Timeout(60)
class ScheduleTest {

    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final String LIST = "/api/v1/resource/";

    private final SettableClock time = new SettableClock();
    private final ScriptedOrbSite site = new ScriptedOrbSite();
    private RunningLibrary library;
    private HttpPeerClient client;
    private PeerId broken;
    private SyncService sync;
    private Schedule schedule;
    private ManualScheduler engine;

    @BeforeEach
    void start() {
        time.set(NOON);
        library = RunningLibrary.start();
        Clock clock = new ScheduleClock();
        client = HttpPeerClient.builder()
                .clock(clock)
                .pageSize(2)
                .maxWait(Duration.ZERO)
                .build();
        JpaStorage storage = (JpaStorage) library.library().storage();
        sync = new SyncService(new Client(), storage, clock);
        schedule = new Schedule(
                storage,
                storage.connections(),
                sync,
                clock,
                new SyncTimetable(SIX_HOURS, 1, () -> 0.5),
                (connections, tasks) -> new ManualSchedulerBuilder(connections, tasks).clock(time));
        engine = (ManualScheduler) schedule.scheduler();
    }

    @AfterEach
    void stop() {
        site.close();
        client.close();
        library.close();
    }

    private final class ScheduleClock extends Clock {
        @Override
        public Instant instant() {
            return time.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Client implements PeerClient {
        @Override
        public PeerSession open(Peer peer) {
            if (peer.id().equals(broken)) {
                throw new IllegalStateException("two\nlines");
            }
            return client.open(peer);
        }

        @Override
        public PeerCheck check(Peer peer) {
            return client.check(peer);
        }
    }

    private Peer add(ScriptedOrbSite at) {
        Peer peer = at.peer(library.library().storage().peers().nextId()).withSyncsAutomatically(true);
        save(peer);
        return peer;
    }

    private void save(Peer peer) {
        library.library().storage().peers().save(peer);
    }

    private void at(Instant instant) {
        time.set(instant);
        schedule.look();
        while (schedule.next().values().stream().anyMatch(due -> !due.isAfter(time.now()))) {
            engine.runAnyDueExecutions();
        }
    }

    /** Sets the time to the peer's next sync, lets it run, and returns that time. */
    private Instant next(Peer peer) {
        Instant next = schedule.next().get(peer.id());
        at(next);
        return next;
    }

    private List<SyncLog> runs(Peer peer) {
        return library.library().storage().syncLogs().recent(peer.id(), 100);
    }

    private String standing(Peer peer, String field) {
        return library.texts("select task_data ->> '" + field + "' from sync_schedule where task_instance = '"
                        + peer.id() + "'")
                .get(0);
    }

    private static SiteFault throttledFor(Duration wait) {
        return right -> SiteAnswer.empty(429).with("Retry-After", String.valueOf(wait.toSeconds()));
    }

    @Test
    void a_new_peer_is_synced_within_minutes_and_then_in_its_rhythm() {
        site.add("Safe water");
        at(NOON);
        assertThat(schedule.next()).isEmpty();

        Peer peer = add(site);
        at(NOON);
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), NOON.plusSeconds(60)));
        at(NOON.plusSeconds(59));
        assertThat(site.requests()).isZero();

        at(NOON.plusSeconds(60));
        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
        assertThat(runs(peer).get(0).tally().added()).isOne();
        Instant second = NOON.plusSeconds(60).plus(SIX_HOURS);
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), second));
        at(second.minusSeconds(1));
        assertThat(runs(peer)).hasSize(1);
        at(second);
        assertThat(runs(peer)).hasSize(2);
    }

    @Test
    void a_new_peer_waits_until_its_first_sync_is_started_and_a_preview_starts_none() {
        Peer peer = site.peer(library.library().storage().peers().nextId());
        save(peer);
        at(NOON);
        sync.preview(peer, SyncListener.NONE);
        at(NOON.plus(Duration.ofDays(2)));
        assertThat(schedule.next()).isEmpty();
        assertThat(runs(peer)).isEmpty();

        sync.sync(peer, SyncListener.NONE);
        at(time.now());
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), time.now().plusSeconds(60)));
    }

    @Test
    void what_is_made_active_again_or_taken_off_the_schedule_is_as_it_was_left() {
        Peer waiting = site.peer(library.library().storage().peers().nextId());
        save(waiting.withActive(false));
        at(NOON);
        save(waiting);
        at(NOON.plusSeconds(60));
        assertThat(schedule.next()).isEmpty();

        save(waiting.withSyncsAutomatically(true));
        at(NOON.plusSeconds(120));
        assertThat(schedule.next()).containsOnlyKeys(waiting.id());
        save(waiting);
        at(NOON.plusSeconds(150));
        assertThat(schedule.next()).isEmpty();
        assertThat(runs(waiting)).isEmpty();
    }

    @Test
    void a_peer_that_is_taken_off_the_schedule_between_two_looks_is_not_synced() {
        Peer peer = add(site);
        at(NOON);
        save(peer.withSyncsAutomatically(false));
        time.set(NOON.plusSeconds(60));
        engine.runAnyDueExecutions();

        assertThat(runs(peer)).isEmpty();
        assertThat(schedule.next()).isEmpty();
    }

    @Test
    void it_goes_on_with_the_details_that_a_person_asked_to_be_read_again() {
        for (int i = 0; i < 6; i++) {
            site.add("Resource " + i);
        }
        Peer peer = add(site);
        at(NOON);
        next(peer);
        site.forgetRequests();
        site.throttle(5);
        SyncLog asked =
                sync.sync(peer, SyncScope.EVERY_DETAIL, SyncListener.NONE).log();
        assertThat(asked.status()).isEqualTo(SyncStatus.THROTTLED);
        assertThat(asked.message()).contains(" of 6 resources were read again; later runs continue with the rest");

        site.throttle(1_000);
        next(peer);

        assertThat(runs(peer).get(0).status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(library.library().storage().harvest().rereadSince(peer.id())).isEmpty();
        assertThat(library.texts("select count(*) from offer where read_at < '" + asked.started() + "'"))
                .containsExactly("0");
    }

    @Test
    void a_peer_that_cannot_be_read_is_asked_again_sooner_and_less_often_each_time() {
        site.always(LIST, SiteFault.status(401));
        Peer peer = add(site);
        at(NOON);
        Instant last = next(peer);
        for (int minutes : new int[] {15, 30, 60, 120, 240, 360, 360}) {
            Instant next = next(peer);
            assertThat(Duration.between(last, next)).isEqualTo(Duration.ofMinutes(minutes));
            last = next;
        }
        assertThat(standing(peer, "failures")).isEqualTo("8");

        site.mend();
        next(peer);
        assertThat(standing(peer, "failures")).isEqualTo("0");
        site.always(LIST, SiteFault.status(401));
        Instant failed = next(peer);
        assertThat(schedule.next()).containsEntry(peer.id(), failed.plus(Duration.ofMinutes(15)));
    }

    @Test
    void a_throttled_run_goes_on_when_the_peer_may_be_asked_again() {
        site.next(LIST, throttledFor(Duration.ofHours(9)), throttledFor(Duration.ofSeconds(5)));
        Peer peer = add(site);
        at(NOON);

        Instant first = next(peer);
        assertThat(runs(peer).get(0).status()).isEqualTo(SyncStatus.THROTTLED);
        assertThat(schedule.next())
                .containsEntry(peer.id(), first.plus(Duration.ofHours(9)).plusSeconds(60));
        Instant second = next(peer);
        assertThat(schedule.next()).containsEntry(peer.id(), second.plusSeconds(60 + 60));
        Instant third = next(peer);
        assertThat(runs(peer).get(0).status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(schedule.next()).containsEntry(peer.id(), third.plus(SIX_HOURS));
    }

    @Test
    void a_peer_that_is_not_active_is_left_alone_until_it_is_active_again() {
        Peer peer = add(site);
        at(NOON);
        next(peer);
        save(peer.withActive(false));
        at(NOON.plusSeconds(90));
        assertThat(schedule.next()).isEmpty();
        at(NOON.plus(Duration.ofDays(1)));
        assertThat(runs(peer)).hasSize(1);

        Instant later = NOON.plus(Duration.ofDays(2));
        save(peer);
        at(later);
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), later.plusSeconds(60)));

        // The peer changes between two checks of the schedule.
        save(new Peer(peer.id(), peer.name(), peer.host(), peer.apiUser(), null, true, false));
        time.set(later.plusSeconds(60));
        engine.runAnyDueExecutions();
        assertThat(runs(peer)).hasSize(1);
        assertThat(schedule.next()).isEmpty();
    }

    @Test
    void a_peer_is_reconciled_once_a_day() {
        site.add("Safe water");
        Peer peer = add(site);
        at(NOON);
        for (int run = 0; run < 9; run++) {
            next(peer);
        }
        assertThat(runs(peer))
                .extracting(log -> log.since() == null)
                .containsExactly(true, false, false, false, true, false, false, false, true);
    }

    @Test
    void a_reconciliation_that_failed_is_tried_again_and_one_of_today_is_not_repeated() {
        site.add("Safe water");
        Peer peer = add(site);
        library.library().sync().sync(peer, SyncListener.NONE);
        at(NOON);

        site.always(LIST, SiteFault.status(401));
        next(peer);
        site.mend();
        next(peer);
        next(peer);

        assertThat(runs(peer))
                .extracting(log -> log.status() + " " + (log.since() == null))
                .containsExactly("SUCCEEDED false", "SUCCEEDED true", "FAILED true", "SUCCEEDED true");
    }

    @Test
    void a_first_reading_that_takes_several_runs_goes_on_from_its_cursor_and_counts_as_a_reconciliation() {
        site.add("One");
        site.add("Two");
        site.add("Three");
        site.afterList(list -> site.next(LIST + "3/", throttledFor(Duration.ofHours(1))));
        Peer peer = add(site);
        at(NOON);
        next(peer);
        site.afterList(list -> {});
        site.mend();
        Instant done = next(peer);

        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED, SyncStatus.THROTTLED);
        assertThat(Instant.parse(standing(peer, "reconciled"))).isEqualTo(done);
        next(peer);
        assertThat(runs(peer).get(0).since()).isNotNull();
    }

    @Test
    void a_failure_of_our_own_at_one_peer_hurts_no_other() {
        try (ScriptedOrbSite second = new ScriptedOrbSite();
                ScriptedOrbSite third = new ScriptedOrbSite()) {
            Peer bad = add(site);
            List<Peer> good = List.of(add(second), add(third));
            broken = bad.id();
            at(NOON);
            at(NOON.plusSeconds(60));

            for (Peer peer : good) {
                assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
                assertThat(schedule.next())
                        .containsEntry(peer.id(), NOON.plusSeconds(60).plus(SIX_HOURS));
            }
            assertThat(schedule.next())
                    .containsEntry(bad.id(), NOON.plusSeconds(60).plus(Duration.ofMinutes(15)));
            broken = null;
            next(bad);
            assertThat(runs(bad).get(0).status()).isEqualTo(SyncStatus.SUCCEEDED);
        }
    }

    @Test
    void a_peer_that_another_run_holds_is_tried_again_in_some_minutes() {
        Peer peer = add(site);
        at(NOON);
        try (PeerLease held =
                library.library().storage().harvest().claim(peer.id()).orElseThrow()) {
            assertThat(held.peer()).isEqualTo(peer.id());
            at(NOON.plusSeconds(60));
        }
        assertThat(runs(peer)).isEmpty();
        assertThat(site.requests()).isZero();
        assertThat(standing(peer, "failures")).isEqualTo("0");
        assertThat(schedule.next())
                .containsEntry(peer.id(), NOON.plusSeconds(60).plus(Duration.ofMinutes(4)));
    }

    @Test
    void a_run_that_somebody_cancelled_is_not_begun_again_before_its_time() {
        Peer peer = add(site);
        site.beforeList(list -> library.library().sync().cancel(peer.id(), new UserName("amina")));
        at(NOON);

        at(NOON.plusSeconds(60));

        assertThat(runs(peer)).extracting(SyncLog::message).containsExactly("cancelled by amina");
        assertThat(standing(peer, "failures")).isEqualTo("0");
        assertThat(schedule.next())
                .containsEntry(peer.id(), NOON.plusSeconds(60).plus(SIX_HOURS));
    }

    @Test
    void a_run_whose_node_died_is_taken_over() {
        Peer peer = add(site);
        at(NOON);
        library.execute("update sync_schedule set picked = true, picked_by = 'gone', last_heartbeat = '" + NOON + "'");
        at(NOON.plusSeconds(90));
        engine.runDeadExecutionDetection();
        assertThat(runs(peer)).isEmpty();

        time.set(NOON.plus(Duration.ofMinutes(4)));
        engine.runDeadExecutionDetection();
        at(time.now());
        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
    }

    @Test
    void what_was_decided_on_while_the_clock_was_ahead_is_done_at_once_when_it_is_right_again() {
        Peer peer = add(site);
        Instant ahead = NOON.plus(Duration.ofDays(400));
        at(ahead);
        at(ahead.plusSeconds(60));
        assertThat(runs(peer)).hasSize(1);
        assertThat(schedule.next().get(peer.id())).isAfter(ahead);

        at(NOON);

        assertThat(runs(peer)).hasSize(2);
        assertThat(schedule.next()).containsEntry(peer.id(), NOON.plus(SIX_HOURS));
        // The reconciliation of the following year does not count for this year.
        assertThat(runs(peer).get(0).since()).isNull();
    }

    @Test
    void a_clock_that_was_ahead_by_less_than_a_wait_is_noticed_too() {
        Peer peer = add(site);
        at(NOON.plus(Duration.ofHours(1)));

        at(NOON);

        assertThat(runs(peer)).hasSize(1);
        assertThat(schedule.next()).containsEntry(peer.id(), NOON.plus(SIX_HOURS));
    }

    @Test
    void a_time_that_no_wait_leads_to_is_mended_whoever_wrote_it() {
        Peer peer = add(site);
        at(NOON);
        library.execute("update sync_schedule set execution_time = '" + NOON.plus(Duration.ofDays(300)) + "'");

        at(NOON.plusSeconds(30));

        assertThat(runs(peer)).hasSize(1);
        assertThat(schedule.next())
                .containsEntry(peer.id(), NOON.plusSeconds(30).plus(SIX_HOURS));
    }

    @Test
    void a_peer_that_says_it_may_be_asked_in_a_year_is_asked_within_days() {
        site.next(LIST, throttledFor(Duration.ofDays(365)));
        Peer peer = add(site);
        at(NOON);
        Instant first = next(peer);

        assertThat(schedule.next().get(peer.id())).isBetween(first, first.plus(Duration.ofDays(9)));
        at(first.plusSeconds(30));
        assertThat(runs(peer)).hasSize(1);
    }

    @Test
    void a_run_whose_node_died_while_its_clock_was_ahead_is_taken_over() {
        Peer peer = add(site);
        at(NOON);
        library.execute("update sync_schedule set picked = true, picked_by = 'gone', last_heartbeat = '"
                + NOON.plus(Duration.ofDays(400)) + "'");
        at(NOON.plusSeconds(90));

        time.set(NOON.plus(Duration.ofMinutes(6)));
        engine.runDeadExecutionDetection();
        at(time.now());

        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
    }

    @Test
    void a_run_during_which_the_clock_goes_back_lasts_no_negative_time() {
        site.beforeList(list -> time.set(NOON.minus(Duration.ofHours(3))));
        Peer peer = add(site);
        at(NOON);
        time.set(NOON.plusSeconds(60));
        engine.runAnyDueExecutions();

        SyncLog run = runs(peer).get(0);
        assertThat(run.finished()).isEqualTo(run.started());
        assertThat(Tallies.how(run)).endsWith(" 0.0 s");
    }

    @Test
    void a_schedule_that_stands_still_says_so_and_one_that_nobody_keeps_does_not() {
        JpaStorage storage = (JpaStorage) library.library().storage();
        // Intervals are a thousandth of the usual ones, and the engine runs only on request.
        Schedule still = new Schedule(
                storage,
                storage.connections(),
                library.library().sync(),
                new ScheduleClock(),
                new SyncTimetable(SIX_HOURS, 1_000, () -> 0.5),
                (connections, tasks) -> new ManualSchedulerBuilder(connections, tasks).clock(time));
        try (still) {
            add(site);
            still.look();
            assertThat(still.standstill()).isEmpty();
            still.start();
            assertThat(still.standstill()).isEmpty();

            time.set(NOON.plus(Duration.ofHours(1)));

            await("it stands still", () -> still.standstill().isPresent());
            assertThat(still.standstill()).get().asString().contains("stalled", "no peer is being synced");
        }
        assertThat(still.standstill()).isEmpty();
    }

    /** A clock that advances by itself, because the engine waits by the clock. */
    private static final class ShiftedClock extends Clock {
        private volatile Duration shift = Duration.ofDays(365);

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(shift);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void an_engine_goes_on_when_the_clock_goes_back_by_a_year() {
        JpaStorage storage = (JpaStorage) library.library().storage();
        ShiftedClock clock = new ShiftedClock();
        try (Schedule real = new Schedule(
                storage,
                storage.connections(),
                library.library().sync(),
                clock,
                new SyncTimetable(SIX_HOURS, 100, () -> 0.0),
                SchedulerBuilder::new)) {
            Peer peer = add(site);
            real.start();
            await("it is synced", () -> !runs(peer).isEmpty() && !isPicked());

            clock.shift = Duration.ZERO;

            await("it is synced again", () -> runs(peer).size() > 1);
        }
    }

    private boolean isPicked() {
        return !library.texts("select task_instance from sync_schedule where picked")
                .isEmpty();
    }

    @Test
    void it_is_started_once_and_may_be_closed_whether_started_or_not() {
        Schedule other = library.library().schedule();
        assertThat(other.next()).isEmpty();
        other.close();
        other.start();
        assertThatThrownBy(other::start).isInstanceOf(IllegalStateException.class);
        other.close();
        other.close();
        assertThat(other.next()).isEmpty();
    }
}

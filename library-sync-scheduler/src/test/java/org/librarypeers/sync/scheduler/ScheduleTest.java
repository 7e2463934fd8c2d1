package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.SiteFault;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.StorageUnavailableException;

/** Tests of the times at which peers are synced. */
@Timeout(60)
class ScheduleTest extends ScheduleFixture {

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
    void a_peer_with_its_own_interval_is_synced_in_that_rhythm() {
        Peer peer = add(site).withInterval(Duration.ofMinutes(90));
        save(peer);
        at(NOON);

        Instant first = next(peer);

        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), first.plus(Duration.ofMinutes(90))));
    }

    @Test
    void a_changed_interval_is_counted_from_the_last_sync() {
        Peer peer = add(site);
        at(NOON);
        Instant first = next(peer);

        save(peer.withInterval(Duration.ofHours(1)));
        at(first.plus(Duration.ofMinutes(10)));
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), first.plus(Duration.ofHours(1))));

        save(peer.withInterval(Duration.ofDays(1)));
        at(first.plus(Duration.ofMinutes(20)));
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), first.plus(Duration.ofDays(1))));

        save(peer.withInterval(Duration.ofMinutes(15)));
        at(first.plus(Duration.ofMinutes(30)));
        assertThat(runs(peer)).hasSize(2);
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), first.plus(Duration.ofMinutes(45))));
    }

    @Test
    void a_changed_interval_does_not_shorten_the_wait_for_a_peer_that_throttles() {
        Peer peer = add(site);
        site.next(LIST, throttledFor(Duration.ofHours(9)));
        at(NOON);
        next(peer);
        Instant due = schedule.next().get(peer.id());
        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.THROTTLED);

        save(peer.withInterval(Duration.ofMinutes(1)));
        at(time.instant().plusSeconds(70));

        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), due));
    }

    @Test
    void a_changed_usual_interval_applies_to_peers_without_their_own() {
        AtomicReference<Duration> usual = new AtomicReference<>(SIX_HOURS);
        schedule.close();
        schedule = manual(sync).interval(usual::get).build();
        engine = (ManualScheduler) schedule.engine();
        Peer peer = add(site);
        at(NOON);
        Instant first = next(peer);

        usual.set(Duration.ofHours(2));
        at(first.plusSeconds(60));

        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), first.plus(Duration.ofHours(2))));
    }

    @Test
    void no_peer_is_synced_at_a_time_that_is_not_permitted() {
        Instant night = NOON.plus(Duration.ofHours(10));
        schedule.close();
        schedule = manual(sync)
                .startTimes(time -> time.isBefore(night) ? night : time)
                .build();
        engine = (ManualScheduler) schedule.engine();
        Peer peer = add(site);
        at(NOON);
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), night.plusSeconds(60)));
        // As if the peer had been scheduled before the times were limited.
        database.execute("update sync_schedule set execution_time = '" + NOON + "'");

        at(NOON.plusSeconds(60));

        assertThat(runs(peer)).isEmpty();
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), night.plusSeconds(60)));
        at(night.plusSeconds(60));
        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
    }

    @Test
    void a_new_peer_waits_until_its_first_sync_is_started_and_a_preview_starts_none() {
        Peer peer = site.peer(storage.peers().nextId());
        save(peer);
        at(NOON);
        sync.preview(peer, SyncListener.NONE);
        at(NOON.plus(Duration.ofDays(2)));
        assertThat(schedule.next()).isEmpty();
        assertThat(runs(peer)).isEmpty();

        sync.sync(peer, SyncListener.NONE);
        at(time.instant());
        assertThat(schedule.next()).isEqualTo(Map.of(peer.id(), time.instant().plusSeconds(60)));
    }

    @Test
    void what_is_made_active_again_or_taken_off_the_schedule_is_as_it_was_left() {
        Peer waiting = site.peer(storage.peers().nextId());
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
        assertThat(storage.harvest().rereadSince(peer.id())).isEmpty();
        assertThat(database.texts("select count(*) from offer where read_at < '" + asked.started() + "'"))
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
        assertThat(state(peer, "failures")).isEqualTo("8");

        site.mend();
        next(peer);
        assertThat(state(peer, "failures")).isEqualTo("0");
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
        save(peer.withCredentials(peer.apiUser(), null));
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
        elsewhere.sync(peer, SyncListener.NONE);
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
        assertThat(Instant.parse(state(peer, "reconciled"))).isEqualTo(done);
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
    void a_run_that_an_outage_of_the_storage_ended_goes_on_within_seconds_and_is_no_failure_of_the_peer() {
        Peer peer = add(site);
        broken = peer.id();
        failure = new StorageUnavailableException("the primary is gone", null);
        at(NOON);

        at(NOON.plusSeconds(60));

        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.FAILED);
        assertThat(state(peer, "failures")).isEqualTo("0");
        assertThat(schedule.next())
                .containsEntry(peer.id(), NOON.plusSeconds(60).plusSeconds(10));
        broken = null;
        next(peer);
        assertThat(runs(peer).get(0).status()).isEqualTo(SyncStatus.SUCCEEDED);
    }

    @Test
    void a_peer_that_another_run_holds_is_tried_again_in_some_minutes() {
        Peer peer = add(site);
        at(NOON);
        try (PeerLease held = storage.harvest().claim(peer.id()).orElseThrow()) {
            assertThat(held.peer()).isEqualTo(peer.id());
            at(NOON.plusSeconds(60));
        }
        assertThat(runs(peer)).isEmpty();
        assertThat(site.requests()).isZero();
        assertThat(state(peer, "failures")).isEqualTo("0");
        assertThat(schedule.next())
                .containsEntry(peer.id(), NOON.plusSeconds(60).plus(Duration.ofMinutes(4)));
    }

    @Test
    void a_run_that_somebody_cancelled_is_not_begun_again_before_its_time() {
        Peer peer = add(site);
        site.beforeList(list -> elsewhere.cancel(peer.id(), new UserName("amina")));
        at(NOON);

        at(NOON.plusSeconds(60));

        assertThat(runs(peer)).extracting(SyncLog::message).containsExactly("cancelled by amina");
        assertThat(state(peer, "failures")).isEqualTo("0");
        assertThat(schedule.next())
                .containsEntry(peer.id(), NOON.plusSeconds(60).plus(SIX_HOURS));
    }
}

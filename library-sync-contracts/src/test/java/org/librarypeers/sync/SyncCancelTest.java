package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.Await.await;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.items;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.StorageException;

/** Tests of runs that end early: cancelled by a person, by the end of the process, or by an interrupt of the thread. */
@Timeout(60)
class SyncCancelTest {

    private static final UserName AMINA = new UserName("amina");

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    /** A service on the same storage, as in another process. */
    private final SyncService elsewhere = SyncService.builder()
            .storage(library.storage)
            .client(new ScriptedPeer())
            .clock(library.clock)
            .build();

    private void cancelElsewhere() {
        assertThat(elsewhere.cancel(library.peer.id(), AMINA)).isTrue();
    }

    @Test
    void a_run_that_is_cancelled_from_another_process_keeps_nothing_more_and_leaves_the_log_as_it_was_ended() {
        script.page(cursor(1), full(1, "v1")).answer(() -> {
            library.clock.tick();
            cancelElsewhere();
            return new ChangePage(List.of(full(2, "v1")), cursor(2), true, -1);
        });

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(log.message()).isEqualTo("cancelled by amina");
        assertThat(log.finished()).isEqualTo(library.clock.instant());
        assertThat(log.tally()).isEqualTo(tally().added(1));
        assertThat(library.logs()).containsExactly(log);
        assertThat(library.resource(2)).isEmpty();
        assertThat(library.isFree()).isTrue();
    }

    @Test
    void the_next_run_may_begin_before_the_cancelled_one_has_noticed_and_goes_on_from_the_cursor() {
        List<SyncReport> next = new ArrayList<>();
        script.page(cursor(1), full(1, "v1")).answer(() -> {
            cancelElsewhere();
            script.lastPage(cursor(2), full(2, "v1"));
            next.add(library.sync());
            return new ChangePage(List.of(full(2, "v1")), cursor(2), true, -1);
        });

        SyncLog cancelled = library.sync().log();

        assertThat(next).singleElement().satisfies(report -> {
            assertThat(report.succeeded()).isTrue();
            assertThat(report.log().tally()).isEqualTo(tally().added(1));
        });
        assertThat(script.asked).containsExactly(null, cursor(1), cursor(1));
        assertThat(cancelled.message()).isEqualTo("cancelled by amina");
        assertThat(library.logs()).containsExactly(next.get(0).log(), cancelled);
    }

    @Test
    void however_a_cancelled_run_comes_to_its_end_the_log_stays_as_it_was_ended() {
        script.lastPage(cursor(1), full(1, "v1")).answer(() -> {
            cancelElsewhere();
            throw new PeerException(PeerTrouble.UNREACHABLE, "broke off", null);
        });

        SyncLog atTheEnd = library.service
                .sync(library.peer, SyncListener.onProgress(progress -> cancelElsewhere()))
                .log();
        SyncLog brokenOff = library.sync().log();

        assertThat(List.of(atTheEnd, brokenOff))
                .extracting(SyncLog::status, SyncLog::message)
                .containsOnly(tuple(SyncStatus.INTERRUPTED, "cancelled by amina"));
        assertThat(library.logs()).containsExactly(brokenOff, atTheEnd);
    }

    @Test
    void a_run_that_is_cancelled_before_it_is_in_the_log_never_comes_into_it() {
        boolean[] claimed = {false};
        library.storage.beforeTransaction = () -> {
            if (!claimed[0]) {
                claimed[0] = true;
                cancelElsewhere();
            }
        };
        List<SyncLog> started = new ArrayList<>();

        SyncLog log = library.service
                .sync(library.peer, SyncScope.CHANGES, new Starts(started))
                .log();

        assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(started).isEmpty();
        assertThat(script.asked).isEmpty();
        assertThat(library.logs()).isEmpty();
    }

    @Test
    void who_cancels_a_run_that_is_over_does_not_hit_the_next_one() {
        script.lastPage(cursor(1), full(1, "v1"));
        SyncLog over = library.sync().log();
        script.answer(() -> {
            assertThat(elsewhere.cancel(over.id(), AMINA)).isFalse();
            return new ChangePage(List.of(full(2, "v1")), cursor(2), false, -1);
        });
        script.answer(() -> {
            SyncLogId now = library.logs().get(0).id();
            assertThat(elsewhere.cancel(now, AMINA)).isTrue();
            return new ChangePage(List.of(full(3, "v1")), cursor(3), true, -1);
        });

        SyncLog run = library.sync().log();

        assertThat(run.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(run.tally().added()).isEqualTo(1);
        assertThat(library.resource(3)).isEmpty();
    }

    @Test
    void what_is_saved_alongside_a_cancellation_is_saved_only_with_it() {
        script.lastPage(cursor(1), full(1, "v1"));
        SyncLog over = library.sync().log();
        List<String> alongside = new ArrayList<>();
        script.answer(() -> {
            SyncLogId now = library.logs().get(0).id();
            assertThat(library.service.cancel(over.id(), AMINA, () -> alongside.add("over")))
                    .isFalse();
            assertThatThrownBy(() -> library.service.cancel(now, AMINA, () -> {
                        throw new StorageException("the disk is full", null);
                    }))
                    .hasMessage("the disk is full");
            return new ChangePage(List.of(full(2, "v1")), cursor(2), false, -1);
        });
        script.answer(() -> {
            SyncLogId now = library.logs().get(0).id();
            assertThat(library.service.cancel(now, AMINA, () -> alongside.add("cancelled")))
                    .isTrue();
            return new ChangePage(List.of(full(3, "v1")), cursor(3), true, -1);
        });

        SyncLog run = library.sync().log();

        assertThat(run.message()).isEqualTo("cancelled by amina");
        assertThat(run.tally().added()).isEqualTo(1);
        assertThat(alongside).containsExactly("cancelled");
    }

    @Test
    void where_nothing_runs_nothing_is_cancelled() {
        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        var before = library.everything();

        assertThat(library.service.cancel(library.peer.id(), AMINA)).isFalse();
        assertThat(library.service.cancel(new SyncLogId(4711), AMINA)).isFalse();

        assertThat(library.everything()).isEqualTo(before);
    }

    @Test
    void a_run_whose_process_died_can_be_cancelled() {
        SyncLog left =
                SyncLog.start(library.storage.syncLogs().nextId(), library.peer.id(), null, library.clock.instant());
        library.storage.syncLogs().save(left);
        assertThat(library.storage.harvest().claim(library.peer.id())).isPresent();

        cancelElsewhere();

        assertThat(library.logs()).containsExactly(left.interrupted("cancelled by amina", library.clock.instant()));
        assertThat(library.isFree()).isTrue();
    }

    @Test
    void a_run_of_this_process_that_is_cancelled_stops_asking_at_once() {
        script.page(cursor(1), items(1, 200, "v1")).bodies(1, 200, "A").body(30, () -> {
            library.service.cancel(library.peer.id(), AMINA);
            return new Fetched.Body(ScriptedPeer.incoming(30, "A"));
        });

        SyncLog log = library.sync().log();

        assertThat(log.message()).isEqualTo("cancelled by amina");
        assertThat(script.stopped).isEqualTo(1);
        assertThat(script.fetched).hasSize(1);
        assertThat(library.resources()).isEmpty();
        assertThat(library.logs()).containsExactly(log);
    }

    @Test
    void a_run_under_way_says_how_far_it_is() {
        List<Optional<SyncProgress>> seen = new ArrayList<>();
        List<SyncLog> started = new ArrayList<>();
        script.answer(() -> {
                    seen.add(library.service.progress(library.peer.id()));
                    return new ChangePage(List.of(full(1, "v1")), cursor(1), false, 7);
                })
                .answer(() -> {
                    seen.add(library.service.progress(library.peer.id()));
                    return new ChangePage(List.of(), cursor(2), true, 7);
                });

        SyncLog log = library.service
                .sync(library.peer, SyncScope.CHANGES, new Starts(started))
                .log();

        assertThat(started).singleElement().satisfies(run -> {
            assertThat(run.id()).isEqualTo(log.id());
            assertThat(run.status()).isEqualTo(SyncStatus.RUNNING);
        });
        assertThat(seen)
                .extracting(Optional::orElseThrow)
                .satisfiesExactly(before -> assertThat(before.pages()).isZero(), after -> {
                    assertThat(after.run().id()).isEqualTo(log.id());
                    assertThat(after.pages()).isEqualTo(1);
                    assertThat(after.total()).isEqualTo(7);
                    assertThat(after.tally().added()).isEqualTo(1);
                });
        assertThat(library.service.progress(library.peer.id())).isEmpty();
        assertThat(elsewhere.progress(library.peer.id())).isEmpty();
    }

    @Test
    void a_preview_is_no_run_that_one_sees_or_cancels() {
        List<Optional<SyncProgress>> seen = new ArrayList<>();
        List<SyncLog> started = new ArrayList<>();
        script.answer(() -> {
            seen.add(library.service.progress(library.peer.id()));
            assertThat(library.service.cancel(library.peer.id(), AMINA)).isFalse();
            return new ChangePage(List.of(full(1, "v1")), cursor(1), true, -1);
        });

        SyncReport report = library.service.preview(library.peer, SyncScope.CHANGES, new Starts(started));

        assertThat(report.succeeded()).isTrue();
        assertThat(seen).containsExactly(Optional.empty());
        assertThat(started).extracting(SyncLog::id).containsExactly(SyncLogId.NONE);
        assertThat(library.logs()).isEmpty();
    }

    @Test
    void closing_has_the_runs_of_this_process_end_as_interrupted_waits_for_them_and_lets_none_begin() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        script.page(cursor(1), full(1, "v1")).answer(() -> {
            asked.countDown();
            await(answer);
            return new ChangePage(List.of(full(2, "v1")), cursor(2), false, -1);
        });
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<SyncReport> run = threads.submit(library::sync);
            await(asked);
            Future<?> closing = threads.submit(library.service::close);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (script.stopped == 0) {
                assertThat(System.nanoTime()).as("nobody is told to stop").isLessThan(deadline);
                Thread.onSpinWait();
            }
            assertThat(closing.isDone()).isFalse();
            answer.countDown();

            closing.get(30, TimeUnit.SECONDS);
            SyncLog log = run.get(30, TimeUnit.SECONDS).log();
            assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
            assertThat(log.message()).contains("process was stopped");
            assertThat(library.logs()).containsExactly(log);
            assertThat(library.isFree()).isTrue();
        } finally {
            threads.shutdownNow();
        }
        assertThatIllegalStateException().isThrownBy(library::sync);
        assertThatIllegalStateException().isThrownBy(() -> library.service.preview(library.peer, SyncListener.NONE));
    }

    @Test
    void a_run_whose_thread_is_interrupted_is_logged_as_interrupted_and_leaves_the_interrupt_to_its_caller() {
        List<Boolean> pending = new ArrayList<>();
        script.page(cursor(1), full(1, "v1")).answer(() -> {
            Thread.currentThread().interrupt();
            library.storage.beforeTransaction =
                    () -> pending.add(Thread.currentThread().isInterrupted());
            throw new PeerException(PeerTrouble.STOPPED, "received no further requests", null);
        });

        SyncLog log = library.sync().log();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(pending).containsExactly(false);
        assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(log.message()).contains("stopped before its end");
        assertThat(log.tally()).isEqualTo(tally().added(1));
        assertThat(library.logs()).containsExactly(log);
    }

    @Test
    void a_storage_that_an_interrupted_run_cannot_reach_is_no_failure() {
        script.page(cursor(1), full(1, "v1")).answer(() -> {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while waiting for a connection", null);
        });

        SyncLog log = library.sync().log();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(library.logs()).containsExactly(log);
    }

    @Test
    void a_run_that_is_stopped_while_it_tries_again_what_was_bad_is_interrupted() {
        script.lastPage(cursor(1), items(1, 1, "v1")).body(1, new Fetched.Unreadable("no JSON"));
        library.sync();
        script.bodyFailure(1, new PeerException(PeerTrouble.STOPPED, "received no further requests", null));

        assertThat(library.sync().log().status()).isEqualTo(SyncStatus.INTERRUPTED);
    }

    @Test
    void removing_a_peer_ends_its_run_in_the_log() {
        script.page(cursor(1), full(1, "v1")).answer(() -> {
            assertThat(elsewhere.remove(library.peer.id())).isTrue();
            return new ChangePage(List.of(full(2, "v1")), cursor(2), true, -1);
        });

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(log.message()).contains("removed");
        assertThat(library.logs()).containsExactly(log);
        assertThat(library.resource(2)).isEmpty();
    }

    @Test
    void a_look_at_a_peer_is_the_clients_and_leaves_no_trace() {
        var before = library.everything();
        script.check = () -> new PeerCheck(1_284, 37, false);
        assertThat(library.service.check(library.peer)).isEqualTo(new PeerCheck(1_284, 37, false));

        script.check = () -> {
            throw new PeerException(PeerTrouble.MOVED, "https://new.example.org", "redirects", null);
        };
        assertThatExceptionOfType(PeerException.class)
                .isThrownBy(() -> library.service.check(library.peer))
                .satisfies(moved -> assertThat(moved.detail()).contains("https://new.example.org"));
        assertThat(library.everything()).isEqualTo(before);
    }

    private record Starts(List<SyncLog> started) implements SyncListener {
        @Override
        public void started(SyncLog run) {
            started.add(run);
        }
    }
}

package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.incoming;
import static org.librarypeers.sync.contract.ScriptedPeer.item;
import static org.librarypeers.sync.contract.ScriptedPeer.items;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.storage.ConcurrentChangeException;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.StaleResourceException;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.SyncLogRepository;

/** Tests of runs with failures of the peer or the storage, or with concurrent work on the same data. */
class SyncFailureTest {

    private static final PeerException NO_ANSWER =
            new PeerException(PeerTrouble.UNREACHABLE, "no answer; see whether it is up", null);
    private static final PeerThrottledException THROTTLED =
            new PeerThrottledException(Instant.parse("2026-02-03T05:00:00Z"), "asked to wait until 05:00");

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private Cursor committed() {
        return library.storage.harvest().cursor(library.peer.id()).orElse(null);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STOPPED")
    void a_peer_that_cannot_be_read_fails_the_run_with_the_reason(PeerTrouble reason) {
        script.failure(new PeerException(reason, "because of " + reason, null));

        SyncReport report = library.sync();

        assertThat(report.succeeded()).isFalse();
        assertThat(report.log().status()).isEqualTo(SyncStatus.FAILED);
        assertThat(report.log().message()).isEqualTo("because of " + reason);
        assertThat(report.log().trouble()).isEqualTo(reason);
        assertThat(report.log().requests()).isOne();
        assertThat(report.log().finished()).isEqualTo(library.clock.instant());
        assertThat(library.logs()).containsExactly(report.log());
        assertThat(library.isFree()).isTrue();
        assertThat(script.closed).isEqualTo(1);
    }

    @Test
    void a_run_that_breaks_off_keeps_its_pages_and_the_next_goes_on_from_there() {
        script.page(cursor(1), full(1, "v1"), full(2, "v1")).failure(NO_ANSWER);

        SyncReport broken = library.sync();

        assertThat(broken.log().status()).isEqualTo(SyncStatus.FAILED);
        assertThat(broken.log().tally()).isEqualTo(tally().added(2));
        assertThat(committed()).isEqualTo(cursor(1));
        assertThat(library.resources()).hasSize(2);

        script.lastPage(cursor(2), full(3, "v1"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1));
        assertThat(script.asked).containsExactly(null, cursor(1), cursor(1));
    }

    @Test
    void a_throttled_run_keeps_what_it_fetched_and_the_next_does_not_fetch_it_again() {
        script.lastPage(cursor(1), items(1, 120, "v1")).bodies(1, 120, "A").bodyFailure(110, THROTTLED);

        SyncReport throttled = library.sync();

        assertThat(throttled.log().status()).isEqualTo(SyncStatus.THROTTLED);
        assertThat(throttled.log().message()).isEqualTo(THROTTLED.getMessage());
        assertThat(throttled.log().tally()).isEqualTo(tally().added(109));
        assertThat(library.logs()).containsExactly(throttled.log());
        assertThat(library.resources()).hasSize(109);
        assertThat(committed()).isNull();

        script.fetched.clear();
        script.lastPage(cursor(1), items(1, 120, "v1")).body(110, "A");
        SyncReport next = library.sync();

        assertThat(next.log().tally()).isEqualTo(tally().added(11).unchanged(109));
        assertThat(next.log().requests()).isEqualTo(12);
        assertThat(script.allFetched()).hasSize(11).startsWith("110").endsWith("120");
        assertThat(committed()).isEqualTo(cursor(1));
    }

    @Test
    void a_batch_in_the_middle_of_a_page_does_not_move_the_cursor() {
        script.page(cursor(1), full(1, "v1"))
                .page(cursor(2), items(11, 111, "v1"))
                .bodies(11, 111, "A")
                .bodyFailure(70, NO_ANSWER);

        assertThat(library.sync().log().tally()).isEqualTo(tally().added(60));
        assertThat(committed()).isEqualTo(cursor(1));
    }

    @Test
    void a_link_that_breaks_after_every_few_answers_is_read_to_the_end_from_where_it_broke() {
        List<SyncStatus> runs = new ArrayList<>();
        for (int broken = 4; broken <= 13; broken += 3) {
            script.lastPage(cursor(1), items(1, 10, "v1")).bodies(1, 10, "A").bodyFailure(broken, NO_ANSWER);
            runs.add(library.sync().log().status());
        }

        assertThat(runs).containsExactly(SyncStatus.FAILED, SyncStatus.FAILED, SyncStatus.FAILED, SyncStatus.SUCCEEDED);
        assertThat(library.logs()).extracting(log -> log.tally().total()).containsExactly(10, 9, 6, 3);
        assertThat(library.resources()).hasSize(10);
        assertThat(library.logs()).extracting(SyncLog::requests).containsExactly(1 + 1, 1 + 4, 1 + 4, 1 + 4);
    }

    @Test
    void a_peers_failure_is_not_lost_where_what_it_answered_before_cannot_be_kept() {
        script.lastPage(cursor(1), items(1, 2, "v1")).body(1, "A").bodyFailure(2, THROTTLED);
        StorageException full = new StorageException("disk is full", null);
        library.storage.inCommit = () -> {
            throw full;
        };

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(library::sync)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).contains(THROTTLED));
    }

    @Test
    void what_was_answered_before_a_run_was_stopped_is_kept_though_its_thread_is_interrupted() {
        script.lastPage(cursor(1), items(1, 3, "v1")).bodies(1, 2, "A").body(3, () -> {
            Thread.currentThread().interrupt();
            throw new PeerException(PeerTrouble.STOPPED, "stopped", null);
        });
        library.storage.inCommit = () -> assertThat(Thread.currentThread().isInterrupted())
                .as("interrupted while it writes")
                .isFalse();

        SyncLog log = library.sync().log();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(log.tally()).isEqualTo(tally().added(2));
        assertThat(log.requests()).isEqualTo(4);
        assertThat(library.resources()).containsOnlyKeys(guid(1), guid(2));
    }

    @Test
    void a_preview_counts_what_was_answered_before_a_failure_as_the_run_does() {
        for (int time = 0; time < 2; time++) {
            script.lastPage(cursor(1), items(1, 3, "v1"));
        }
        script.bodies(1, 2, "A").bodyFailure(3, NO_ANSWER);

        SyncLog preview =
                library.service.preview(library.peer, SyncListener.NONE).log();

        assertThat(preview.tally()).isEqualTo(tally().added(2));
        assertThat(library.sync().log().tally()).isEqualTo(preview.tally());
    }

    @Test
    void where_the_storage_fails_nothing_of_the_page_is_kept_and_the_cursor_stays() {
        script.page(cursor(1), full(1, "v1")).page(cursor(2), full(1, "v2"), full(2, "v1"));
        AtomicInteger commit = new AtomicInteger();
        library.storage.inCommit = () -> {
            if (commit.incrementAndGet() == 2) {
                assertThat(library.title(1)).isEqualTo("1 v2");
                throw new StorageException("disk is full", null);
            }
        };

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(library::sync)
                .withMessage("disk is full");

        assertThat(library.title(1)).isEqualTo("1 v1");
        assertThat(library.storage.resources().history(guid(1))).isEmpty();
        assertThat(library.resource(2)).isEmpty();
        assertThat(committed()).isEqualTo(cursor(1));
        assertThat(library.isFree()).isTrue();
        assertThat(library.logs()).singleElement().satisfies(log -> {
            assertThat(log.status()).isEqualTo(SyncStatus.FAILED);
            assertThat(log.trouble()).isNull();
            assertThat(log.message()).startsWith("this library ").endsWith(": disk is full");
            assertThat(log.tally()).isEqualTo(tally().added(1));
        });

        library.storage.inCommit = () -> {};
        script.lastPage(cursor(2), full(1, "v2"), full(2, "v1"));
        assertThat(library.sync().log().tally().added()).isEqualTo(1);
    }

    @Test
    void the_cursor_moves_in_the_transaction_that_saves_the_page_and_never_before() {
        script.page(cursor(1), full(1, "v1")).lastPage(cursor(2), full(2, "v1"));
        library.storage.beforeTransaction = () -> {
            if (cursor(1).equals(committed())) {
                assertThat(library.resource(1)).isPresent();
            }
            if (cursor(2).equals(committed())) {
                assertThat(library.resource(2)).isPresent();
            }
        };
        library.storage.inCommit = () -> {
            boolean secondPage = library.storage.commits == 1;
            if (secondPage) {
                assertThat(library.resource(2)).isPresent();
                assertThat(committed()).isEqualTo(cursor(1));
            }
        };

        assertThat(library.sync().succeeded()).isTrue();
        assertThat(committed()).isEqualTo(cursor(2));
    }

    @Test
    void a_batch_that_waited_in_a_circle_with_another_transaction_is_kept_once_more() {
        script.lastPage(cursor(1), full(1, "v1"));
        List<Integer> transactions = new ArrayList<>();
        library.storage.beforeTransaction = () -> {
            transactions.add(1);
            // The start of the first run takes two calls, one in the other.
            if (transactions.size() == 3) {
                throw new ConcurrentChangeException("they waited for each other", null);
            }
        };

        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1));
    }

    @Test
    void a_log_that_cannot_be_written_either_does_not_hide_the_first_trouble() {
        StorageException first = new StorageException("disk is full", null);
        StorageException second = new StorageException("still full", null);
        SyncLogRepository logs = mock(SyncLogRepository.class, delegatesTo(library.storage.syncLogs));
        doThrow(second).when(logs).save(argThat(log -> log.status() == SyncStatus.FAILED));
        library.storage.syncLogs = logs;
        script.failure(first);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(library::sync)
                .isSameAs(first);

        assertThat(first.getSuppressed()).containsExactly(second);
        assertThat(library.isFree()).isTrue();
    }

    @Test
    void who_lost_the_lease_commits_nothing_more_and_reports_an_interrupted_run() {
        script.page(cursor(1), full(1, "v1")).lastPage(cursor(2), full(2, "v1"));
        library.storage.inCommit = () -> {
            if (library.resource(2).isPresent()) {
                throw new LeaseLostException(library.peer.id());
            }
        };

        SyncReport report = library.sync();

        assertThat(report.log().status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(report.log().message()).contains("another process", "peer 1");
        assertThat(report.log().tally()).isEqualTo(tally().added(1));
        assertThat(library.resource(2)).isEmpty();
        assertThat(committed()).isEqualTo(cursor(1));
        // Only the new holder of the lease may end the log.
        assertThat(library.logs()).extracting(SyncLog::status).containsExactly(SyncStatus.RUNNING);
    }

    @Test
    void a_page_that_somebody_got_in_before_is_decided_anew() {
        script.lastPage(cursor(1), full(1, "v1"), full(2, "v1"));
        AtomicInteger commits = new AtomicInteger();
        library.storage.inCommit = () -> {
            if (commits.incrementAndGet() == 1) {
                throw new StaleResourceException(guid(1));
            }
        };
        library.storage.afterRollback = () -> {
            Delivery delivery =
                    new Delivery(library.peer, new SyncLogId(99), library.storage.id(), library.clock.instant());
            Resource same = Samples.adopted(incoming(1, "1 v1"), delivery);
            library.storage.resources().save(same);
        };

        SyncReport report = library.sync();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.log().tally()).isEqualTo(tally().added(1).unchanged(1));
        assertThat(library.logs()).containsExactly(report.log());
        assertThat(library.resources()).hasSize(2);
    }

    @Test
    void a_page_that_is_always_stale_fails_the_run_in_the_end() {
        script.lastPage(cursor(1), full(1, "v1"));
        AtomicInteger tried = new AtomicInteger();
        library.storage.inCommit = () -> {
            if (library.resource(1).isPresent()) {
                tried.incrementAndGet();
                throw new StaleResourceException(guid(1));
            }
        };

        assertThatExceptionOfType(StaleResourceException.class).isThrownBy(library::sync);

        assertThat(tried).hasValue(5);
        assertThat(library.resources()).isEmpty();
        assertThat(library.logs()).extracting(SyncLog::status).containsExactly(SyncStatus.FAILED);
    }

    @Test
    void a_run_has_failed_if_more_was_bad_than_good() {
        ChangePage.Item wrong =
                new ChangePage.Item("2", guid(9), "v1", full(2, "v1").body());
        ChangePage.Item wrongToo =
                new ChangePage.Item("3", guid(8), "v1", full(3, "v1").body());
        script.lastPage(cursor(1), full(1, "v1"), wrong, wrongToo);

        SyncReport report = library.sync();

        assertThat(report.log().status()).isEqualTo(SyncStatus.FAILED);
        assertThat(report.log().message()).startsWith("2 of 3 resources ");
        assertThat(committed()).isEqualTo(cursor(1));
        assertThat(library.resource(1)).isPresent();
    }

    @Test
    void another_peers_run_is_not_touched_by_the_failure_of_one() {
        script.failure(NO_ANSWER).lastPage(cursor(1), full(1, "v1"));
        var other = library.addPeer("Malawi", "https://malawi.example.org");

        List<SyncReport> reports = List.of(library.sync(), library.service.sync(other, SyncListener.NONE));

        assertThat(reports).extracting(SyncReport::succeeded).containsExactly(false, true);
        assertThat(committed()).isNull();
        assertThat(library.storage.harvest().cursor(other.id())).contains(cursor(1));
    }

    @Test
    void a_failure_while_bad_items_are_retried_leaves_them_quarantined() {
        script.lastPage(cursor(1), item(1, "v1"), full(2, "v1")).body(1, new Fetched.Unreadable("no JSON"));
        library.sync();
        var before = library.quarantined();
        script.bodyFailure(1, NO_ANSWER);

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.message()).contains("retried", NO_ANSWER.getMessage());
        assertThat(library.quarantined()).isEqualTo(before);
        assertThat(committed()).isEqualTo(cursor(1));
    }
}

package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.incoming;
import static org.librarypeers.sync.contract.ScriptedPeer.item;
import static org.librarypeers.sync.contract.ScriptedPeer.items;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Tests of the choice of items to read again, and of the estimated duration of a run. */
class RunEstimateTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    @Test
    void a_reconciliation_reads_again_what_may_have_changed_without_a_new_date() {
        script.lastPage(cursor(1), item(1, "v1"), item(2, "v1")).body(1, "One").body(2, "Two");
        library.sync();
        library.clock.advance(Duration.ofDays(1));
        script.lastPage(cursor(1), item(1, "v1"), item(2, "v1"), item(3, "v1"))
                .body(1, "One, retagged")
                .body(3, "Three");

        SyncLog log = library.reconcile();

        assertThat(log.tally()).isEqualTo(tally().added(1).updated(1).unchanged(1));
        assertThat(library.title(1)).isEqualTo("One, retagged");
        assertThat(log.message()).isNull();
    }

    @Test
    void a_preview_of_a_reconciliation_foresees_what_is_read_again() {
        script.lastPage(cursor(1), item(1, "v1"), item(2, "v1")).body(1, "One").body(2, "Two");
        library.sync();
        library.clock.advance(Duration.ofDays(1));
        script.body(1, "One, retagged").lastPage(cursor(1), item(1, "v1"), item(2, "v1"));
        SyncLog preview = library.service
                .preview(library.peer, SyncScope.EVERYTHING, SyncListener.NONE)
                .log();
        script.lastPage(cursor(1), item(1, "v1"), item(2, "v1"));

        SyncLog run = library.reconcile();

        assertThat(preview.tally())
                .isEqualTo(run.tally())
                .isEqualTo(tally().updated(1).unchanged(1));
        assertThat(preview.requests()).isEqualTo(run.requests());
    }

    @Test
    void what_was_read_lately_is_not_read_again_nor_what_came_along_with_the_list() {
        script.lastPage(cursor(1), item(1, "v1"), full(2, "v1")).body(1, "One");
        library.sync();
        script.lastPage(cursor(1), item(1, "v1"), full(2, "v1"));
        library.reconcile();
        library.clock.advance(Duration.ofDays(1));
        script.lastPage(cursor(1), full(1, "v1"), full(2, "v1"));
        library.reconcile();

        assertThat(script.allFetched()).containsExactly("1");
    }

    @Test
    void what_was_read_within_twenty_hours_is_not_read_again() {
        script.lastPage(cursor(1), items(1, 3, "v1")).bodies(1, 3, "A");
        library.sync();
        script.fetched.clear();

        // Each run starts one minute after the last action.
        library.clock.advance(Duration.ofHours(20).minusMinutes(2));
        script.lastPage(cursor(1), items(1, 3, "v1"));
        library.reconcile();
        assertThat(script.fetched).isEmpty();

        library.clock.advance(Duration.ofMinutes(1));
        script.lastPage(cursor(1), items(1, 3, "v1"));
        library.reconcile();
        assertThat(script.allFetched()).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void reading_again_stops_where_the_peer_wants_to_be_left_alone_and_the_run_has_succeeded() {
        script.lastPage(cursor(1), item(1, "v1")).body(1, "One");
        library.sync();
        library.clock.advance(Duration.ofDays(1));
        script.lastPage(cursor(1), item(1, "v1"))
                .bodyFailure(1, new PeerThrottledException(Instant.EPOCH, "has throttled this library"));

        SyncLog log = library.reconcile();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.tally()).isEqualTo(tally().unchanged(1));
        assertThat(log.message()).startsWith("not all resources").endsWith(": has throttled this library");
    }

    @Test
    void what_was_read_again_before_that_is_kept_and_counted_once() {
        script.lastPage(cursor(1), items(1, 3, "v1")).bodies(1, 3, "One");
        library.sync();
        library.clock.advance(Duration.ofDays(1));
        AtomicInteger asked = new AtomicInteger();
        script.lastPage(cursor(1), items(1, 3, "v1"));
        for (int i = 1; i <= 3; i++) {
            int number = i;
            script.body(number, () -> {
                if (asked.incrementAndGet() == 3) {
                    throw new PeerThrottledException(Instant.EPOCH, "has throttled this library");
                }
                return new Fetched.Body(incoming(number, "Two"));
            });
        }

        SyncLog log = library.reconcile();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.tally()).isEqualTo(tally().updated(2).unchanged(1));
        assertThat(IntStream.rangeClosed(1, 3).mapToObj(library::title)).containsExactlyInAnyOrder("One", "Two", "Two");
    }

    @Test
    void no_more_than_half_of_what_sites_allow_in_an_hour_is_read_again_the_longest_unread_first() {
        ChangePage.Item[] items = new ChangePage.Item[600];
        for (int i = 0; i < items.length; i++) {
            items[i] = item(i + 1, "v1");
            script.body(i + 1, "Title " + i);
        }
        script.lastPage(cursor(1), items);
        library.sync();
        script.fetched.clear();
        library.clock.advance(Duration.ofDays(1));
        script.lastPage(cursor(1), items);
        library.reconcile();
        assertThat(script.allFetched()).hasSize(500).doesNotHaveDuplicates();

        List<String> first = script.allFetched();
        script.fetched.clear();
        library.clock.advance(Duration.ofHours(2));
        script.lastPage(cursor(1), items);
        library.reconcile();
        assertThat(script.allFetched()).hasSize(100).doesNotContainAnyElementsOf(first);
    }

    @Test
    void a_throttled_run_says_how_much_is_left_and_how_long_it_takes() {
        Instant until = Instant.parse("2026-02-03T05:00:00Z");
        script.estimate = more -> Duration.ofMinutes(more);
        ChangePage.Item[] items = new ChangePage.Item[60];
        for (int i = 0; i < items.length; i++) {
            items[i] = item(i + 1, "v1");
            script.body(i + 1, "Title " + i);
        }
        script.pages.add(() -> new ChangePage(List.of(items), cursor(1), true, 260));
        script.bodyFailure(60, new PeerThrottledException(until, "has throttled this library"));

        SyncLog log = library.sync().log();

        assertThat(log.until()).isEqualTo(until);
        assertThat(log.message())
                .startsWith("has throttled this library;")
                .contains("201 of 260 resources", "about 3 h", "2026-02-03 07:27 UTC");
    }

    @Test
    void the_total_and_the_time_are_told_after_the_first_page_before_any_resource_is_requested() {
        script.estimate = more -> Duration.ofMinutes(more);
        script.pages.add(() -> new ChangePage(List.of(items(1, 40, "v1")), cursor(1), false, 90));
        script.pages.add(() -> new ChangePage(List.of(items(41, 80, "v1")), cursor(2), false, 90));
        script.pages.add(() -> new ChangePage(List.of(items(81, 90, "v1")), cursor(3), true, 90));
        script.bodies(1, 90, "A");
        List<SyncProgress> told = new ArrayList<>();
        List<Integer> fetched = new ArrayList<>();

        library.service.sync(library.peer, SyncListener.onProgress(progress -> {
            told.add(progress);
            fetched.add(script.allFetched().size());
        }));

        assertThat(fetched).startsWith(0, 40);
        assertThat(told.get(0).total()).isEqualTo(90);
        assertThat(told.get(0).pages()).isEqualTo(1);
        assertThat(told.get(0).remaining()).isEqualTo(Duration.ofMinutes(90));
        assertThat(told.get(0).tally().total()).isZero();
        assertThat(told.get(1).remaining()).isEqualTo(Duration.ofMinutes(50));
    }

    @Test
    void what_the_list_shows_unchanged_takes_no_time() {
        script.estimate = more -> Duration.ofMinutes(more);
        script.lastPage(cursor(1), items(1, 90, "v1")).bodies(1, 100, "A");
        library.sync();
        List<Duration> left = new ArrayList<>();
        script.pages.add(() -> new ChangePage(List.of(items(1, 40, "v1")), cursor(1), false, 100));
        script.pages.add(() -> new ChangePage(List.of(items(41, 80, "v1")), cursor(1), false, 100));
        script.pages.add(() -> new ChangePage(List.of(items(81, 100, "v1")), cursor(1), true, 100));

        library.service.sync(
                library.peer,
                SyncScope.EVERYTHING,
                SyncListener.onProgress(progress -> left.add(progress.remaining())));

        // The first value covers two pages, the second one page. After the last page the new items have been read as
        // well.
        assertThat(left).containsExactly(Duration.ofMinutes(2), Duration.ofMinutes(1), null);
    }

    @Test
    void what_is_read_again_takes_its_time_too() {
        script.estimate = more -> Duration.ofMinutes(more);
        script.lastPage(cursor(1), items(1, 120, "v1")).bodies(1, 120, "A");
        library.sync();
        library.clock.advance(Duration.ofDays(1));
        script.lastPage(cursor(1), items(1, 120, "v1"));
        List<Duration> left = new ArrayList<>();

        library.service.sync(
                library.peer,
                SyncScope.EVERYTHING,
                SyncListener.onProgress(progress -> left.add(progress.remaining())));

        assertThat(left).containsExactly(null, Duration.ofMinutes(70), Duration.ofMinutes(20), null);
    }

    @Test
    void times_are_said_in_words() {
        assertThat(RunEstimate.words(Duration.ofSeconds(1))).isEqualTo("about 1 min");
        assertThat(RunEstimate.words(Duration.ofSeconds(61))).isEqualTo("about 2 min");
        assertThat(RunEstimate.words(Duration.ofMinutes(89))).isEqualTo("about 89 min");
        assertThat(RunEstimate.words(Duration.ofMinutes(90))).isEqualTo("about 2 h");
        assertThat(RunEstimate.words(Duration.ofMinutes(181))).isEqualTo("about 3 h");
    }
}

package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.Samples.titled;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.incoming;
import static org.librarypeers.sync.contract.ScriptedPeer.item;
import static org.librarypeers.sync.contract.ScriptedPeer.items;
import static org.librarypeers.sync.contract.ScriptedPeer.withoutGuid;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Tests of quarantined items. */
class QuarantineTest {

    private static final Fetched NO_JSON = new Fetched.Unreadable("no JSON");

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private Instant now() {
        return library.clock.instant();
    }

    /** Returns item 2 as it is quarantined if it was unreadable, the last time now. */
    private QuarantinedItem unreadable(String version, String detail, Instant first, int attempts) {
        QuarantineReason reason = new QuarantineReason(QuarantineReason.Kind.UNREADABLE, detail);
        return new QuarantinedItem("2", guid(2), version, reason, first, now(), attempts);
    }

    @Test
    void a_bad_item_is_quarantined_and_does_not_stop_the_page() {
        script.lastPage(cursor(1), full(1, "v1"), item(2, "v1"), full(3, "v1")).body(2, NO_JSON);

        SyncReport report = library.sync();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.log().tally()).isEqualTo(tally().added(2).failed(1));
        assertThat(library.resources()).containsOnlyKeys(guid(1), guid(3));
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(1));
        assertThat(library.quarantined()).containsExactly(unreadable("v1", "no JSON", now(), 1));
    }

    @Test
    void a_bad_item_is_tried_again_by_the_next_run_and_counted_once() {
        script.lastPage(cursor(1), full(1, "v1"), item(2, "v1")).body(2, NO_JSON);
        library.sync();
        Instant first = now();

        script.lastPage(cursor(1), full(1, "v1"), item(2, "v1")).body(2, new Fetched.Unreadable("still none"));
        SyncReport report = library.sync();

        assertThat(report.log().tally()).isEqualTo(tally().unchanged(1).failed(1));
        assertThat(script.allFetched()).containsExactly("2", "2");
        assertThat(library.quarantined()).containsExactly(unreadable("v1", "still none", first, 2));
    }

    @Test
    void the_run_is_in_the_log_before_the_peer_is_asked_anything() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, NO_JSON);
        library.sync();
        List<SyncLog> seen = new ArrayList<>();

        script.body(2, () -> {
            seen.addAll(library.logs());
            return NO_JSON;
        });
        library.sync();

        assertThat(seen).extracting(SyncLog::status).containsExactly(SyncStatus.RUNNING, SyncStatus.FAILED);
    }

    @Test
    void a_bad_item_that_is_good_now_is_mended_though_nobody_lists_it() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, NO_JSON);
        library.sync();

        script.body(2, "Mended");
        SyncReport report = library.sync();

        assertThat(report.log().tally()).isEqualTo(tally().added(1));
        assertThat(report.succeeded()).isTrue();
        assertThat(library.quarantined()).isEmpty();
        assertThat(library.title(2)).isEqualTo("Mended");
        assertThat(script.asked).containsExactly(null, cursor(1));

        script.fetched.clear();
        script.lastPage(cursor(1), item(2, "v1"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().unchanged(1));
        assertThat(script.fetched).isEmpty();
    }

    @Test
    void what_is_bad_for_good_neither_keeps_changes_away_nor_fails_the_run() {
        script.lastPage(cursor(1), full(1, "v1"), item(2, "v1")).body(2, NO_JSON);
        library.sync();
        script.bodyFailure(2, new PeerException(PeerTrouble.UNAVAILABLE, "too many failures", null));
        script.lastPage(cursor(2), full(3, "v1"));

        SyncReport report = library.sync();

        assertThat(report.log().status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(report.log().tally()).isEqualTo(tally().added(1));
        assertThat(report.log().message()).contains("retried", "too many failures");
        assertThat(library.resources()).containsKey(guid(3));
    }

    @Test
    void a_quiet_run_with_an_old_bad_item_has_not_failed() {
        script.lastPage(cursor(1), full(1, "v1"), item(2, "v1")).body(2, NO_JSON);
        library.sync();

        SyncReport report = library.sync();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.log().tally()).isEqualTo(tally().failed(1));
        assertThat(report.log().message()).contains("1 resource", "earlier run");
    }

    @Test
    void a_throttle_among_what_was_bad_before_ends_no_run_and_the_next_begins_with_the_rest() {
        script.lastPage(cursor(1), items(1, 3, "v1"))
                .body(1, NO_JSON)
                .body(2, NO_JSON)
                .body(3, NO_JSON);
        library.sync();
        script.bodyFailure(2, new PeerThrottledException(library.clock.instant().plusSeconds(60), "later"));
        script.fetched.clear();

        SyncReport throttled = library.sync();

        assertThat(throttled.log().status()).isNotEqualTo(SyncStatus.THROTTLED);
        assertThat(throttled.log().message()).contains("could be retried", "3 resources", "earlier runs");
        assertThat(library.quarantined()).extracting(QuarantinedItem::attempts).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void what_was_tried_the_longest_ago_is_tried_first() {
        script.lastPage(cursor(1), items(1, 60, "v1"));
        IntStream.rangeClosed(1, 60).forEach(number -> script.body(number, NO_JSON));
        library.sync();
        // Item 9 is the last one to be retried.
        script.bodyFailure(9, new PeerThrottledException(library.clock.instant().plusSeconds(60), "later"));
        library.sync();
        script.body(9, NO_JSON);
        script.fetched.clear();

        library.sync();

        assertThat(script.allFetched()).hasSize(60).startsWith("9");
    }

    @Test
    void a_quiet_run_has_failed_if_more_is_bad_than_good_of_all_that_the_peer_has() {
        script.lastPage(cursor(1), full(1, "v1"), item(2, "v1"), item(3, "v1"))
                .body(2, NO_JSON)
                .body(3, NO_JSON);
        library.sync();

        SyncReport report = library.sync();

        assertThat(report.log().status()).isEqualTo(SyncStatus.FAILED);
        assertThat(report.log().message()).contains("2 resources", "earlier runs");
    }

    @Test
    void an_item_that_is_bad_on_one_page_and_good_on_a_later_one_is_mended_at_once() {
        script.page(cursor(1), item(2, "v1")).body(2, NO_JSON).lastPage(cursor(2), full(2, "v2"), full(3, "v1"));
        library.sync();

        assertThat(library.quarantined()).isEmpty();
        assertThat(library.title(2)).isEqualTo("2 v2");
    }

    @Test
    void a_newer_version_of_a_bad_item_is_tried_in_the_same_run() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, NO_JSON);
        library.sync();

        script.lastPage(cursor(2), full(2, "v2"));
        library.sync();

        assertThat(library.quarantined()).isEmpty();
        assertThat(library.title(2)).isEqualTo("2 v2");
    }

    @Test
    void a_newer_version_that_is_bad_too_counts_as_one_run_more() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, NO_JSON);
        library.sync();
        Instant first = now();

        script.lastPage(cursor(2), item(2, "v2"));
        library.sync();

        assertThat(library.quarantined()).containsExactly(unreadable("v2", "no JSON", first, 2));
    }

    @Test
    void a_bad_item_that_the_whole_list_does_not_show_either_is_forgotten() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, NO_JSON);
        library.sync();

        script.body(2, new Fetched.Gone());

        assertThat(library.sync().log().tally()).isEqualTo(tally().failed(1));
        assertThat(library.quarantined()).hasSize(1);
        assertThat(library.reconcile().tally()).isEqualTo(tally());
        assertThat(library.quarantined()).isEmpty();
    }

    @Test
    void a_bad_update_leaves_the_resource_as_it_is_until_it_is_mended() {
        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        var before = library.resources();

        script.lastPage(cursor(2), item(1, "v2")).body(1, NO_JSON);
        library.sync();
        assertThat(library.resources()).isEqualTo(before);

        script.body(1, "Mended");
        assertThat(library.sync().log().tally()).isEqualTo(tally().updated(1));
        assertThat(library.title(1)).isEqualTo("Mended");
    }

    @Test
    void many_bad_items_are_tried_again_in_batches() {
        script.lastPage(cursor(1), items(1, 120, "v1"));
        for (int number = 1; number <= 120; number++) {
            script.body(number, NO_JSON);
        }
        library.sync();
        script.fetched.clear();

        assertThat(library.sync().log().tally()).isEqualTo(tally().failed(120));
        assertThat(script.fetched).extracting(List::size).containsExactly(50, 50, 20);
        assertThat(library.quarantined())
                .hasSize(120)
                .allSatisfy(item -> assertThat(item.attempts()).isEqualTo(2));
    }

    @Test
    void a_run_tries_at_most_250_again_and_the_next_runs_go_on_with_the_others() {
        script.lastPage(cursor(1), items(1, 600, "v1"));
        IntStream.rangeClosed(1, 600).forEach(number -> script.body(number, NO_JSON));
        library.sync();

        List<String> first = triedAgain();
        List<String> second = triedAgain();
        List<String> third = triedAgain();

        assertThat(first).hasSize(250);
        assertThat(second).hasSize(250).doesNotContainAnyElementsOf(first);
        assertThat(third).hasSize(250).doesNotHaveDuplicates();
        assertThat(third.subList(0, 100)).doesNotContainAnyElementsOf(first).doesNotContainAnyElementsOf(second);
    }

    private List<String> triedAgain() {
        script.fetched.clear();
        library.sync();
        return script.allFetched();
    }

    @Test
    void an_item_that_calls_itself_otherwise_than_the_list_did_is_bad() {
        script.lastPage(cursor(1), item(1, "v1"), full(2, "v1"), full(3, "v1"))
                .body(1, new Fetched.Body(incoming(7, "Somebody else")));

        library.sync();

        assertThat(library.quarantined()).singleElement().satisfies(item -> {
            assertThat(item.reason().kind()).isEqualTo(QuarantineReason.Kind.OTHER_GUID);
            assertThat(item.reason().detail()).containsSubsequence(guid(1).toString(), guid(7).toString());
        });
        assertThat(library.resource(7)).isEmpty();
    }

    @Test
    void of_two_items_that_are_one_resource_the_second_is_bad() {
        ChangePage.Item one = withoutGuid(1, "v1");
        ChangePage.Item again = withoutGuid(2, "v1");
        script.lastPage(cursor(1), one, again)
                .body(1, new Fetched.Body(incoming(1, "First")))
                .body(2, new Fetched.Body(incoming(1, "Second")));

        SyncReport report = library.sync();

        assertThat(report.log().tally()).isEqualTo(tally().added(1).failed(1));
        assertThat(library.title(1)).isEqualTo("First");
        assertThat(library.quarantined()).singleElement().satisfies(item -> {
            assertThat(item.remoteId()).isEqualTo("2");
            assertThat(item.guid()).isNull();
            assertThat(item.reason().kind()).isEqualTo(QuarantineReason.Kind.SAME_GUID);
            assertThat(item.reason().detail()).contains("resource 1", guid(1).toString());
        });
    }

    @Test
    void a_source_that_cannot_be_kept_makes_one_item_bad_and_its_reason_is_safe_to_keep() {
        IncomingResource hostile = new IncomingResource(guid(1), titled("A"), "two\nlines\uD800", null, null);
        script.lastPage(cursor(1), full(1, "v1", hostile), full(2, "v1"), full(3, "v1"));

        assertThat(library.sync().log().tally()).isEqualTo(tally().added(2).failed(1));
        assertThat(library.quarantined())
                .singleElement()
                .satisfies(item -> assertThat(item.reason().detail())
                        .startsWith("source name ")
                        .doesNotContain("\n", "\uD800"));
    }

    @Test
    void what_one_peer_has_bad_does_not_concern_another() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, NO_JSON);
        library.sync();
        script.fetched.clear();

        library.service.sync(library.addPeer("Malawi", "https://malawi.example.org"), SyncListener.NONE);

        assertThat(script.fetched).isEmpty();
        assertThat(library.quarantined()).hasSize(1);
    }

    @Test
    void a_peer_that_was_read_before_is_opened_as_one_that_is_known() {
        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        assertThat(script.reopened).isZero();

        library.sync();
        library.reconcile();
        assertThat(script.reopened).isEqualTo(2);
    }
}

package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.incoming;
import static org.librarypeers.sync.contract.ScriptedPeer.items;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Tests of a reconciliation that a person starts. It reads every detail again. */
class RereadTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private SyncLog reread() {
        return run(SyncScope.EVERY_DETAIL);
    }

    private SyncLog run(SyncScope scope) {
        library.clock.tick();
        return library.service.sync(library.peer, scope, SyncListener.NONE).log();
    }

    private void hold(int many) {
        script.lastPage(cursor(1), items(1, many, "v1")).bodies(1, many, "Old");
        library.sync();
        script.fetched.clear();
    }

    private void throttledAt(int number) {
        script.bodyFailure(
                number, new PeerThrottledException(library.clock.instant().plusSeconds(3_600), "later"));
    }

    private long titled(String title, int many) {
        return IntStream.rangeClosed(1, many)
                .filter(number -> library.title(number).equals(title))
                .count();
    }

    @Test
    void it_reads_every_detail_again_however_lately_it_was_read() {
        hold(1_200);
        script.lastPage(cursor(1), items(1, 1_200, "v1")).bodies(1, 1_200, "New");

        SyncLog log = reread();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.tally()).isEqualTo(tally().updated(1_200));
        assertThat(script.allFetched()).hasSize(1_200).doesNotHaveDuplicates();
        assertThat(titled("New", 1_200)).isEqualTo(1_200);
        assertThat(library.storage.harvest().rereadSince(library.peer.id())).isEmpty();
    }

    @Test
    void the_schedules_own_reads_again_only_what_was_not_read_for_long() {
        hold(3);
        script.lastPage(cursor(1), items(1, 3, "v1")).bodies(1, 3, "New");

        assertThat(run(SyncScope.EVERYTHING).tally()).isEqualTo(tally().unchanged(3));
        assertThat(script.fetched).isEmpty();
    }

    @Test
    void what_the_list_shows_as_new_is_not_read_twice() {
        hold(3);
        script.lastPage(cursor(1), items(1, 3, "v2")).bodies(1, 3, "New");

        assertThat(reread().tally()).isEqualTo(tally().updated(3));
        assertThat(script.allFetched()).containsExactly("1", "2", "3");
    }

    @Test
    void bodies_that_the_list_brings_are_compared_though_their_versions_are_the_same() {
        script.lastPage(cursor(1), full(1, "v1"), full(2, "v1"));
        library.sync();
        ChangePage.Item changed = full(2, "v1", incoming(2, "Changed"));

        script.lastPage(cursor(1), full(1, "v1"), changed);
        assertThat(run(SyncScope.EVERYTHING).tally()).isEqualTo(tally().unchanged(2));

        script.lastPage(cursor(1), full(1, "v1"), changed);
        assertThat(reread().tally()).isEqualTo(tally().updated(1).unchanged(1));
        assertThat(library.title(2)).isEqualTo("Changed");
        assertThat(script.fetched).isEmpty();
    }

    @Test
    void beyond_the_quota_it_ends_as_throttled_and_says_how_far_it_came() {
        hold(300);
        script.lastPage(cursor(1), items(1, 300, "v1")).bodies(1, 300, "New");
        throttledAt(Integer.parseInt(nextInOrder(120)));

        SyncLog log = reread();

        assertThat(log.status()).isEqualTo(SyncStatus.THROTTLED);
        assertThat(log.until())
                .isEqualTo(library.clock.instant().minusSeconds(60).plusSeconds(3_600));
        assertThat(log.message()).startsWith("later;").contains("120 of 300 resources");
        assertThat(titled("New", 300)).isEqualTo(120);
    }

    @Test
    void a_client_that_cannot_read_every_detail_leaves_it_to_the_next_one() {
        hold(3);
        script.lastPage(cursor(1), items(1, 3, "v1"));
        IntStream.rangeClosed(1, 3).forEach(this::throttledAt);
        assertThat(reread().status()).isEqualTo(SyncStatus.THROTTLED);
        script.fetched.clear();

        script.lastPage(cursor(2), full(1, "v1")).bodies(1, 3, "New");
        script.readsEveryDetail = false;
        assertThat(run(SyncScope.CHANGES).tally()).isEqualTo(tally().unchanged(1));
        assertThat(script.allFetched()).isEmpty();
        assertThat(library.storage.harvest().rereadSince(library.peer.id())).isPresent();

        script.lastPage(cursor(2), items(1, 3, "v1"));
        script.readsEveryDetail = true;
        assertThat(run(SyncScope.CHANGES).tally()).isEqualTo(tally().updated(3));
        assertThat(library.storage.harvest().rereadSince(library.peer.id())).isEmpty();
    }

    /**
     * Returns the remote id at this place in GUID order. Details that were read at the same time are read again in this
     * order.
     */
    private static String nextInOrder(int place) {
        return IntStream.rangeClosed(1, 300)
                .boxed()
                .sorted(Comparator.comparing(ScriptedPeer::guid))
                .skip(place)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    @Test
    void later_runs_go_on_with_the_rest_whatever_they_were_to_read() {
        hold(300);
        script.lastPage(cursor(1), items(1, 300, "v1")).bodies(1, 300, "New");
        throttledAt(Integer.parseInt(nextInOrder(120)));
        reread();
        script.body(Integer.parseInt(nextInOrder(120)), "New");
        throttledAt(Integer.parseInt(nextInOrder(250)));
        script.fetched.clear();

        script.lastPage(cursor(1), items(1, 300, "v1"));
        SyncLog second = run(SyncScope.CHANGES);
        assertThat(second.status()).isEqualTo(SyncStatus.THROTTLED);
        assertThat(second.message()).contains("250 of 300 resources");

        script.body(Integer.parseInt(nextInOrder(250)), "New");
        script.fetched.clear();
        script.lastPage(cursor(1), items(1, 300, "v1"));
        SyncLog third = run(SyncScope.EVERYTHING);
        assertThat(third.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(script.allFetched()).hasSize(50);
        assertThat(titled("New", 300)).isEqualTo(300);

        script.fetched.clear();
        script.lastPage(cursor(1), items(1, 300, "v1"));
        assertThat(run(SyncScope.EVERYTHING).tally()).isEqualTo(tally().unchanged(300));
        assertThat(script.fetched).isEmpty();
    }

    @Test
    void a_second_one_goes_on_where_the_first_was_stopped_and_a_third_begins_anew() {
        hold(300);
        script.lastPage(cursor(1), items(1, 300, "v1")).bodies(1, 300, "New");
        throttledAt(Integer.parseInt(nextInOrder(120)));
        reread();
        script.body(Integer.parseInt(nextInOrder(120)), "New");
        script.fetched.clear();

        script.lastPage(cursor(1), items(1, 300, "v1"));
        assertThat(reread().status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(script.allFetched()).hasSize(180);

        script.fetched.clear();
        script.lastPage(cursor(1), items(1, 300, "v1"));
        reread();
        assertThat(script.allFetched()).hasSize(300);
    }

    @Test
    void one_that_failed_is_gone_on_with_too() {
        hold(3);
        script.failure(new PeerException(PeerTrouble.UNREACHABLE, "gone", null));
        assertThat(reread().status()).isEqualTo(SyncStatus.FAILED);

        script.lastPage(cursor(1), items(1, 3, "v1")).bodies(1, 3, "New");
        assertThat(run(SyncScope.CHANGES).tally()).isEqualTo(tally().updated(3));
    }

    @Test
    void a_preview_reads_the_same_and_notes_nothing() {
        hold(3);
        script.lastPage(cursor(1), items(1, 3, "v1")).bodies(1, 3, "New");
        library.clock.tick();
        SyncReport preview = library.service.preview(library.peer, SyncScope.EVERY_DETAIL, SyncListener.NONE);
        assertThat(preview.log().tally()).isEqualTo(tally().updated(3));
        assertThat(library.storage.harvest().rereadSince(library.peer.id())).isEmpty();
        script.fetched.clear();

        assertThat(run(SyncScope.CHANGES).tally()).isEqualTo(tally());
        assertThat(script.fetched).isEmpty();
    }
}

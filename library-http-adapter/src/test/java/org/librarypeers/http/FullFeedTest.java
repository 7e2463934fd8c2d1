package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Shortfall;

/** Tests of the completeness of the list that another library's full feed returns. */
class FullFeedTest {

    private static final Completeness COMPLETE = new Completeness.Complete();

    private final FullFeed feed = new FullFeed(new PeerFailures(FakePeer.peer("https://library.example.org"), null), 3);

    private static Listing listing(int from, int to, boolean last, int total) {
        List<Listing.Listed> objects = IntStream.rangeClosed(from, to)
                .mapToObj(id ->
                        new Listing.Listed(new ChangePage.Item(String.valueOf(id), null, "v", null), null, true, true))
                .toList();
        return new Listing(objects, last ? null : "?after=" + to, true, (long) to, 3, total);
    }

    private static final Guid ONE = Guid.random();
    private static final Guid TWO = Guid.random();

    private static Listing.Listed resource(Guid guid) {
        return new Listing.Listed(
                new ChangePage.Item(guid.toString(), guid, "v", null),
                PeerTime.of("2026-01-01T00:00:00").orElseThrow(),
                true,
                true);
    }

    private static Listing.Listed deletion(Guid guid) {
        return Listing.Listed.deletion(
                guid, "d", PeerTime.of("2026-01-02T00:00:00").orElseThrow());
    }

    private static Listing rows(boolean last, int total, Listing.Listed... rows) {
        return new Listing(List.of(rows), last ? null : "?after=3", true, 3L, 3, total);
    }

    @Test
    void the_last_row_of_a_resource_on_a_page_counts() {
        ChangePage deletedLast = page(0, rows(true, 1, resource(ONE), resource(TWO), deletion(ONE)));
        assertThat(deletedLast.deleted()).containsExactly(ONE);
        assertThat(deletedLast.items()).extracting(ChangePage.Item::guid).containsExactly(TWO);

        ChangePage servedLast = page(0, rows(true, 1, deletion(ONE), resource(ONE)));
        assertThat(servedLast.deleted()).isEmpty();
        assertThat(servedLast.items()).extracting(ChangePage.Item::guid).containsExactly(ONE);
    }

    @Test
    void deletions_fill_a_page_but_are_no_resources_of_the_list() {
        ChangePage first = page(0, rows(false, 2, resource(ONE), deletion(TWO), deletion(Guid.random())));
        assertThat(first.last()).isFalse();
        assertThat(first.completeness()).isEqualTo(COMPLETE);
        assertThat(first.next()).isEqualTo(new Cursor("full:3", "2026-01-02T00:00:00"));

        assertThat(page(3, rows(true, 2, deletion(Guid.random()))).completeness())
                .isEqualTo(new Shortfall(2, 1));
    }

    private ChangePage page(long after, Listing listing) {
        return feed.page(new Position.Full(after), null, listing, listing.total());
    }

    @Test
    void a_feed_that_was_read_from_its_beginning_holds_as_many_as_it_counts() {
        assertThat(page(0, listing(1, 3, false, 5)).completeness()).isEqualTo(COMPLETE);
        ChangePage last = page(3, listing(4, 5, true, 5));

        assertThat(last.last()).isTrue();
        assertThat(last.completeness()).isEqualTo(COMPLETE);
    }

    @Test
    void a_short_end_is_asked_for_once_more_and_then_told() {
        page(0, listing(1, 3, false, 7));

        ChangePage again = page(3, listing(4, 5, true, 7));
        assertThat(again.last()).isFalse();
        assertThat(again.next()).isEqualTo(new Cursor("full:3", null));
        assertThat(again.completeness()).isEqualTo(new Shortfall(7, 5));

        ChangePage last = page(3, listing(4, 5, true, 7));
        assertThat(last.last()).isTrue();
        assertThat(last.completeness()).isEqualTo(new Shortfall(7, 5));
    }

    @Test
    void what_came_when_the_end_was_asked_for_again_counts() {
        page(0, listing(1, 3, false, 7));
        page(3, listing(4, 5, true, 7));
        page(3, listing(4, 6, false, 7));

        assertThat(page(6, listing(7, 7, true, 7)).completeness()).isEqualTo(COMPLETE);
    }

    @Test
    void a_short_page_in_the_middle_is_asked_for_once_more_and_then_told() {
        assertThat(page(0, listing(1, 2, false, 4)).next()).isEqualTo(new Cursor("full:0", null));

        ChangePage page = page(0, listing(1, 2, false, 4));
        assertThat(page.next()).isEqualTo(new Cursor("full:2", null));
        assertThat(page.completeness()).isEqualTo(new Shortfall(3, 2));
    }

    @Test
    void a_resource_that_is_listed_twice_counts_once() {
        page(0, listing(1, 3, false, 5));
        page(3, listing(3, 4, true, 5));

        assertThat(page(3, listing(3, 4, true, 5)).completeness()).isEqualTo(new Shortfall(5, 4));
    }

    @Test
    void from_a_position_on_the_count_says_nothing() {
        assertThat(page(9, listing(10, 11, true, 500)).completeness()).isEqualTo(COMPLETE);
        assertThat(page(9, listing(10, 11, true, 500)).last()).isTrue();
    }

    @Test
    void a_feed_without_a_count_is_not_known_to_be_complete() {
        assertThat(page(0, listing(1, 2, true, -1)).completeness()).isInstanceOf(Completeness.Unknown.class);
    }
}

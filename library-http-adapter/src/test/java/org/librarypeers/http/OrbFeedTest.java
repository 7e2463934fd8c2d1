package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Cursor;
import org.librarypeers.http.wire.OrbTime;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.Shortfall;

/** Tests of the way through a list: by time, by offset and across changes. */
class OrbFeedTest extends ReadingAFeed {

    @Test
    void it_goes_on_by_time_and_begins_with_the_last_date_of_the_page_before() {
        site.add(1, 1).add(2, 2).add(3, 3).add(4, 3).add(5, 4).add(6, 5);

        assertThat(positions(3)).containsExactly("orb:", "orb:2020-03-01T08:03:00", "orb:2020-03-01T08:04:00");
        assertThat(site.seen).containsExactly(1, 2, 3, 3, 4, 5, 5, 6);
    }

    @Test
    void within_one_date_it_goes_on_by_offset_and_begins_with_the_last_resource_of_the_page_before() {
        IntStream.rangeClosed(1, 7).forEach(id -> site.add(id, 1));

        assertThat(positions(3))
                .containsExactly(
                        "orb:", "orb:2020-03-01T08:01:00", "orb:2020-03-01T08:01:00+2", "orb:2020-03-01T08:01:00+4");
        assertThat(Set.copyOf(site.seen)).hasSize(7);
    }

    @Test
    void what_moves_out_of_a_date_while_it_is_read_hides_no_other() {
        IntStream.rangeClosed(1, 9).forEach(id -> site.add(id, 1));
        site.afterPage = page -> {
            if (page == 3) {
                site.add(1, 50).add(2, 50);
            }
        };

        positions(3);

        assertThat(Set.copyOf(site.seen)).hasSize(9);
    }

    @Test
    void the_last_page_leaves_a_cursor_at_the_last_date() {
        site.add(1, 1).add(2, 9);

        positions(5);

        assertThat(site.rest).isEqualTo(new Cursor("orb:2020-03-01T08:09:00", "2020-03-01T08:09:00"));
    }

    @Test
    void a_later_session_looks_back_further_by_as_long_as_the_one_before_took() {
        feed.begin(Position.Orb.START);
        time.sleep(Duration.ofSeconds(90));
        ChangePage page =
                feed.page(Position.Orb.START, listing(List.of(listed(1, "2020-03-01T08:09:00")), false, 5), 1);

        assertThat(page.next().token()).isEqualTo("orb:2020-03-01T08:09:00~90");
        Position.Orb reached = (Position.Orb) Position.of(page.next());
        assertThat(feed().begin(reached).token()).isEqualTo("orb:2020-03-01T08:02:00");
        assertThat(reached.inSession().token()).isEqualTo("orb:2020-03-01T08:09:00");
    }

    @Test
    void a_site_that_has_nothing_leaves_no_cursor() {
        positions(5);

        assertThat(site.rest).isNull();
    }

    @Test
    void a_site_that_has_nothing_more_leaves_the_cursor_where_it_was() {
        Position.Orb begun =
                feed.begin((Position.Orb) Position.of(new Cursor("orb:2020-03-01T08:09:00.000120+4", null)));

        assertThat(begun.token()).isEqualTo("orb:2020-03-01T08:04:00.000120");
        ChangePage page = feed.page(begun, listing(List.of(), false, 20), 0);
        assertThat(page.next()).isEqualTo(new Cursor("orb:2020-03-01T08:09:00.000120", "2020-03-01T08:09:00.000120"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2020-03-01T00:03:07", "2020-03-01 00:03:07.000001", "2020-03-01T00:03", "2020-03-01T00:03:07Z"})
    void looking_back_keeps_the_form_that_the_peer_wrote(String literal) {
        PeerTime earlier = PeerTime.of(literal).orElseThrow().minus(Duration.ofMinutes(5));

        assertThat(earlier.literal())
                .isEqualTo(literal.replace("2020-03-01", "2020-02-29").replace("00:03", "23:58"));
        assertThat(earlier.value()).isEqualTo(OrbTime.read(earlier.literal()).orElseThrow());
    }

    @Test
    void times_go_into_an_address_so_that_they_arrive_as_they_are() {
        PeerTime time = PeerTime.of("2020-03-01 08:00:00+00:00").orElseThrow();

        assertThat(OrbFeed.path(new Position.Orb(time, 4), 500))
                .isEqualTo("/api/v1/resource/?order_by=update_date&status=approved&full=true&limit=500"
                        + "&update_date__gte=2020-03-01%2008:00:00%2B00:00&offset=4");
    }

    @Test
    void a_site_that_shows_no_order_is_read_by_offset_and_next_time_from_the_beginning() {
        IntStream.rangeClosed(1, 8).forEach(id -> site.add(id, 9 - id));
        site.order = Comparator.comparing(row -> row[0]);

        positions(3);

        assertThat(Set.copyOf(site.seen)).hasSize(8);
        assertThat(site.rest).isEqualTo(new Cursor("orb:", null));
    }

    @Test
    void a_site_that_does_not_know_the_filter_is_read_once_through() {
        IntStream.rangeClosed(1, 30).forEach(id -> site.add(id, id));
        site.filters = false;

        assertThat(positions(3)).hasSizeLessThan(20);
        assertThat(Set.copyOf(site.seen)).hasSize(30);
    }

    @Test
    void a_site_that_answers_the_same_page_for_ever_is_given_up() {
        List<Listing.Listed> same = List.of(listed(1, "2020-03-01T08:01:00"), listed(2, "2020-03-01T08:01:00"));

        assertThatThrownBy(() -> endless(same))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("same resources");
    }

    @Test
    void a_site_that_answers_empty_pages_for_ever_is_given_up() {
        assertThatThrownBy(() -> endless(List.of()))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("two empty pages");
    }

    @Test
    void an_empty_page_is_asked_for_again_and_then_passed_over() {
        Listing empty = listing(List.of(), true, 20);

        assertThat(feed.page(Position.Orb.START, empty, -1).next()).isEqualTo(new Cursor("orb:", null));
        ChangePage page = feed.page(Position.Orb.START, empty, -1);

        assertThat(page.last()).isFalse();
        assertThat(page.next()).isEqualTo(new Cursor("orb:+20", null));
    }

    @Test
    void a_cursor_of_another_make_means_the_beginning() {
        assertThat(Position.of(new Cursor("page 7", null))).isEqualTo(Position.Orb.START);
        assertThat(Position.of(new Cursor("orb:yesterday", null))).isEqualTo(Position.Orb.START);
        assertThat(Position.of(new Cursor("full:12345", null))).isEqualTo(new Position.Full(12_345));
    }

    /** Random sites change at random while they are read. The final version of every resource must have been read. */
    @Test
    void nothing_is_missed_however_a_site_changes_while_it_is_read() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            FeedSite changing = new FeedSite();
            int resources = 1 + random.nextInt(40);
            int dates = 1 + random.nextInt(12);
            IntStream.rangeClosed(1, resources).forEach(id -> changing.add(id, 1 + random.nextInt(dates)));
            int[] now = {dates};
            changing.afterPage = page -> {
                // A site with one date for all rows and an edit before each page would be read again and again, up to
                // three times.
                if (page % 3 == 0 && page < 12) {
                    now[0]++;
                    changing.add(1 + random.nextInt(resources + 2), now[0]);
                }
            };
            changing.read(feed(), 2 + random.nextInt(7));

            assertThat(changing.versions).as("seed %s", seed).containsAllEntriesOf(changing.current());
        }
    }

    /** Each page sorts equal dates anew, as PostgreSQL does for small pages. */
    @Test
    void of_one_date_none_is_missed_though_each_page_shows_them_in_another_order() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            FeedSite shuffling = new FeedSite();
            IntStream.rangeClosed(1, 30).forEach(id -> shuffling.add(id, id % 10 == 0 ? 2 : 1));
            shuffling.shuffle = random;
            shuffling.afterPage = page -> {
                if (random.nextInt(10) == 0) {
                    shuffling.add(1 + random.nextInt(27), 2 + page);
                }
            };

            shuffling.read(feed(), 8);

            assertThat(shuffling.versions).as("seed %s", seed).containsAllEntriesOf(shuffling.current());
        }
    }

    @Test
    void a_site_that_lists_resources_twice_is_read_to_its_end_all_the_same() {
        IntStream.rangeClosed(1, 9).forEach(id -> site.add(id, 1));
        site.twice = true;

        assertThat(positions(3)).hasSizeLessThan(100);
        assertThat(Set.copyOf(site.seen)).hasSize(9);
    }

    @Test
    void a_group_of_one_date_that_was_read_by_offset_is_complete_by_offset_and_rows() {
        IntStream.rangeClosed(1, 7).forEach(id -> site.add(id, 1));
        site.counts = true;

        positions(3);

        assertThat(site.completeness).isEqualTo(new Completeness.Complete());
    }

    @Test
    void a_site_that_lists_resources_twice_may_hide_others() {
        IntStream.rangeClosed(1, 9).forEach(id -> site.add(id, 1));
        site.twice = true;
        site.counts = true;

        positions(3);

        assertThat(site.completeness)
                .isInstanceOfSatisfying(
                        Completeness.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("repeats resources"));
    }

    /** Completeness is judged by each answer alone. A list that changes while it is read is not incomplete. */
    @Test
    void a_list_that_changes_while_it_is_read_is_not_taken_for_short() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            FeedSite changing = new FeedSite();
            changing.counts = true;
            int resources = 1 + random.nextInt(40);
            int dates = 1 + random.nextInt(12);
            IntStream.rangeClosed(1, resources).forEach(id -> changing.add(id, 1 + random.nextInt(dates)));
            int[] now = {dates};
            changing.afterPage = page -> {
                if (page % 3 == 0 && page < 12) {
                    changing.rows.remove(1 + random.nextInt(resources));
                    changing.add(1 + random.nextInt(resources + 2), ++now[0]);
                }
            };
            changing.read(feed(), 2 + random.nextInt(7));

            assertThat(changing.completeness).as("seed %s", seed).isNotInstanceOf(Shortfall.class);
        }
    }

    /** A list is never complete if an answer lacks rows that its count includes. */
    @Test
    void a_list_that_lacks_rows_is_never_taken_for_complete() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            FeedSite lacking = new FeedSite();
            lacking.counts = true;
            int resources = 1 + random.nextInt(40);
            int dates = 1 + random.nextInt(12);
            IntStream.rangeClosed(1, resources).forEach(id -> lacking.add(id, 1 + random.nextInt(dates)));
            int hidden = 1 + random.nextInt(resources);
            lacking.hidden = hidden;

            lacking.read(feed(), 2 + random.nextInt(7));

            assertThat(lacking.seen).as("seed %s", seed).doesNotContain(hidden);
            assertThat(lacking.completeness).as("seed %s", seed).isNotInstanceOf(Completeness.Complete.class);
        }
    }

    private void endless(List<Listing.Listed> objects) {
        Position from = Position.Orb.START;
        for (int i = 0; i < 50; i++) {
            from = Position.of(feed.page((Position.Orb) from, listing(objects, true, 2), -1)
                    .next());
        }
    }
}

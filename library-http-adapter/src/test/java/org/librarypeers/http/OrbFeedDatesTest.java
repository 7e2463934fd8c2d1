package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Cursor;
import org.librarypeers.sync.peer.ChangePage;

/** Tests of dates that the clock of a peer has not reached. */
class OrbFeedDatesTest extends ReadingAFeed {

    @Test
    void a_date_that_the_peer_has_not_reached_does_not_move_the_cursor() {
        site.add(1, 1).add(2, 5_000_000).add(3, 3);
        peerClock = minute(20);

        positions(500);

        assertThat(site.seen).containsExactly(1, 3, 2);
        assertThat(site.rest.token())
                .isEqualTo("orb:2020-03-01T08:03:00@" + minute(20).getEpochSecond());
        assertThat(site.rest.upTo()).isEqualTo("2020-03-01T08:03:00");
        assertThat(site.remarks).singleElement().asString().contains("resource 2 ", "2029-", "2020-03-01T08:20:00Z");
    }

    @Test
    void dates_within_the_look_back_are_read_again_by_the_next_run() {
        site.add(1, 1).add(2, 14).add(3, 16).add(4, 19);
        peerClock = minute(20);

        positions(500);

        assertThat(site.rest.upTo()).isEqualTo("2020-03-01T08:14:00");
        assertThat(site.remarks).isEmpty();
    }

    @Test
    void a_whole_list_in_the_future_is_read_page_by_page_and_from_its_beginning_by_the_next_run() {
        IntStream.rangeClosed(1, 9).forEach(id -> site.add(id, 5_000 + id / 4));
        peerClock = minute(20);

        positions(2);

        assertThat(Set.copyOf(site.seen)).hasSize(9);
        assertThat(site.rest.token()).isEqualTo("orb:@" + minute(20).getEpochSecond());
        assertThat(site.remarks.toString())
                .contains("resource 1 ", "6 more resources")
                .doesNotContain("resource 4 ");
    }

    @Test
    void a_zone_explains_dates_of_less_than_26_hours_ahead() {
        peerClock = minute(0);
        site.add(1, 26 * 60);
        positions(500);
        assertThat(site.remarks).isEmpty();

        site.add(2, 26 * 60 + 1);
        site.read(feed(), 500);
        assertThat(site.remarks).singleElement().asString().contains("resource 2 ", "2020-03-02T10:01:00");
    }

    @Test
    void a_date_with_a_zone_is_compared_in_utc() {
        peerClock = minute(20);
        Listing listing = listing(
                List.of(listed(1, "2020-03-01T10:10:00+02:00"), listed(2, "2020-03-01T10:25:00+02:00")), false, 20);

        assertThat(feed.page(Position.Orb.START, listing, 2).next().upTo()).isEqualTo("2020-03-01T10:10:00+02:00");
    }

    @Test
    void without_a_clock_no_date_is_limited_and_the_run_says_so() {
        site.add(1, 1).add(2, 5_000_000);

        positions(500);

        assertThat(site.rest.upTo()).startsWith("2029-");
        assertThat(site.remarks).singleElement().asString().contains("no Date header");
    }

    @Test
    void a_cursor_ahead_of_the_clock_is_replaced_by_the_time_at_which_the_list_was_last_read_to_its_end() {
        peerClock = minute(1_000);
        Position.Orb cursor = (Position.Orb) Position.of(
                new Cursor("orb:2029-01-01T00:00:30.5~60@" + minute(900).getEpochSecond(), null));
        feed.begin(cursor);

        Position.Orb corrected = feed.corrected(Position.Orb.START);

        // Local time may be twelve hours behind. The feed looks back five minutes more, plus the duration of that run.
        assertThat(corrected.time().value())
                .isBetween(MORNING.plusMinutes(900 - 720 - 7), MORNING.plusMinutes(900 - 720 - 6));
        assertThat(corrected.time().literal()).endsWith("30.5");
    }

    @Test
    void a_cursor_ahead_of_the_clock_is_dropped_where_that_time_is_not_known_or_ahead_too() {
        peerClock = minute(1_000);
        for (String clock : List.of("", "@" + minute(1_001).getEpochSecond())) {
            OrbFeed again = feed();
            again.begin((Position.Orb) Position.of(new Cursor("orb:2029-01-01T00:00:00" + clock, null)));

            assertThat(again.corrected(new Position.Orb(null, 7))).isEqualTo(Position.Orb.START);
            ChangePage page = again.page(Position.Orb.START, listing(List.of(), false, 20), 0);
            assertThat(page.remarks()).singleElement().asString().contains("2029-01-01T00:00:00", "from its beginning");
        }
    }

    @Test
    void a_cursor_that_the_clock_has_reached_is_used_as_it_is() {
        peerClock = minute(1_000);
        Position.Orb begin = feed.begin((Position.Orb) Position.of(new Cursor("orb:2020-03-02T00:40:00", null)));

        assertThat(feed.corrected(begin)).isEqualTo(begin);
    }

    /**
     * Random sites in any time zone, with rows far in the future and a clock that is sometimes wrong or missing, are
     * read by several runs. The final version of every changed resource must have been read.
     */
    @Test
    void nothing_is_missed_by_later_runs_whatever_dates_and_clocks_say() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            FeedSite dated = new FeedSite();
            int zone = (random.nextInt(27) - 12) * 60;
            int now = 2_000;
            Cursor cursor = null;
            for (int run = 0; run < 8; run++) {
                int wrong = random.nextInt(6) == 0 ? 700_000 : 0;
                for (int change = random.nextInt(4); change >= 0; change--) {
                    now += 1 + random.nextInt(3_000);
                    int slip = random.nextInt(8) == 0 ? 100_000 + random.nextInt(900_000) : 0;
                    dated.add(1 + random.nextInt(12), now + zone + wrong + slip);
                }
                now += 1 + random.nextInt(100);
                peerClock = random.nextInt(6) == 0 ? null : minute(now + wrong);
                cursor = dated.readOn(feed(), cursor, 2 + random.nextInt(7));
            }
            peerClock = minute(now);
            dated.readOn(feed(), cursor, 5);

            assertThat(dated.versions).as("seed %s", seed).containsAllEntriesOf(dated.current());
        }
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

class OrbFeedTest {

    private static final LocalDateTime MORNING = LocalDateTime.of(2020, 3, 1, 8, 0);

    private final Time time = new Time();

    /** The time in the Date header of each answer, or null for no header. */
    private Instant peerClock;

    private final OrbFeed feed = feed();
    private final Site site = new Site();

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

    private OrbFeed feed() {
        return new OrbFeed(
                new PeerFailures(FakePeer.peer("https://orb.example.org"), null), 500, time, () -> peerClock);
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
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Site changing = new Site();
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
            Site shuffling = new Site();
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
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Site changing = new Site();
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
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Site lacking = new Site();
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

    private static Instant minute(int minute) {
        return MORNING.plusMinutes(minute).toInstant(ZoneOffset.UTC);
    }

    @Test
    void a_date_that_the_peer_has_not_reached_does_not_move_the_cursor() {
        site.add(1, 1).add(2, 5_000_000).add(3, 3);
        peerClock = minute(20);

        positions(500);

        assertThat(site.seen).containsExactly(1, 3, 2);
        assertThat(site.rest.token())
                .isEqualTo("orb:2020-03-01T08:03:00@" + minute(20).getEpochSecond());
        assertThat(site.rest.upTo()).isEqualTo("2020-03-01T08:03:00");
        assertThat(site.remarks)
                .singleElement()
                .asString()
                .contains("resource 2 of the peer has the date 2029-", "but its clock shows 2020-03-01T08:20:00Z");
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
                .contains("resource 1 of the peer", "the same applies to 6 more resources")
                .doesNotContain("resource 4 of the peer");
    }

    @Test
    void a_zone_explains_dates_of_less_than_26_hours_ahead() {
        peerClock = minute(0);
        site.add(1, 26 * 60);
        positions(500);
        assertThat(site.remarks).isEmpty();

        site.add(2, 26 * 60 + 1);
        site.read(feed(), 500);
        assertThat(site.remarks)
                .singleElement()
                .asString()
                .contains("resource 2 of the peer has the date 2020-03-02T10:01:00");
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
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Site dated = new Site();
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

    private List<String> positions(int limit) {
        return site.read(feed, limit);
    }

    private void endless(List<Listing.Listed> objects) {
        Position from = Position.Orb.START;
        for (int i = 0; i < 50; i++) {
            from = Position.of(feed.page((Position.Orb) from, listing(objects, true, 2), -1)
                    .next());
        }
    }

    private static Listing listing(List<Listing.Listed> objects, boolean more, int limit) {
        return new Listing(objects, more ? "/another/path/" : null, true, null, limit, -1);
    }

    private static Listing.Listed listed(int id, String time) {
        ChangePage.Item item = new ChangePage.Item(String.valueOf(id), null, time, null);
        return new Listing.Listed(item, PeerTime.of(time).orElse(null), true, false);
    }

    /** Runs after each page that a site serves. */
    private interface Happening {
        void afterPage(int page);
    }

    /** A v1 site with the numbers of its resources, and the minute of the morning at which each one changed. */
    private static final class Site {
        final Map<Integer, Integer> rows = new HashMap<>();
        final List<Integer> seen = new ArrayList<>();
        final Map<Integer, String> versions = new HashMap<>();
        Comparator<int[]> order = Comparator.<int[]>comparingInt(row -> row[1]).thenComparingInt(row -> row[0]);
        boolean filters = true;
        boolean twice;
        boolean counts;
        Integer hidden;
        Completeness completeness;
        List<String> remarks = List.of();
        Random shuffle;
        Happening afterPage = page -> {};
        Cursor rest;

        Site add(int id, int minute) {
            rows.put(id, minute);
            return this;
        }

        Map<Integer, String> current() {
            Map<Integer, String> current = new HashMap<>();
            rows.forEach((id, minute) -> current.put(id, time(minute)));
            return current;
        }

        List<String> read(OrbFeed feed, int limit) {
            return read(feed, feed.begin(Position.Orb.START), limit);
        }

        /** Reads the site as a session with this cursor does, and returns the new cursor. */
        Cursor readOn(OrbFeed feed, Cursor cursor, int limit) {
            Position.Orb begin = feed.begin((Position.Orb) Position.of(cursor));
            read(feed, feed.corrected(begin), limit);
            return rest;
        }

        private List<String> read(OrbFeed feed, Position.Orb begin, int limit) {
            List<String> positions = new ArrayList<>();
            Position.Orb from = begin;
            for (int page = 1; page < 500; page++) {
                positions.add(from.token());
                ChangePage answer = feed.page(from, page(from, limit), -1);
                answer.items().forEach(item -> {
                    seen.add(Integer.valueOf(item.remoteId()));
                    versions.put(Integer.valueOf(item.remoteId()), item.version());
                });
                completeness = answer.completeness();
                if (answer.last()) {
                    rest = answer.next();
                    remarks = answer.remarks();
                    return positions;
                }
                afterPage.afterPage(page);
                from = feed.following(answer.next(), (Position.Orb) Position.of(answer.next()));
            }
            throw new AssertionError("read 500 pages of " + rows.size() + " resources");
        }

        private Listing page(Position.Orb from, int limit) {
            List<Map.Entry<Integer, Integer>> all = new ArrayList<>(rows.entrySet());
            if (twice) {
                all.addAll(rows.entrySet());
            }
            if (shuffle != null) {
                Collections.shuffle(all, shuffle);
            }
            List<Listing.Listed> found = all.stream()
                    .map(row -> new int[] {row.getKey(), row.getValue()})
                    .filter(row -> !filters
                            || from.time() == null
                            || time(row[1]).compareTo(from.time().literal()) >= 0)
                    .sorted(shuffle == null ? order : Comparator.comparingInt(row -> row[1]))
                    .map(row -> listed(row[0], time(row[1])))
                    .toList();
            int begin = Math.min(from.offset(), found.size());
            int end = Math.min(begin + limit, found.size());
            List<Listing.Listed> shown = found.subList(begin, end).stream()
                    .filter(row -> hidden == null || !row.item().remoteId().equals(String.valueOf(hidden)))
                    .toList();
            return new Listing(
                    shown, end < found.size() ? "/another/" : null, true, null, limit, counts ? found.size() : -1);
        }

        private static String time(int minute) {
            return OrbTime.text(MORNING.plusMinutes(minute));
        }
    }
}

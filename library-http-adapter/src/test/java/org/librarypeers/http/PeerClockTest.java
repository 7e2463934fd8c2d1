package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.librarypeers.sync.peer.ChangePage;

/** Tests of the limits that the clock of a peer sets. {@link DatedSiteTest} tests it against a site. */
class PeerClockTest {

    private static final Duration LOOK_BACK = Duration.ofMinutes(10);

    private @Nullable Instant stated = Time.NOON;
    private final PeerClock clock = new PeerClock(() -> stated, LOOK_BACK);

    private static PeerTime date(String literal) {
        return PeerTime.of(literal).orElseThrow();
    }

    private static Listing.Listed row(int id, @Nullable String updated) {
        return new Listing.Listed(
                new ChangePage.Item(Integer.toString(id), null, "v", null),
                updated == null ? null : date(updated),
                true,
                true);
    }

    private void read(String... updated) {
        clock.read(IntStream.range(0, updated.length)
                .mapToObj(i -> row(i + 1, updated[i]))
                .toList());
    }

    @Test
    void a_cursor_stays_behind_the_clock_by_the_time_that_changes_take_to_appear() {
        assertThat(clock.isBeyond(date("2026-03-01T11:50:00"))).isFalse();
        assertThat(clock.isBeyond(date("2026-03-01T11:50:01"))).isTrue();
        assertThat(clock.now()).isEqualTo(Time.NOON);

        stated = null;
        assertThat(clock.isBeyond(date("2027-03-01T12:00:00"))).isFalse();
        assertThat(clock.now()).isNull();
    }

    @Test
    void all_changes_since_a_time_are_later_than_that_time_in_the_last_zone() {
        PeerTime form = date("2026-03-02 09:30:15.25");

        assertThat(PeerClock.since(Time.NOON, form).literal()).isEqualTo("2026-02-28 23:59:15.25");
        assertThat(PeerClock.since(Time.NOON, date("2026-02-28T20:00:00")).literal())
                .isEqualTo("2026-02-28T20:00:00");
    }

    @Test
    void dates_that_no_time_zone_explains_are_reported() {
        read("2026-03-02T14:00:00", null, "2026-03-01T09:00:00");
        assertThat(clock.remarks()).isEmpty();

        read("2026-03-02T14:00:01");
        assertThat(clock.remarks())
                .singleElement()
                .asString()
                .contains("resource 1 ", "2026-03-02T14:00:01", "2026-03-01T12:00:00Z")
                .doesNotContain("the same applies");
    }

    @Test
    void three_of_the_dates_in_the_future_are_named_and_the_others_are_counted() {
        String[] dates = new String[3];
        Arrays.fill(dates, "2027-01-01T00:00:00");
        read(dates);
        assertThat(clock.remarks())
                .singleElement()
                .asString()
                .contains("resource 1 ", "resource 2 ", "resource 3 ")
                .doesNotContain("more resource");

        dates = new String[5];
        Arrays.fill(dates, "2027-01-01T00:00:00");
        read(dates);
        assertThat(clock.remarks())
                .singleElement()
                .asString()
                .contains("resource 3 ", "2 more resources")
                .doesNotContain("resource 4 ");
    }

    @Test
    void one_answer_without_a_time_is_reported() {
        read("2026-03-01T09:00:00");
        stated = null;
        read("2027-03-01T09:00:00");
        stated = Time.NOON;
        read("2026-03-01T09:00:00");

        assertThat(clock.remarks()).singleElement().asString().contains("no Date header");
    }

    @Test
    void a_corrected_cursor_is_reported_before_the_other_remarks() {
        clock.corrected(date("2027-01-01T00:00:00"), null);
        clock.corrected(date("2027-01-01T00:00:00"), date("2026-02-01T00:00:00"));
        read("2027-05-01T00:00:00");

        List<String> remarks = clock.remarks();
        assertThat(remarks).hasSize(3);
        assertThat(remarks.get(0)).contains("2027-01-01T00:00:00", "2026-03-01T12:00:00Z", "from its beginning");
        assertThat(remarks.get(1)).endsWith("from 2026-02-01T00:00:00");
        assertThat(remarks.get(2)).contains("2027-05-01T00:00:00");
    }
}

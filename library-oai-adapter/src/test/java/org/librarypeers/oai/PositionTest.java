package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Cursor;

/** Tests of the position up to which a repository has been read. */
class PositionTest {

    private static final String SCOPE = "scope";
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Instant BEGUN = NOON.plusSeconds(90);
    private static final Instant NEWEST = NOON.plusSeconds(60);
    private static final Position WITHIN = new Position(NOON, BEGUN, NEWEST, 7, true, "a b+c/Ä");

    private static Position read(Position position) {
        return Position.of(position.cursor(SCOPE), SCOPE);
    }

    private static Position withToken(int length) {
        return new Position(NOON, BEGUN, NEWEST, 7, false, "x".repeat(length));
    }

    @Nested
    class A_cursor {

        @Test
        void is_read_back_as_it_was_written() {
            assertThat(read(WITHIN)).isEqualTo(WITHIN);
            assertThat(read(Position.START)).isEqualTo(Position.START);
            assertThat(WITHIN.cursor(SCOPE).upTo()).isEqualTo(NEWEST.toString());
            assertThat(Position.START.cursor(SCOPE).upTo()).isNull();
        }

        @Test
        void of_another_scope_is_the_start() {
            assertThat(Position.of(WITHIN.cursor("other"), SCOPE)).isEqualTo(Position.START);
            assertThat(Position.of(null, SCOPE)).isEqualTo(Position.START);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "oai1 scope - - - 0 false",
                    "oai1 scope - - - 0 false - -",
                    "oai2 scope - - - 3 false -",
                    "oai1 scope soon - - 3 false -",
                    "oai1 scope - - - x false -",
                    "oai1 scope - - - 3 false %"
                })
        void that_cannot_be_read_is_the_start(String token) {
            assertThat(Position.of(new Cursor(token, null), SCOPE)).isEqualTo(Position.START);
        }

        @Test
        void with_a_token_that_is_too_long_is_that_of_the_beginning_of_the_list() {
            assertThat(read(withToken(700))).isEqualTo(withToken(700));
            assertThat(read(withToken(701))).isEqualTo(new Position(NOON, null, NEWEST, 0, false, null));
        }
    }

    @Nested
    class A_page {

        @Test
        void counts_its_records_and_continues_with_its_token() {
            Position after = WITHIN.after(3, NOON.plusSeconds(500), null, "next");

            assertThat(after).isEqualTo(new Position(NOON, BEGUN, NEWEST, 10, true, "next"));
        }

        @Test
        void begins_the_list_if_it_is_the_first() {
            Position after = Position.START.after(3, BEGUN, NEWEST, null);

            assertThat(after).isEqualTo(new Position(null, BEGUN, NEWEST, 3, false, null));
        }

        @Test
        void moves_the_newest_datestamp_only_forwards() {
            assertThat(WITHIN.after(1, null, NEWEST.plusSeconds(1), null).newest())
                    .isEqualTo(NEWEST.plusSeconds(1));
            assertThat(WITHIN.after(1, null, NEWEST.minusSeconds(1), null).newest())
                    .isEqualTo(NEWEST);
        }
    }

    @Nested
    class The_next_list {

        private Position ended(Instant from, Instant begun, boolean again) {
            return new Position(from, begun, NEWEST, 9, again, null);
        }

        @Test
        void is_the_same_once_more_if_it_was_too_short() {
            assertThat(ended(NOON, BEGUN, false).rest(Granularity.SECOND, true))
                    .isEqualTo(new Position(NOON, null, NEWEST, 0, true, null));
        }

        @Test
        void is_another_one_if_it_was_too_short_twice() {
            assertThat(ended(null, BEGUN, true).rest(Granularity.SECOND, true))
                    .isEqualTo(new Position(NEWEST.minus(Duration.ofHours(1)), null, NEWEST, 0, false, null));
        }

        @Test
        void overlaps_the_newest_datestamp_but_does_not_begin_before_the_last_list() {
            assertThat(ended(null, BEGUN, false).rest(Granularity.DAY, false).from())
                    .isEqualTo(NEWEST.minus(Duration.ofDays(1)));
            assertThat(ended(NOON, BEGUN, false).rest(Granularity.DAY, false).from())
                    .isEqualTo(NOON);
        }

        @Test
        void begins_after_the_newest_datestamp_when_two_days_have_passed_there() {
            Instant settled = NEWEST.plusSeconds(1).plus(Duration.ofDays(2));
            Instant overlapping = NEWEST.minus(Duration.ofHours(1));

            assertThat(ended(null, settled.plusNanos(1), false)
                            .rest(Granularity.SECOND, false)
                            .from())
                    .isEqualTo(NEWEST.plusSeconds(1));
            assertThat(ended(null, settled, false)
                            .rest(Granularity.SECOND, false)
                            .from())
                    .isEqualTo(overlapping);
            assertThat(ended(null, null, false).rest(Granularity.SECOND, false).from())
                    .isEqualTo(overlapping);
        }

        @Test
        void begins_where_the_last_one_began_if_nothing_was_dated() {
            assertThat(new Position(NOON, BEGUN, null, 9, true, null).rest(Granularity.SECOND, false))
                    .isEqualTo(new Position(NOON, null, null, 0, false, null));
        }
    }
}

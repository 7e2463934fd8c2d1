package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PrimaryHistoryTest {

    private static final UUID LIBRARY = UUID.fromString("6f1d1d0e-3a55-4f0b-9a43-2f4a6d1f8f11");
    private static final ServerState PRIMARY = new ServerState(false, 0, 1, 7, 99, LIBRARY);
    private static final ServerState STANDBY = new ServerState(true, 0, 1, 8, 99, LIBRARY);

    private final PrimaryHistory history = new PrimaryHistory(Duration.ofSeconds(60));

    /** Adds a sample of the primary, at a number of seconds that may be negative, like those of the JVM. */
    private void sample(long second, long position) {
        history.add(at(second), PRIMARY.at(position));
    }

    private static long at(long second) {
        return Duration.ofSeconds(second - 1_000).toNanos();
    }

    private long required(long second) {
        return Objects.requireNonNull(history.required(at(second))).position();
    }

    private Duration lag(long position, long second) {
        return history.lag(STANDBY.at(position), at(second));
    }

    @Test
    void a_replica_must_have_the_oldest_position_within_the_limit() {
        sample(0, 100);
        sample(1, 200);
        sample(2, 300);
        assertThat(required(2)).isEqualTo(100);
        assertThat(required(60)).isEqualTo(100);
        assertThat(required(61)).isEqualTo(200);
        assertThat(required(62)).isEqualTo(300);
    }

    @Test
    void nothing_is_known_before_the_first_sample_and_long_after_the_last() {
        assertThat(history.required(at(0))).isNull();
        sample(0, 100);
        assertThat(required(60)).isEqualTo(100);
        assertThat(history.required(at(61))).isNull();
    }

    @Test
    void an_idle_primary_causes_no_lag() {
        sample(0, 100);
        sample(3_600, 100);
        assertThat(lag(100, 3_600)).isZero();
    }

    @Test
    void the_lag_begins_with_the_first_sample_that_the_replica_lacks() {
        sample(0, 100);
        sample(1, 200);
        sample(2, 300);
        assertThat(lag(150, 2)).isEqualTo(Duration.ofSeconds(1));
        sample(500, 400);
        assertThat(lag(150, 500)).isEqualTo(Duration.ofSeconds(499));
        assertThat(lag(400, 501)).isZero();
    }

    @Test
    void positions_before_a_failover_do_not_count() {
        sample(0, 500);
        history.add(at(1), new ServerState(false, 100, 2, 9, 99, LIBRARY));
        ServerState required = Objects.requireNonNull(history.required(at(1)));
        assertThat(required.position()).isEqualTo(100);
        assertThat(required.timeline()).isEqualTo(2);
    }

    @Test
    void a_standby_of_the_primary_is_fit_and_others_are_not() {
        assertThat(STANDBY.unfitFor(PRIMARY)).isNull();
        assertThat(PRIMARY.unfitFor(PRIMARY)).isNull();
        assertThat(new ServerState(true, 0, 1, 8, 98, LIBRARY).unfitFor(PRIMARY))
                .contains("another database");
        assertThat(new ServerState(true, 0, 1, 8, 99, UUID.randomUUID()).unfitFor(PRIMARY))
                .contains("another database");
        assertThat(new ServerState(false, 0, 1, 8, 99, LIBRARY).unfitFor(PRIMARY))
                .contains("neither a standby nor the primary");
        assertThat(new ServerState(true, 0, 1, 8, 99, LIBRARY).unfitFor(new ServerState(false, 0, 2, 9, 99, LIBRARY)))
                .contains("failover");
    }

    @Test
    void only_a_standby_can_miss_something() {
        assertThat(STANDBY.at(90).missing(PRIMARY.at(100))).isEqualTo(10);
        assertThat(STANDBY.at(100).missing(PRIMARY.at(100))).isZero();
        assertThat(STANDBY.at(110).missing(PRIMARY.at(100))).isZero();
        assertThat(PRIMARY.at(90).missing(PRIMARY.at(100))).isZero();
    }
}

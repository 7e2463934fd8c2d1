package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;

/** Tests of positions in a feed, of the dates in them, and of redirects. */
class PositionTest {

    private static final PeerTime TIME = PeerTime.of("2016-11-30 01:36:41.5Z").orElseThrow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "full:12345",
                "full:0",
                "orb:",
                "orb:2016-11-30T01:36:41",
                "orb:2016-11-30 01:36:41.5Z+500~90@1480469801",
                "orb:+7",
                "orb:2016-11-30T01:36~60"
            })
    void a_position_is_read_back_as_it_was_written(String token) {
        Position position = Position.of(new Cursor(token, null));

        assertThat(position.token()).isEqualTo(token);
        assertThat(position.cursor("x")).isEqualTo(new Cursor(token, "x"));
        String kind = position.match(orb -> "orb", full -> "full");
        assertThat(kind).isEqualTo(token.substring(0, token.indexOf(':')));
    }

    @Test
    void each_part_of_a_position_is_read() {
        assertThat(Position.of(new Cursor("orb:2016-11-30 01:36:41.5Z+500~90@1480469801", null)))
                .isEqualTo(new Position.Orb(TIME, 500, 90, Instant.ofEpochSecond(1_480_469_801)));
        assertThat(Position.of(new Cursor("full:77", null))).isEqualTo(new Position.Full(77));
        assertThat(new Position.Orb(TIME, 5).reachedAfter(9, Instant.EPOCH))
                .isEqualTo(new Position.Orb(TIME, 5, 9, Instant.EPOCH));
        assertThat(new Position.Orb(TIME, 5, 9, Instant.EPOCH).inSession()).isEqualTo(new Position.Orb(TIME, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "full:", "full:-1", "orb:soon", "orb:2016-11-30T01:36:41+x"})
    void an_unknown_position_is_the_start(String token) {
        assertThat(Position.of(new Cursor(token, null))).isEqualTo(Position.Orb.START);
        assertThat(Position.of(null)).isEqualTo(Position.Orb.START);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-11-30T01:36:41, PT2M30S, 2016-11-30T01:34:41",
        "2016-11-30 00:01:41.5+02:00, PT2M, 2016-11-29 23:59:41.5+02:00",
        "2016-11-30T01:36Z, PT1H, 2016-11-30T00:36Z"
    })
    void a_date_minus_minutes_keeps_its_form(String literal, Duration minus, String earlier) {
        PeerTime time = PeerTime.of(literal).orElseThrow();

        assertThat(time.minus(minus)).isEqualTo(PeerTime.of(earlier).orElseThrow());
        assertThat(time.minus(minus).isBefore(time)).isTrue();
        assertThat(time.isBefore(time)).isFalse();
        assertThat(PeerTime.of(null)).isEmpty();
        assertThat(PeerTime.of("2016-11-30")).isEmpty();
        assertThat(PeerTime.of("2016-13-30T01:36:41")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2016-11-30T01:36:41, 2016-11-30T01:36:41, 2016-11-30T01:36:41",
        "2016-11-30T01:36:41, 2016-11-30T02:00:00, 2016-11-30T01:36:41",
        "2016-11-30T01:36:41, 2016-11-30T01:36:40, 2016-11-30T01:35:41",
        "2016-11-30T01:36:41, 2016-11-30T01:35:41, 2016-11-30T01:35:41",
        "2016-11-30T01:36:41, 2016-11-30T01:00:00, 2016-11-30T00:59:41"
    })
    void a_date_ahead_of_the_clock_becomes_one_just_before_it(String literal, String latest, String result) {
        PeerTime time = PeerTime.of(literal).orElseThrow();
        Instant clock = Instant.parse(latest + "Z");

        assertThat(time.notAfter(clock).literal()).isEqualTo(result);
        assertThat(time.isAfter(clock)).isEqualTo(!literal.equals(result));
    }

    private static final Redirects REDIRECTS = new Redirects(PeerHost.of("http://a.example"));

    @ParameterizedTest
    @CsvSource({
        "http://a.example/x, /y?z, http://a.example/y?z",
        "http://a.example/x, http://A.example:80/y, http://A.example:80/y",
        "http://a.example/x, https://a.example/x, https://a.example/x",
        "http://a.example:8080/x, https://a.example/x, https://a.example/x",
        "https://a.example/x, https://a.example:443/y, https://a.example:443/y"
    })
    void a_redirect_within_the_host_is_followed(URI from, String location, URI to) {
        assertThat(REDIRECTS.follow(from, location)).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/x, http://b.example/x",
        "http://a.example/x, http://a.example:8080/x",
        "https://a.example/x, http://a.example/x",
        "https://a.example/x, https://a.example:8443/x"
    })
    void a_redirect_to_another_place_is_refused_with_it(URI from, String location) {
        assertThatThrownBy(() -> REDIRECTS.follow(from, location))
                .isInstanceOfSatisfying(
                        PeerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(PeerTrouble.MOVED))
                .hasMessageContaining("redirects to " + location.substring(0, location.length() - 2) + "; ")
                .hasMessageContaining(
                        from.getScheme().equals("https") && location.startsWith("http:")
                                ? "the connection is unencrypted"
                                : "change the peer's host to it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://[", "mailto:a@b.org", "ftp://a.example/x", "http://me:key@a.example/"})
    void a_redirect_to_an_invalid_address_is_refused(String location) {
        assertThatThrownBy(() -> REDIRECTS.follow(URI.create("http://a.example/x"), location))
                .isInstanceOfSatisfying(
                        PeerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY))
                .hasMessageContaining("redirects to an invalid address");
    }

    @Test
    void only_a_change_of_the_scheme_is_an_upgrade() {
        URI asked = URI.create("http://a.example/x?y");

        assertThat(Redirects.onlyUpgrades(asked, URI.create("https://a.example/x?y")))
                .isTrue();
        assertThat(Redirects.onlyUpgrades(asked, URI.create("http://a.example/x?y")))
                .isFalse();
        assertThat(Redirects.onlyUpgrades(asked, URI.create("https://a.example/z?y")))
                .isFalse();
        assertThat(Redirects.onlyUpgrades(asked, URI.create("https://a.example/x?z")))
                .isFalse();
        assertThat(Redirects.onlyUpgrades(URI.create("https://a.example/x?y"), asked))
                .isFalse();
        assertThat(REDIRECTS.endless()).hasMessageContaining("redirects more than 5 times");
    }
}

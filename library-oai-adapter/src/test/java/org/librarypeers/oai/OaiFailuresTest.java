package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Tests of the failures of repositories, as administrators read them. */
class OaiFailuresTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Peer PEER =
            ScriptedRepository.peer(new PeerAccess.Oai(URI.create("https://repository.example.org/oai")));

    private final OaiFailures failures = failures(3, Duration.ofSeconds(60));

    private static OaiFailures failures(int attempts, Duration timeout) {
        return new OaiFailures(
                PEER,
                new Settings(
                        Clock.fixed(NOON, ZoneOffset.UTC), timeout, 1, Duration.ZERO, attempts, Duration.ofMillis(1)));
    }

    private static AnswerException status(int status) {
        return AnswerException.status(status, null);
    }

    private static String message(PeerException failure) {
        assertThat(failure).hasMessageStartingWith("https://repository.example.org/oai ");
        return failure.getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_A_LIBRARY, was not found (404)",
        "410, NOT_A_LIBRARY, was not found (410)",
        "401, BLOCKED, rejected the request (401)",
        "403, BLOCKED, rejected the request (403)",
        "451, BLOCKED, rejected the request (451)",
        "429, THROTTLED, has throttled this library",
        "500, UNAVAILABLE, has an internal problem (status 500 in each of 3 attempts)",
        "503, UNAVAILABLE, has an internal problem (status 503 in each of 3 attempts)",
        "499, NOT_A_LIBRARY, answered with status 499;"
    })
    void a_status_says_what_is_wrong(int status, PeerTrouble reason, String words) {
        PeerException failure = failures.of(status(status));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(message(failure)).contains(words);
        assertThat(failure.detail()).contains("status " + status);
    }

    @Test
    void attempts_are_named_only_if_there_were_several() {
        AnswerException page = AnswerException.body("a web page", null);

        assertThat(message(failures.of(page))).contains("answered with a web page in each of 3 attempts; check that");
        assertThat(message(failures(1, Duration.ofSeconds(1)).of(page))).contains("answered with a web page; check");
    }

    @Test
    void the_address_counts_as_right_once_the_repository_has_answered() {
        failures.answered();

        PeerException failure = failures.of(status(404));
        assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
        assertThat(message(failure)).contains("has answered as a repository before");
        assertThat(failures.of(new ProtocolException("x")).reason()).isEqualTo(PeerTrouble.UNREADABLE);
        assertThat(failures.otherProtocol("is odd").reason()).isEqualTo(PeerTrouble.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "cannotDisseminateFormat, choose another one",
        "noSetHierarchy, remove the set",
        "badVerb, tell its administrator"
    })
    void an_error_of_the_protocol_says_what_to_do(String code, String remedy) {
        PeerException failure = failures.of(new OaiPage.ProtocolError(code, "Two\n\u0007 lines " + "x".repeat(300)));

        assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
        assertThat(message(failure)).contains(code + " Two lines xx").contains(remedy);
        assertThat(failure.detail().orElseThrow()).startsWith(code).hasSizeLessThanOrEqualTo(201);
    }

    @Test
    void lost_connections_are_told_apart() {
        assertThat(failures.of(new HttpConnectTimeoutException("x")).reason()).isEqualTo(PeerTrouble.NO_ANSWER);
        assertThat(message(failures.of(new HttpConnectTimeoutException("x")))).contains("did not accept a connection");
        assertThat(failures.of(new HttpTimeoutException("x")).reason()).isEqualTo(PeerTrouble.NO_ANSWER);
        assertThat(message(failures.of(new HttpTimeoutException("x"))))
                .contains("did not answer within 60 s in each of 3 attempts");
        assertThat(message(failures(1, Duration.ofMillis(50)).of(new HttpTimeoutException("x"))))
                .contains("did not answer within 50 ms;");
        assertThat(failures.of(new ProtocolException("x")).reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
        assertThat(failures.of(new ConnectException()).reason()).isEqualTo(PeerTrouble.NOBODY_LISTENS);
        assertThat(failures.of(new SSLException("plaintext connection?")).reason())
                .isEqualTo(PeerTrouble.NO_TLS);
        assertThat(failures.of(new EOFException()).reason()).isEqualTo(PeerTrouble.UNREACHABLE);
    }

    @Test
    void a_wrong_certificate_or_protocol_stays_wrong() {
        assertThat(OaiFailures.isTemporary(
                        (IOException) new SSLHandshakeException("x").initCause(new CertificateException())))
                .isFalse();
        assertThat(OaiFailures.isTemporary(new ProtocolException("x"))).isFalse();
        assertThat(OaiFailures.isTemporary(new SSLException("broken pipe"))).isTrue();
        assertThat(OaiFailures.isTemporary(new IOException(new CertificateException())))
                .isTrue();
    }

    @Test
    void an_answer_is_requested_again_if_that_may_help() {
        assertThat(status(500).isTemporary()).isTrue();
        assertThat(status(499).isTemporary()).isFalse();
        assertThat(AnswerException.body("x", null).isTemporary()).isTrue();
        assertThat(status(429).isThrottling()).isTrue();
        assertThat(status(503).isThrottling()).isFalse();
        assertThat(AnswerException.status(503, Duration.ZERO).isThrottling()).isTrue();
        assertThat(AnswerException.status(500, Duration.ZERO).isThrottling()).isFalse();
    }

    @Test
    void a_throttle_ends_at_a_whole_second_that_is_not_too_early() {
        PeerThrottledException throttled = (PeerThrottledException)
                failures.throttled(Duration.ofSeconds(90).plusMillis(1));

        assertThat(throttled.until()).isEqualTo(NOON.plusSeconds(91));
        assertThat(message(failures.throttled(Duration.ofSeconds(90))))
                .endsWith(NOON.plusSeconds(90).toString());
        assertThat(failures.stopped().reason()).isEqualTo(PeerTrouble.STOPPED);
        assertThat(failures.noProgress("repeats itself").reason()).isEqualTo(PeerTrouble.UNREADABLE);
    }

    private static @Nullable PeerException refused(String location) {
        return catchThrowableOfType(
                PeerException.class,
                () -> Redirects.follow(PEER, URI.create("https://repository.example.org/oai?verb=Identify"), location));
    }

    @Test
    void a_redirect_that_leaves_the_host_names_the_new_place_without_the_request() {
        PeerException moved = refused("https://new.example.org/oai?verb=Identify#a");

        assertThat(moved.reason()).isEqualTo(PeerTrouble.MOVED);
        assertThat(moved.detail()).contains("https://new.example.org/oai");
        assertThat(message(moved)).doesNotContain("verb");
        assertThat(refused("").reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
        assertThat(refused("/other")).isNull();
        assertThat(message(Redirects.endless(PEER))).contains("more than 5 times");
    }
}

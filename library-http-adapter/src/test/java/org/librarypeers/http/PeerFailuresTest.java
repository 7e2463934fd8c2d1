package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;

class PeerFailuresTest {

    static final List<Arguments> CERTIFICATES = List.of(
            tls(
                    "expired",
                    PeerTrouble.CERTIFICATE_EXPIRED,
                    new SSLHandshakeException("PKIX path validation failed"),
                    new CertificateExpiredException()),
            tls(
                    "for another host name",
                    PeerTrouble.CERTIFICATE_OF_ANOTHER,
                    new SSLHandshakeException("No subject alternative DNS name matching x found."),
                    new CertificateException("No subject alternative DNS name matching x found.")),
            tls(
                    "does not trust",
                    PeerTrouble.CERTIFICATE_UNTRUSTED,
                    new SSLHandshakeException("PKIX path building failed"),
                    new CertPathBuilderException()),
            tls(
                    "does not use TLS",
                    PeerTrouble.NO_TLS,
                    new SSLException("Unsupported or unrecognized SSL message"),
                    null),
            tls(
                    "dropped the connection",
                    PeerTrouble.UNREACHABLE,
                    new SSLException("closing inbound before receiving peer's close_notify"),
                    null));

    static final Settings SETTINGS = new Settings(
            Clock.systemUTC(),
            "x",
            () -> null,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            1,
            1,
            Duration.ZERO,
            1,
            3,
            Duration.ofMillis(1),
            duration -> {},
            RequestListener.NONE,
            null);

    private final PeerFailures failures = new PeerFailures(FakePeer.peer("https://orb.example.org"), SETTINGS);

    private static Arguments tls(String words, PeerTrouble reason, IOException failure, Throwable cause) {
        if (cause != null) {
            failure.initCause(cause);
        }
        return Arguments.of(words, reason, failure);
    }

    @ParameterizedTest
    @FieldSource("CERTIFICATES")
    void trouble_with_the_certificate_is_named(String words, PeerTrouble reason, IOException failure) {
        PeerException said = failures.of(failure);

        assertThat(said.reason()).isEqualTo(reason);
        assertThat(said).hasMessageStartingWith("https://orb.example.org ").hasMessageContaining(words);
    }

    @Test
    void only_a_certificate_is_not_tried_again() {
        assertThat(RequestPacer.isTemporary(new SSLHandshakeException("x").initCause(new CertificateException())))
                .isFalse();
        assertThat(RequestPacer.isTemporary(new SSLException("broken pipe"))).isTrue();
    }

    @Test
    void what_is_no_http_is_no_library() {
        assertThat(failures.of(new ProtocolException("Invalid status line")).reason())
                .isEqualTo(PeerTrouble.NOT_A_LIBRARY);
    }

    @Test
    void a_network_that_leads_nowhere_is_told_from_a_port_where_nobody_listens() {
        IOException nowhere = new ConnectException();
        nowhere.initCause(new NoRouteToHostException("No route to host"));

        assertThat(failures.of(nowhere).reason()).isEqualTo(PeerTrouble.UNREACHABLE);
        assertThat(failures.of(new ConnectException()).reason()).isEqualTo(PeerTrouble.NOBODY_LISTENS);
    }

    @Test
    void a_connection_that_does_not_stand_says_how_long_it_was_waited_for() {
        assertThat(failures.of(new HttpConnectTimeoutException("x"))).hasMessageContaining("within 10 s");
    }

    @Test
    void a_key_of_one_letter_does_not_riddle_the_message() {
        Peer known = FakePeer.peer("https://orb.example.org");
        Peer peer = known.withCredentials("u", new ApiKey("k"));

        assertThat(new PeerFailures(peer, null).of(new AnswerException.Malformed("kiosk talk")))
                .hasMessage("https://orb.example.org answered with kiosk talk;"
                        + " check that this is the address of a library");
    }

    @Test
    void an_answer_that_echoes_the_key_does_not_bring_it_into_the_message() {
        assertThat(failures.of(new AnswerException.Malformed("text/" + FakePeer.KEY)))
                .hasMessageContaining("[hidden]")
                .hasMessageNotContaining(FakePeer.KEY);
    }

    private static PeerFailures failures(int attempts, Duration timeout, ProxyRoute proxy) {
        return new PeerFailures(
                FakePeer.peer("https://orb.example.org"),
                new Settings(
                        Clock.systemUTC(),
                        "x",
                        () -> null,
                        timeout,
                        timeout,
                        1,
                        1,
                        Duration.ZERO,
                        1,
                        attempts,
                        Duration.ofMillis(1),
                        duration -> {},
                        RequestListener.NONE,
                        proxy));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | REFUSED | rejected the API key of user me@example.org (401);",
                "403 | REFUSED | rejected user me@example.org (403);",
                "404 | NOT_A_LIBRARY | has no /api/v1/resource/ (404); check that this is the address",
                "407 | NOT_A_LIBRARY | answered with status 407 to a request",
                "410 | NOT_A_LIBRARY | has no /api/v1/resource/ (410); check that this is the address",
                "429 | THROTTLED | has throttled this library (429);",
                "499 | NOT_A_LIBRARY | answered with status 499 to a request",
                "500 | UNAVAILABLE | has an internal problem (status 500 in each of 3 attempts);"
            })
    void a_status_says_what_is_wrong(int code, PeerTrouble reason, String words) {
        PeerException failure = failures.of(new AnswerException.Status(code, null));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageContaining(words);
        assertThat(failure.detail()).contains(Integer.toString(code));
    }

    @Test
    void a_firewall_in_front_of_the_peer_is_named_with_its_words() {
        PeerException failure =
                failures.of(new AnswerException.Status(403, null, new ErrorText("Access denied", true, "cloudy")));

        assertThat(failure.reason()).isEqualTo(PeerTrouble.BLOCKED);
        assertThat(failure).hasMessageContaining("rejected it (403 from cloudy: \"Access denied\")");
        assertThat(failures.of(new AnswerException.Status(403, null, new ErrorText(null, true, null))))
                .hasMessageContaining("rejected it (403);");
    }

    @Test
    void the_address_counts_as_right_once_the_peer_has_answered_as_a_library() {
        failures.answered();

        for (PeerException failure : List.of(
                failures.of(new AnswerException.Status(404, null)),
                failures.of(new AnswerException.Status(499, null)),
                failures.of(new AnswerException.Malformed("text")),
                failures.of(new ProtocolException("x")))) {
            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
        }
        assertThat(failures.of(new AnswerException.Status(404, null)))
                .hasMessageContaining("has answered as a library before");
    }

    @Test
    void the_type_of_an_answer_that_is_not_json_is_a_detail() {
        AnswerException page = AnswerException.Malformed.ofType("text/html", new ErrorText("Hello", true, null));

        assertThat(failures.of(page).detail()).contains("text/html: \"Hello\"");
        assertThat(failures.of(new AnswerException.Malformed("text")).detail()).isEmpty();
    }

    @Test
    void a_lost_answer_says_after_how_many_attempts() {
        PeerFailures once = failures(1, Duration.ofMillis(50), null);

        assertThat(failures.of(new HttpTimeoutException("x")).reason()).isEqualTo(PeerTrouble.NO_ANSWER);
        assertThat(failures.of(new HttpTimeoutException("x")))
                .hasMessageContaining("did not answer within 60 s in each of 3 attempts;");
        assertThat(once.of(new HttpTimeoutException("x"))).hasMessageContaining("did not answer within 50 ms;");
        assertThat(once.of(new HttpConnectTimeoutException("x"))).hasMessageContaining("a connection within 50 ms;");
        assertThat(failures.of(new EOFException()))
                .hasMessageContaining("ended its answer early in each of 3 attempts;");
        assertThat(once.of(new EOFException())).hasMessageContaining("ended its answer early;");
        assertThat(failures.of(new IOException("reset")))
                .hasMessageContaining("dropped the connection in each of 3 attempts;");
        assertThat(once.of(new AnswerException.Status(502, null))).hasMessageContaining("(status 502);");
        assertThat(PeerFailures.isTimeout(new HttpTimeoutException("x"))).isTrue();
        assertThat(PeerFailures.isTimeout(new IOException("x"))).isFalse();
    }

    @Test
    void trouble_with_the_proxy_is_told_from_trouble_with_the_peer() {
        ProxyRoute route = new ProxyRoute(InetSocketAddress.createUnresolved("proxy", 3128), List.of(), null);
        PeerFailures behind = failures(1, Duration.ofSeconds(1), route);

        assertThat(behind.isBehindProxy()).isTrue();
        assertThat(failures.isBehindProxy()).isFalse();
        for (PeerException failure : List.of(
                behind.of(new AnswerException.Status(407, null)),
                behind.of(new ConnectException()),
                behind.of(new HttpConnectTimeoutException("x")))) {
            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREACHABLE);
            assertThat(failure).hasMessageContaining("the proxy proxy:3128");
        }
        assertThat(behind.of(new EOFException())).hasMessageNotContaining("proxy");
    }

    @Test
    void each_other_trouble_has_its_kind() {
        assertThat(failures.needsTls().reason()).isEqualTo(PeerTrouble.NEEDS_TLS);
        assertThat(failures.noTls().reason()).isEqualTo(PeerTrouble.NO_TLS);
        assertThat(failures.stopped().reason()).isEqualTo(PeerTrouble.STOPPED);
        assertThat(failures.noProgress("repeats").reason()).isEqualTo(PeerTrouble.UNREADABLE);
        assertThat(failures.throttled(Instant.EPOCH)).hasMessageContaining(Instant.EPOCH.toString());
    }

    @Test
    void a_key_is_hidden_in_each_form_in_which_an_answer_may_repeat_it() {
        Peer peer = FakePeer.peer("https://orb.example.org").withCredentials("u", new ApiKey("k&y<\"'>/\\"));
        PeerFailures keyed = new PeerFailures(peer, SETTINGS);

        for (String form : List.of(
                "k&y<\"'>/\\",
                "K%26Y%3C%22%27%3E%2F%5C",
                "k&amp;y&lt;\"'&gt;/\\",
                "k&amp;y&lt;&quot;'&gt;/\\",
                "k&amp;y&lt;&quot;&#39;&gt;/\\",
                "k&amp;y&lt;&quot;&#x27;&gt;/\\",
                "k&y<\\\"'>/\\\\",
                "k&y<\"'>\\/\\")) {
            assertThat(keyed.hidden("a " + form + " b")).as(form).isEqualTo("a [hidden] b");
        }
        assertThat(new PeerFailures(peer.withCredentials("u", new ApiKey("1234567")), SETTINGS).hidden("12345678"))
                .isEqualTo("12345678");
    }
}

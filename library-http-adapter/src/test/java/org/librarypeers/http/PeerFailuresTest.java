package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
}

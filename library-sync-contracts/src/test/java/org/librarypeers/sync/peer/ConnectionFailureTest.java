package org.librarypeers.sync.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.librarypeers.domain.PeerTrouble;

/** Tests of the reasons of failed connections, which all clients share. */
class ConnectionFailureTest {

    private static Arguments failure(PeerTrouble trouble, IOException failure) {
        return Arguments.of(trouble, failure);
    }

    private static <T extends IOException> T causedBy(T failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure(PeerTrouble.UNKNOWN_HOST, new UnknownHostException("x")),
                failure(PeerTrouble.UNKNOWN_HOST, causedBy(new ConnectException(), new UnresolvedAddressException())),
                failure(PeerTrouble.UNREACHABLE, new NoRouteToHostException()),
                failure(PeerTrouble.NOBODY_LISTENS, new ConnectException()),
                failure(PeerTrouble.NOT_A_LIBRARY, new ProtocolException()),
                failure(PeerTrouble.NO_TLS, new SSLException("Unsupported or unrecognized SSL message")),
                failure(PeerTrouble.NO_TLS, new SSLException("plaintext connection?")),
                failure(
                        PeerTrouble.CERTIFICATE_EXPIRED,
                        causedBy(new SSLHandshakeException("x"), new CertificateExpiredException())),
                failure(
                        PeerTrouble.CERTIFICATE_OF_ANOTHER,
                        causedBy(
                                new SSLHandshakeException("No name matching library.example found"),
                                new CertificateException())),
                failure(
                        PeerTrouble.CERTIFICATE_UNTRUSTED,
                        causedBy(new SSLHandshakeException("x"), new CertificateException())),
                failure(PeerTrouble.UNREACHABLE, new SSLException("broken pipe")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_before_the_first_answer_has_a_reason(PeerTrouble trouble, IOException failure) {
        ConnectionFailure found = failure instanceof SSLException
                ? ConnectionFailure.ofTls(failure)
                : ConnectionFailure.of(failure, "library").orElseThrow();

        assertThat(found.trouble()).isEqualTo(trouble);
        assertThat(found.words()).contains("; ");
    }

    @Test
    void a_connection_that_was_lost_has_no_reason_and_causes_in_a_circle_end() {
        IOException one = new IOException("one");
        one.initCause(new IOException("two", one));

        assertThat(ConnectionFailure.of(one, "library")).isEmpty();
        assertThat(ConnectionFailure.isCertificate(one)).isFalse();
        assertThat(ConnectionFailure.isNoConnection(one)).isFalse();
        assertThat(ConnectionFailure.isNoConnection(new ConnectException())).isTrue();
    }
}

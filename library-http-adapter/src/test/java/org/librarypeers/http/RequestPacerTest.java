package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests of retries, and of what a request without success tells about the quota of a peer. */
class RequestPacerTest {

    static final List<Arguments> FAILURES = List.of(
            Arguments.of(new IOException("closed"), true),
            Arguments.of(new ConnectException(), true),
            Arguments.of(new SSLException("dropped"), true),
            Arguments.of(new SSLHandshakeException("PKIX").initCause(new CertificateException()), false),
            Arguments.of(new ProtocolException(), false),
            Arguments.of(new ZipException(), false),
            Arguments.of(new IllegalStateException(), false),
            Arguments.of(new AnswerException.Status(500, null), true),
            Arguments.of(new AnswerException.Status(503, null), true),
            Arguments.of(new AnswerException.Status(503, Duration.ofSeconds(1)), false),
            Arguments.of(new AnswerException.Status(429, null), false),
            Arguments.of(new AnswerException.Status(499, null), false),
            Arguments.of(new AnswerException.Malformed("HTML"), false));

    @ParameterizedTest
    @FieldSource("FAILURES")
    void some_failures_may_be_temporary(Throwable failure, boolean temporary) {
        assertThat(RequestPacer.isTemporary(failure)).isEqualTo(temporary);
    }

    private static PacedRequests retrying() {
        return new PacedRequests(Duration.ofMinutes(1), 1, 3);
    }

    @Test
    void a_temporary_failure_is_retried() throws Exception {
        PacedRequests requests = retrying().failing(new IOException("one"), new AnswerException.Status(502, null));

        requests.send();

        assertThat(requests.sent).isEqualTo(3);
    }

    @Test
    void the_last_failure_is_reported_unchanged() {
        IOException last = new IOException("three");
        PacedRequests requests = retrying().failing(new IOException("one"), new IOException("two"), last);
        assertThatThrownBy(requests::send).isSameAs(last);
        assertThat(requests.sent).isEqualTo(3);

        AnswerException.Malformed malformed = new AnswerException.Malformed("HTML");
        assertThatThrownBy(requests.failing(malformed)::send).isSameAs(malformed);
        AnswerException.Status missing = new AnswerException.Status(404, null);
        assertThatThrownBy(requests.failing(missing)::send).isSameAs(missing);
        IllegalStateException wrong = new IllegalStateException("wrong");
        assertThatThrownBy(requests.failing(wrong)::send).isSameAs(wrong);
        assertThat(requests.sent).isEqualTo(6);
    }

    @Test
    void an_interrupted_request_is_not_retried() {
        PacedRequests requests = retrying().failing(new InterruptedException());

        assertThatThrownBy(requests::send)
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("https://orb.example.org");
        assertThat(requests.sent).isEqualTo(1);
    }

    @Test
    void an_interrupted_thread_sends_nothing() {
        PacedRequests requests = retrying();
        Thread.currentThread().interrupt();

        try {
            assertThatThrownBy(requests::send).isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
        assertThat(requests.sent).isZero();
    }

    @ParameterizedTest
    @CsvSource({"400, 1", "401, 1", "405, 1", "500, 1", "404, 2", "410, 2", "501, 1", "503, 1"})
    void some_answers_are_not_counted_by_peers(int code, int counted) throws Exception {
        PacedRequests requests = new PacedRequests();
        requests.send();
        requests.failing(new AnswerException.Status(code, null)).failure(AnswerException.Status.class);

        assertThat(requests.throttling(3).throttled()).hasMessageContaining("; it answered " + counted + " request");
    }

    @Test
    void unreadable_answers_lost_requests_and_those_sent_elsewhere_are_counted() throws Exception {
        PacedRequests requests = new PacedRequests();
        requests.send();
        requests.failing(new AnswerException.Malformed("HTML")).failure(AnswerException.class);
        requests.failing(new IOException("reset")).failure(IOException.class);
        requests.pacer.answeredBeside();

        assertThat(requests.throttling(3).throttled()).hasMessageContaining("; it answered 4 requests ");
    }
}

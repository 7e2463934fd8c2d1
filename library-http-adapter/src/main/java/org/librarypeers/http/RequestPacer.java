package org.librarypeers.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.peer.PeerThrottledException;

/**
 * When a peer is asked, and when again, by one account. Failures that may pass are tried again after a while; a peer that
 * wants to be left alone is left alone. Safe for use by many threads, and kept from one conversation to the next, for
 * what it learned.
 */
final class RequestPacer {

    private static final double JITTER = 0.25;
    private static final int OWN_TROUBLE = 500;

    /** Answers that existing sites do not count. */
    private static final Set<Integer> UNCOUNTED = Set.of(400, 401, 405, OWN_TROUBLE);

    private final PeerHost host;
    private final RequestGate gate;
    private final RetryPolicy<Object> retries;

    RequestPacer(PeerHost host, Settings settings) {
        this.host = host;
        this.gate = new RequestGate(host, settings);
        this.retries = RetryPolicy.builder()
                .handleIf(RequestPacer::mayPass)
                .withMaxAttempts(settings.attempts())
                .withBackoff(settings.backoff(), settings.backoff().multipliedBy(8))
                .withJitter(JITTER)
                .build();
    }

    /** A conversation begins. */
    void open() {
        gate.open();
    }

    /** The peer answered a question that was not asked through here, and may have counted it. */
    void answeredBeside() {
        gate.answeredBeside();
    }

    /**
     * Gets an answer.
     *
     * @throws PeerThrottledException if the peer wants to be left alone for longer than is waited
     */
    <T> T call(CheckedSupplier<T> question) throws IOException, InterruptedException, AnswerException {
        while (true) {
            try {
                return retrying(question);
            } catch (AnswerException.Status e) {
                if (!e.isRefusal()) {
                    throw e;
                }
                // The gate holds, or lets nobody in any more.
            }
        }
    }

    private <T> T retrying(CheckedSupplier<T> question) throws IOException, InterruptedException, AnswerException {
        try {
            return Failsafe.with(retries).get(() -> asked(question));
        } catch (FailsafeException e) {
            Throwable cause = e.getCause();
            if (cause instanceof AnswerException answer) {
                throw answer;
            } else if (cause instanceof IOException failure) {
                throw failure;
            } else if (cause instanceof InterruptedException) {
                throw new InterruptedException("interrupted while asking " + host);
            }
            throw e;
        }
    }

    private <T> T asked(CheckedSupplier<T> question) throws Throwable {
        int turn = gate.enter();
        T answer;
        try {
            answer = question.get();
        } catch (AnswerException.Status e) {
            if (e.isRefusal()) {
                gate.refused(turn, e);
            } else {
                gate.leave(turn, ending(e.code()));
            }
            throw e;
        } catch (AnswerException e) {
            gate.leave(turn, RequestGate.Ending.ANSWERED);
            throw e;
        } catch (Throwable e) {
            gate.leave(turn, RequestGate.Ending.LOST);
            throw e;
        }
        gate.leave(turn, RequestGate.Ending.ANSWERED);
        return answer;
    }

    private static RequestGate.Ending ending(int code) {
        if (code > OWN_TROUBLE) {
            return RequestGate.Ending.TROUBLED;
        }
        return UNCOUNTED.contains(code) ? RequestGate.Ending.UNCOUNTED : RequestGate.Ending.ANSWERED;
    }

    /** Whether the same question may be answered next time. */
    static boolean mayPass(Throwable failure) {
        if (failure instanceof AnswerException.Status status) {
            return status.code() >= OWN_TROUBLE && !status.isRefusal();
        }
        return failure instanceof IOException
                && !(failure instanceof SSLException && PeerFailures.isCertificate(failure))
                && !(failure instanceof ProtocolException)
                && !(failure instanceof ZipException);
    }

    /** How long so many questions will take; nothing if it is not known. */
    Optional<Duration> timeFor(int questions) {
        return gate.timeFor(Math.max(0, questions));
    }
}

package org.librarypeers.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.peer.ConnectionFailure;
import org.librarypeers.sync.peer.PeerThrottledException;

/**
 * A scheduler of the requests of one account to one peer. It retries after failures that may be temporary, and waits while the
 * peer throttles. Safe for use by multiple threads. It outlives sessions, because later sessions use what it has learned.
 */
final class RequestPacer {

    private static final double JITTER = 0.25;
    private static final int OWN_TROUBLE = 500;

    /** Statuses of answers that existing sites do not count. */
    private static final Set<Integer> UNCOUNTED = Set.of(400, 401, 405, OWN_TROUBLE);

    private final PeerHost host;
    private final RequestGate gate;
    private final RetryPolicy<Object> retries;

    RequestPacer(PeerHost host, Settings settings) {
        this.host = host;
        this.gate = new RequestGate(host, settings);
        this.retries = RetryPolicy.builder()
                .handleIf(RequestPacer::isTemporary)
                .withMaxAttempts(settings.attempts())
                .withBackoff(settings.backoff(), settings.backoff().multipliedBy(8))
                .withJitter(JITTER)
                .build();
    }

    /** Starts a session. */
    void open() {
        gate.open();
    }

    /** Records an answer to a request that was not sent through this pacer. The peer may have counted it. */
    void answeredBeside() {
        gate.answeredBeside();
    }

    /**
     * Sends a request and returns its answer.
     *
     * @throws PeerThrottledException if the peer throttles for longer than {@link Settings#maxWait}
     */
    <T> T call(CheckedSupplier<T> request) throws IOException, InterruptedException, AnswerException {
        while (true) {
            try {
                return retrying(request);
            } catch (AnswerException.Status e) {
                if (!e.isThrottling()) {
                    throw e;
                }
                // The gate delays the next attempt, or throws.
            }
        }
    }

    private <T> T retrying(CheckedSupplier<T> request) throws IOException, InterruptedException, AnswerException {
        try {
            return Failsafe.with(retries).get(() -> send(request));
        } catch (FailsafeException e) {
            Throwable cause = e.getCause();
            if (cause instanceof AnswerException answer) {
                throw answer;
            } else if (cause instanceof IOException failure) {
                throw failure;
            } else if (cause instanceof InterruptedException) {
                throw new InterruptedException("interrupted during a request to " + host);
            }
            throw e;
        }
    }

    private <T> T send(CheckedSupplier<T> request) throws Throwable {
        int turn = gate.enter();
        T answer;
        try {
            answer = request.get();
        } catch (AnswerException.Status e) {
            if (e.isThrottling()) {
                gate.throttled(turn, e);
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

    /** Returns whether the same request may succeed on a retry. */
    static boolean isTemporary(Throwable failure) {
        if (failure instanceof AnswerException.Status status) {
            return status.code() >= OWN_TROUBLE && !status.isThrottling();
        }
        return failure instanceof IOException
                && !(failure instanceof SSLException && ConnectionFailure.isCertificate(failure))
                && !(failure instanceof ProtocolException)
                && !(failure instanceof ZipException);
    }

    /** Returns how many more requests the peer is expected to answer within the present hour; empty if unknown. */
    OptionalInt quotaLeft() {
        return gate.quotaLeft();
    }

    /** Returns how long a number of requests is expected to take; empty if unknown. */
    Optional<Duration> timeFor(int requests) {
        return gate.timeFor(Math.max(0, requests));
    }
}

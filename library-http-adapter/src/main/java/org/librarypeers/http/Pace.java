package org.librarypeers.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.port.PeerThrottledException;

/**
 * When a peer is asked, and when again. Failures that may pass are tried again after a while; a peer that wants to be left
 * alone is left alone, by all connections, and one that does not say for how long is asked more slowly from then on.
 */
final class Pace {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration UNTOLD_WAIT = Duration.ofHours(1);
    private static final Duration FIRST_GAP = Duration.ofMillis(250);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(4);
    private static final int CALM = 50;
    private static final double JITTER = 0.25;

    private final Clock clock;
    private final Settings settings;
    private final Peer peer;
    private final RetryPolicy<Object> retries;

    private Instant notBefore = Instant.MIN;
    private Duration gap = Duration.ZERO;
    private Duration pausedInARow = Duration.ZERO;
    private Duration nextPause = FIRST_PAUSE;
    private int pauses;
    private int answeredInARow;

    Pace(Settings settings, Peer peer) {
        this.clock = settings.clock();
        this.settings = settings;
        this.peer = peer;
        this.retries = RetryPolicy.builder()
                .handleIf(Pace::mayPass)
                .withMaxAttempts(settings.attempts())
                .withBackoff(settings.backoff(), settings.backoff().multipliedBy(8))
                .withJitter(JITTER)
                .build();
    }

    /**
     * Gets an answer.
     *
     * @throws PeerThrottledException if the peer wants to be left alone for longer than is waited
     */
    <T> T call(CheckedSupplier<T> question) throws IOException, InterruptedException, AnswerException {
        while (true) {
            int pausesBefore = awaitTurn();
            try {
                T answer = retrying(question);
                answered();
                return answer;
            } catch (AnswerException.Status e) {
                if (!e.isThrottle()) {
                    answered();
                    throw e;
                }
                pause(e.retryAfter(), pausesBefore);
            }
        }
    }

    private <T> T retrying(CheckedSupplier<T> question) throws IOException, InterruptedException, AnswerException {
        try {
            return Failsafe.with(retries).get(question);
        } catch (FailsafeException e) {
            Throwable cause = e.getCause();
            if (cause instanceof AnswerException answer) {
                throw answer;
            } else if (cause instanceof IOException failure) {
                throw failure;
            } else if (cause instanceof InterruptedException) {
                throw new InterruptedException("interrupted while asking " + peer.host());
            }
            throw e;
        }
    }

    /** Whether the same question may be answered next time. */
    static boolean mayPass(Throwable failure) {
        if (failure instanceof AnswerException.Status status) {
            return status.code() >= 500;
        }
        return failure instanceof IOException
                && !(failure instanceof SSLException && Failures.isCertificate(failure))
                && !(failure instanceof ProtocolException)
                && !(failure instanceof ZipException);
    }

    private int awaitTurn() throws InterruptedException {
        Duration wait;
        int pausesBefore;
        synchronized (this) {
            Instant now = clock.instant();
            Instant turn = notBefore.isAfter(now) ? notBefore : now;
            notBefore = turn.plus(gap);
            wait = Duration.between(now, turn);
            pausesBefore = pauses;
        }
        if (!wait.isZero()) {
            settings.sleeper().sleep(wait.compareTo(settings.maxWait()) > 0 ? settings.maxWait() : wait);
        }
        return pausesBefore;
    }

    private synchronized void answered() {
        pausedInARow = Duration.ZERO;
        nextPause = FIRST_PAUSE;
        answeredInARow++;
        if (answeredInARow % CALM == 0) {
            gap = gap.compareTo(FIRST_GAP) <= 0 ? Duration.ZERO : gap.dividedBy(2);
        }
    }

    /** The peer said that it is asked too much; what was on its way already when it said so first does not count again. */
    private synchronized void pause(@Nullable Duration told, int pausesBefore) {
        if (pausesBefore != pauses) {
            return;
        }
        boolean untold = told == null || told.isZero() || told.isNegative();
        Duration pause = untold ? nextPause : told;
        Instant now = clock.instant();
        if (pausedInARow.plus(pause).compareTo(settings.maxWait()) > 0) {
            Instant until = now.plus(untold ? UNTOLD_WAIT : told);
            throw new PeerThrottledException(
                    until, peer.host() + " wants no more questions for now (429); it may be asked again from " + until);
        }
        pauses++;
        pausedInARow = pausedInARow.plus(pause);
        answeredInARow = 0;
        if (untold) {
            nextPause = nextPause.multipliedBy(2);
            gap = gap.isZero() ? FIRST_GAP : min(gap.multipliedBy(2), LONGEST_GAP);
        }
        notBefore = now.plus(pause);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

package org.librarypeers.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.peer.PeerCheck;

/**
 * A check that determines whether a peer can be read. It sends one inexpensive request. If the connection breaks, it
 * retries once, immediately.
 */
final class ConnectionProbe {

    private static final Duration TOGETHER = Duration.ofSeconds(12);
    private static final Duration WORTH_ANOTHER_TRY = Duration.ofSeconds(2);

    /**
     * Query parameters for a page beyond the end of any list. The answer states the page size and the number of resources, and
     * has no rows.
     */
    private static final String BEHIND_THE_END = "&offset=100000000&after=999999999999999999";

    private static final int BAD_REQUEST = 400;

    private final Peer peer;
    private final Settings settings;
    private final Asker asker;
    private final AnswerReader reader;
    private final long deadline = System.nanoTime() + TOGETHER.toNanos();

    /** A factory of exchanges with given settings. */
    interface Asker {
        Exchange with(Settings settings);
    }

    ConnectionProbe(Peer peer, Settings settings, Asker asker) {
        this.peer = peer;
        this.settings = settings;
        this.asker = asker;
        this.reader = new AnswerReader(peer.address());
    }

    PeerCheck take() {
        Settings now = settings.hurried(TOGETHER);
        PeerFailures failures = new PeerFailures(peer, now);
        try {
            return seen(listing(now));
        } catch (AnswerException e) {
            Duration wait =
                    e instanceof AnswerException.Status status && status.isThrottling() ? status.retryAfter() : null;
            throw TlsProbe.explanation(peer, failures, e)
                    .orElseGet(() -> wait == null ? failures.of(e) : failures.throttled(until(wait)));
        } catch (IOException e) {
            throw TlsProbe.explanation(peer, failures, e).orElseGet(() -> failures.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.stopped();
        }
    }

    private Listing listing(Settings first) throws IOException, InterruptedException, AnswerException {
        try {
            return ask(first);
        } catch (IOException e) {
            Duration left = left();
            if (!RequestPacer.isTemporary(e) || PeerFailures.isTimeout(e) || left.compareTo(WORTH_ANOTHER_TRY) < 0) {
                throw e;
            }
            return ask(settings.hurried(left));
        }
    }

    private Listing ask(Settings hurried) throws IOException, InterruptedException, AnswerException {
        String path = OrbFeed.path(Position.Orb.START, settings.pageSize()) + BEHIND_THE_END;
        try {
            return asker.with(hurried).get(path, reader::listing);
        } catch (AnswerException.Status e) {
            Duration left = left();
            if (e.code() != BAD_REQUEST || left.compareTo(WORTH_ANOTHER_TRY) < 0) {
                throw e;
            }
            return asker.with(settings.hurried(left)).get(FullFeed.withoutParameters(path), reader::listing);
        }
    }

    /** Returns the remaining time for all requests. */
    private Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    private PeerCheck seen(Listing listing) {
        int size = listing.limit() > 0 ? listing.limit() : settings.pageSize();
        int pages = listing.total() < 0 ? -1 : (int) Math.max(1, ((long) listing.total() + size - 1) / size);
        return new PeerCheck(listing.total(), pages, listing.isFull());
    }

    private Instant until(Duration wait) {
        return settings.clock().instant().plus(wait).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }
}

package org.librarypeers.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.http.wire.DigestDocument;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.peer.RequestCanceller;

/** A session with one peer. It detects which feed the peer has, and requests what the list does not include. */
final class HttpPeerSession implements PeerSession {

    /**
     * The limit on listed rows in a session, as a multiple of the size of the list. Parts of a list that change are read again,
     * but not that often.
     */
    private static final long LISTINGS = 60;

    private static final long SPARE_LISTINGS = 100;

    /** An upper limit on the number of resources of a peer. A larger number that a peer states is reduced to it. */
    private static final long MOST_RESOURCES = 1_000_000;

    /** The limit on deletions in a session. They are held in memory until the next batch. */
    private static final long MOST_DELETIONS = 5_000_000;

    private static final int BAD_REQUEST = 400;

    /** The answers of servers that do not know the address of the digests. */
    private static final Set<Integer> NO_DIGESTS = Set.of(BAD_REQUEST, 404, 405, 410, 501);

    private final Peer peer;
    private final Settings settings;
    private final Exchange exchange;
    private final RequestPacer pace;
    private final PeerFailures failures;
    private final AnswerReader reader;
    private final OrbFeed orb;
    private final FullFeed full;
    private final RequestCanceller asking = new RequestCanceller();
    private final Details details;
    private final PageAhead ahead;
    private boolean begun;
    private boolean hasFullFeed;
    private volatile boolean rejectsParameters;
    private int total = -1;
    private long listed;
    private long most;
    private long deleted;

    /**
     * Creates a session.
     *
     * @param known whether the peer has been read before
     */
    HttpPeerSession(Peer peer, boolean known, Settings settings, Exchange exchange, RequestPacer pace) {
        this.peer = peer;
        this.settings = settings;
        this.exchange = exchange;
        this.pace = pace;
        this.failures = new PeerFailures(peer, settings);
        this.reader = new AnswerReader(peer.address());
        this.details = new Details(
                peer, settings, exchange, pace, failures, reader, () -> listing(OrbFeed.path(Position.Orb.START, 1)));
        this.ahead = new PageAhead("peer-" + peer.id(), this::ask);
        this.orb = new OrbFeed(failures, settings.pageSize(), settings.clock(), exchange::peerClock);
        this.full = new FullFeed(failures, settings.pageSize());
        if (known) {
            failures.answered();
        }
        pace.open();
    }

    @Override
    public ChangePage changes(@Nullable Cursor after) {
        return asking(() -> page(after));
    }

    private <T> T asking(Supplier<T> request) {
        if (!asking.begin()) {
            throw failures.stopped();
        }
        try {
            return request.get();
        } finally {
            asking.end();
        }
    }

    private ChangePage page(@Nullable Cursor after) {
        return Position.of(after)
                .match(
                        position -> orbPage(begun ? orb.following(after, position) : orb.begin(position)),
                        position -> fullPage(after, position));
    }

    private ChangePage fullPage(@Nullable Cursor after, Position.Full position) {
        Listing listing = list(FullFeed.path(position, settings.pageSize()));
        // If the peer had a full feed and no longer has one, it was replaced, so positions mean nothing.
        return listing.isFull() ? fullPage(position, after, listing) : orbPage(orb.begin(Position.Orb.START));
    }

    private ChangePage orbPage(Position.Orb asked) {
        Position.Orb from = asked;
        Listing listing = list(OrbFeed.path(from, settings.pageSize()));
        if (!begun && !listing.isFull()) {
            from = orb.corrected(asked);
            listing = from.equals(asked) ? listing : list(OrbFeed.path(from, settings.pageSize()));
        }
        if (!listing.isFull()) {
            return orb.page(from, listing, total(listing));
        }
        if (!from.equals(Position.Orb.START)) {
            // The peer had no full feed and has one now. Dates of the old feed mean nothing in the new one.
            listing = list(FullFeed.path(new Position.Full(0), settings.pageSize()));
        }
        return fullPage(new Position.Full(0), null, listing);
    }

    private ChangePage fullPage(Position.Full asked, @Nullable Cursor before, Listing listing) {
        hasFullFeed = true;
        ChangePage page = full.page(asked, before, listing, total(listing));
        if (!page.last()) {
            Position.of(page.next()).match(orbPosition -> false, next -> readAhead(asked, next));
        }
        return page;
    }

    /** Reads the following page ahead, unless the same page is to be requested again. */
    private boolean readAhead(Position.Full asked, Position.Full next) {
        boolean follows = next.after() > asked.after();
        if (follows) {
            ahead.request(FullFeed.path(next, settings.pageSize()));
        }
        return follows;
    }

    /**
     * Returns the number of resources that the first page states. It applies to the whole session, because later pages count
     * from where they begin.
     */
    private int total(Listing listing) {
        if (!begun) {
            begun = true;
            failures.answered();
            total = listing.total();
        }
        return total;
    }

    private Listing list(String path) {
        Listing listing = listing(path, ahead::take);
        refuseEndless(listing);
        return listing.to(path);
    }

    private Listing listing(String path) {
        return listing(path, this::ask);
    }

    private Listing listing(String path, PageAhead.Lister lister) {
        try {
            return lister.ask(path);
        } catch (AnswerException e) {
            throw explained(e).orElseGet(() -> failures.of(e));
        } catch (IOException e) {
            throw explained(e).orElseGet(() -> failures.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.stopped();
        }
    }

    private Listing ask(String path) throws IOException, InterruptedException, AnswerException {
        String plain = FullFeed.withoutParameters(path);
        try {
            return pace.call(() -> exchange.get(rejectsParameters ? plain : path, reader::listing));
        } catch (AnswerException.Status e) {
            if (e.code() != BAD_REQUEST || rejectsParameters || hasFullFeed || plain.equals(path)) {
                throw e;
            }
            Listing listing = pace.call(() -> exchange.get(plain, reader::listing));
            rejectsParameters = true;
            return listing;
        }
    }

    /** Returns the TLS mismatch that explains a failure; empty if it is missing, or if the peer has answered before. */
    private Optional<PeerException> explained(Exception failure) {
        return begun ? Optional.empty() : TlsProbe.explanation(peer, failures, failure);
    }

    /**
     * Throws an exception if the list appears to be endless. The number of rows per session is limited, regardless of
     * the order of the list.
     */
    private void refuseEndless(Listing listing) {
        int shown = listing.resources();
        long stated = listing.total() < 0 ? MOST_RESOURCES : Math.min(listing.total(), MOST_RESOURCES);
        int gone = listing.objects().size() - shown;
        deleted += gone;
        if (deleted > MOST_DELETIONS) {
            throw failures.noProgress(
                    "has listed more than " + String.format(Locale.ROOT, "%,d", MOST_DELETIONS) + " deletions");
        }
        // A page of deletions only is no sign of an endless list.
        listed += gone > 0 ? shown : Math.max(1, shown);
        most = Math.max(most, Math.max(shown, stated));
        if (listed > SPARE_LISTINGS + LISTINGS * most) {
            throw failures.noProgress("has listed " + Count.of(listed, "resource")
                    + String.format(Locale.ROOT, ", but states that there are only %,d", most));
        }
    }

    @Override
    public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
        asking(() -> {
            details.fetch(items, hasFullFeed, answers);
            return answers;
        });
    }

    @Override
    public Optional<List<RangeSummary>> summaries(List<GuidRange> ranges, int parts) {
        return asking(() -> askForSummaries(DigestDocument.address(ranges, parts), ranges));
    }

    private Optional<List<RangeSummary>> askForSummaries(String path, List<GuidRange> ranges) {
        try {
            List<RangeSummary> summaries = pace.call(() -> exchange.get(path, body -> reader.summaries(body, ranges)));
            // Only this software answers so, and its details have a full form.
            hasFullFeed = true;
            failures.answered();
            return Optional.of(summaries);
        } catch (AnswerException.Status e) {
            if (NO_DIGESTS.contains(e.code())) {
                return Optional.empty();
            }
            throw failures.of(e);
        } catch (AnswerException e) {
            throw failures.of(e);
        } catch (IOException e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.stopped();
        }
    }

    @Override
    public int requests() {
        return exchange.requests();
    }

    @Override
    public Optional<Duration> timeFor(int more) {
        return pace.timeFor(more);
    }

    @Override
    public void stop() {
        asking.stop();
        ahead.stop();
    }

    @Override
    public void close() {
        ahead.close();
        details.close();
    }
}

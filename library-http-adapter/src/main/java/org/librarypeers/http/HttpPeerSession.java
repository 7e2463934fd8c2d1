package org.librarypeers.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.Fetched;
import org.librarypeers.sync.port.PeerException;
import org.librarypeers.sync.port.PeerSession;

/** A conversation with one peer: finds out which feed it has, and asks for what the list did not say. */
final class HttpPeerSession implements PeerSession {

    /** One resource at which a site fails is that resource's trouble; so many in a row are the site's. */
    private static final int BROKEN_IN_A_ROW = 10;

    private static final int OWN_TROUBLE = 500;

    /** How often each resource may be listed: a list is read again where it moves, and none needs that so often. */
    private static final long LISTINGS = 60;

    private static final long SPARE_LISTINGS = 100;

    /** More than any library has, whatever a peer says. */
    private static final long MOST_RESOURCES = 1_000_000;

    private final Peer peer;
    private final Settings settings;
    private final Exchange exchange;
    private final Pace pace;
    private final Failures failures;
    private final AnswerReader reader;
    private final OrbFeed orb;
    private final FullFeed full;
    private final Asking asking = new Asking();
    private final AtomicInteger broken = new AtomicInteger();
    private @Nullable ExecutorService connections;

    /** Why no more details are asked for, on whichever connection. */
    private volatile @Nullable PeerException failed;

    private boolean begun;
    private boolean hasFullFeed;
    private int total = -1;
    private long listed;
    private long most;

    HttpPeerSession(Peer peer, Settings settings, Exchange exchange, Pace pace) {
        this.peer = peer;
        this.settings = settings;
        this.exchange = exchange;
        this.pace = pace;
        this.failures = new Failures(peer, settings);
        this.reader = new AnswerReader(settings.languages(), peer.host().toString());
        this.orb = new OrbFeed(failures, settings.clock());
        this.full = new FullFeed(failures);
        pace.open();
    }

    @Override
    public ChangePage changes(@Nullable Cursor after) {
        return asking(() -> page(after));
    }

    private <T> T asking(Supplier<T> question) {
        if (!asking.begin()) {
            throw failures.stopped();
        }
        try {
            return question.get();
        } finally {
            asking.end();
        }
    }

    private ChangePage page(@Nullable Cursor after) {
        Position from = Position.of(after);
        if (!begun && from instanceof Position.Orb cursor) {
            from = orb.begin(cursor);
        } else if (from instanceof Position.Orb reached) {
            from = reached.inSession();
        }
        if (from instanceof Position.Full position) {
            Listing listing = list(FullFeed.path(position, settings.pageSize()));
            if (listing.isFull()) {
                return fullPage(position, after, listing);
            }
            // It had a full feed and has none now: somebody replaced it, and positions mean nothing any more.
            from = orb.begin(Position.Orb.START);
        }
        return orbPage((Position.Orb) from);
    }

    private ChangePage orbPage(Position.Orb from) {
        Listing listing = list(OrbFeed.path(from, settings.pageSize()));
        if (!listing.isFull()) {
            return orb.page(from, listing, total(listing));
        }
        if (!from.equals(Position.Orb.START)) {
            // It had no full feed and has one now. Dates of the old one say nothing about positions of the new.
            listing = list(FullFeed.path(new Position.Full(0), settings.pageSize()));
        }
        return fullPage(new Position.Full(0), null, listing);
    }

    private ChangePage fullPage(Position.Full asked, @Nullable Cursor before, Listing listing) {
        hasFullFeed = true;
        return full.page(asked, before, listing, total(listing));
    }

    /** What the first page says holds for the session: later ones count from where they begin. */
    private int total(Listing listing) {
        if (!begun) {
            begun = true;
            total = listing.total();
        }
        return total;
    }

    private Listing list(String path) {
        Listing listing = listing(path);
        refuseEndless(listing);
        return listing;
    }

    private Listing listing(String path) {
        try {
            return pace.call(() -> exchange.get(path, reader::listing));
        } catch (AnswerException e) {
            throw explained(e).orElseGet(() -> failures.of(e));
        } catch (IOException e) {
            throw explained(e).orElseGet(() -> failures.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.stopped();
        }
    }

    /** Who has answered once has agreed on how to speak. */
    private Optional<PeerException> explained(Exception failure) {
        return begun ? Optional.empty() : TlsProbe.explanation(peer, failures, failure);
    }

    /** Whatever a list makes of its order, there is an end to how often its resources are listed in one session. */
    private void refuseEndless(Listing listing) {
        int shown = listing.objects().size();
        long said = listing.total() < 0 ? MOST_RESOURCES : Math.min(listing.total(), MOST_RESOURCES);
        listed += Math.max(1, shown);
        most = Math.max(most, Math.max(shown, said));
        if (listed > SPARE_LISTINGS + LISTINGS * most) {
            throw failures.noProgress("has listed " + listed + " resources where it says that there are " + most);
        }
    }

    @Override
    public void fetch(List<ChangePage.Item> items, Consumer<Fetched> answers) {
        asking(() -> {
            bodies(items, answers);
            return answers;
        });
    }

    private void bodies(List<ChangePage.Item> items, Consumer<Fetched> answers) {
        failed = null;
        List<Future<Fetched>> asked = new ArrayList<>();
        try {
            for (ChangePage.Item item : items) {
                Fetched body = item.body();
                asked.add(body == null ? ask(() -> detail(item.remoteId())) : done(body));
            }
            for (Future<Fetched> answer : asked) {
                answers.accept(answer.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.stopped();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("asking " + peer.host() + " failed", e);
        } finally {
            asked.forEach(answer -> answer.cancel(true));
        }
    }

    private static Future<Fetched> done(Fetched body) {
        return CompletableFuture.completedFuture(body);
    }

    private Future<Fetched> ask(Callable<Fetched> question) {
        if (connections == null) {
            connections = Executors.newFixedThreadPool(settings.detailConnections(), task -> {
                Thread thread = new Thread(task, "peer-" + peer.id());
                thread.setDaemon(true);
                return thread;
            });
        }
        return connections.submit(question);
    }

    private Fetched detail(String remoteId) {
        if (!AnswerReader.REMOTE_ID.matcher(remoteId).matches()) {
            return new Fetched.Unreadable("it has no id by which it can be asked for");
        }
        requireNoFailure();
        boolean full = hasFullFeed;
        String path = "/api/v1/resource/" + remoteId + "/" + (full ? "?full=true" : "");
        try {
            Fetched fetched = pace.call(() -> exchange.get(path, body -> reader.detail(body, full)));
            broken.set(0);
            return fetched;
        } catch (AnswerException.Status e) {
            return instead(e);
        } catch (AnswerException e) {
            return new Fetched.Unreadable("peer answered " + e.getMessage());
        } catch (IOException e) {
            throw failed(failures.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.stopped();
        }
    }

    private PeerException failed(PeerException failure) {
        failed = failure;
        return failure;
    }

    private void requireNoFailure() {
        PeerException failure = failed;
        if (failure != null) {
            throw failure;
        }
    }

    /** Where one resource after the other is broken, these may be broken, or all of the peer: then its list is, too. */
    private synchronized void requireList() {
        if (broken.get() >= BROKEN_IN_A_ROW) {
            requireNoFailure();
            try {
                listing(OrbFeed.path(Position.Orb.START, 1));
            } catch (PeerException e) {
                throw failed(e);
            }
            broken.set(0);
        }
    }

    private Fetched instead(AnswerException.Status status) {
        switch (status.code()) {
            case 404, 410 -> {
                return new Fetched.Gone();
            }
            case OWN_TROUBLE -> {
                broken.incrementAndGet();
                requireList();
                return new Fetched.Unreadable("peer answered 500");
            }
            default -> {
                if (status.code() > OWN_TROUBLE || status.code() == 401 || status.code() == 403) {
                    throw failed(failures.of(status));
                }
                return new Fetched.Unreadable("peer " + status.getMessage());
            }
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
    }

    @Override
    public void close() {
        if (connections != null) {
            connections.shutdownNow();
        }
    }
}

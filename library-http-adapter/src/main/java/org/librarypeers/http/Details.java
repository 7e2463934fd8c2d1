package org.librarypeers.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;

/**
 * A client that fetches single resources over a few concurrent connections. If a resource cannot be read, the list of the peer
 * is requested next. If the peer answers that request, the failure concerns the resource only; otherwise it concerns the peer.
 */
final class Details implements AutoCloseable {

    /**
     * The number of consecutive requests without an answer that counts as a failure of the peer, even if its list answers. Each
     * such request can take the full time limit.
     */
    private static final int UNANSWERED_IN_A_ROW = 10;

    private final Peer peer;
    private final Settings settings;
    private final Exchange exchange;
    private final RequestPacer pace;
    private final PeerFailures failures;
    private final AnswerReader reader;
    private final Runnable list;
    private final AtomicInteger unanswered = new AtomicInteger();
    private @Nullable ExecutorService connections;

    /**
     * Creates a client for one session.
     *
     * @param list requests the list; throws a {@link PeerException} if that fails
     */
    Details(
            Peer peer,
            Settings settings,
            Exchange exchange,
            RequestPacer pace,
            PeerFailures failures,
            AnswerReader reader,
            Runnable list) {
        this.peer = peer;
        this.settings = settings;
        this.exchange = exchange;
        this.pace = pace;
        this.failures = failures;
        this.reader = reader;
        this.list = list;
    }

    /**
     * Implements {@link org.librarypeers.sync.peer.PeerSession#fetch}.
     *
     * @param full whether to request the resources in the form of the full feed
     */
    void fetch(List<ChangePage.Item> items, boolean full, BiConsumer<ChangePage.Item, Fetched> answers) {
        Round round = new Round(full);
        List<Future<Fetched>> asked = new ArrayList<>();
        ExecutionException failed = null;
        try {
            for (ChangePage.Item item : items) {
                asked.add(ask(item, round));
            }
            for (int i = 0; i < items.size(); i++) {
                // After a failure, later answers are not awaited; those that have arrived are delivered.
                if (failed == null || asked.get(i).isDone()) {
                    try {
                        answers.accept(items.get(i), asked.get(i).get());
                    } catch (ExecutionException e) {
                        failed = failed == null ? e : failed;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.stopped();
        } finally {
            asked.forEach(answer -> answer.cancel(true));
        }
        if (failed != null) {
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("a request to " + peer.address() + " failed", failed);
        }
    }

    private Future<Fetched> ask(ChangePage.Item item, Round round) {
        if (item.body() != null) {
            return CompletableFuture.completedFuture(item.body());
        }
        if (connections == null) {
            connections = Executors.newFixedThreadPool(
                    settings.detailConnections(), DaemonThreads.named("peer-" + peer.id()));
        }
        return connections.submit(() -> round.detail(item.remoteId()));
    }

    @Override
    public void close() {
        if (connections != null) {
            connections.shutdownNow();
        }
    }

    /** One call of {@link Details#fetch}. When one request shows that the peer fails, no further requests are sent. */
    private final class Round {

        private final boolean full;
        private final AtomicInteger listed = new AtomicInteger();
        private volatile @Nullable PeerException failed;

        Round(boolean full) {
            this.full = full;
        }

        Fetched detail(String remoteId) {
            if (!AnswerReader.REMOTE_ID.matcher(remoteId).matches()) {
                return new Fetched.Unreadable(QuarantineReason.Kind.NO_ID, "it has no id by which it can be requested");
            }
            requireNoFailure();
            String path = "/api/v1/resource/" + remoteId + "/" + (full ? "?full=true" : "");
            try {
                Fetched fetched = pace.call(() -> exchange.get(path, body -> reader.detail(body)));
                unanswered.set(0);
                return fetched instanceof Fetched.Unreadable found ? unreadable(found.reason()) : fetched;
            } catch (AnswerException.Status e) {
                unanswered.set(0);
                return e.code() == 404 || e.code() == 410
                        ? new Fetched.Gone()
                        : unreadable(noAnswer("peer " + e.getMessage()));
            } catch (AnswerException e) {
                unanswered.set(0);
                return unreadable(
                        new QuarantineReason(QuarantineReason.Kind.UNREADABLE, "peer answered with " + e.getMessage()));
            } catch (IOException e) {
                return unanswered(failures.of(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failures.stopped();
            }
        }

        private Fetched unanswered(PeerException failure) {
            if (unanswered.incrementAndGet() >= UNANSWERED_IN_A_ROW) {
                failed = failure;
                throw failure;
            }
            return unreadable(noAnswer(String.valueOf(failure.getMessage())));
        }

        private static QuarantineReason noAnswer(String detail) {
            return new QuarantineReason(QuarantineReason.Kind.NO_ANSWER, detail);
        }

        private Fetched unreadable(QuarantineReason reason) {
            int before = listed.get();
            synchronized (this) {
                requireNoFailure();
                // Another thread may have received the list since this failure; that is sufficient.
                if (listed.get() == before) {
                    list();
                }
            }
            return new Fetched.Unreadable(reason);
        }

        private void list() {
            listed.incrementAndGet();
            try {
                list.run();
            } catch (PeerException e) {
                failed = e;
                throw e;
            }
        }

        private void requireNoFailure() {
            PeerException failure = failed;
            if (failure != null) {
                throw failure;
            }
        }
    }
}

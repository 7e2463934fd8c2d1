package org.librarypeers.http;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.DaemonThreads;

/**
 * The next page of a list, requested and parsed on a thread of its own while the caller saves the current page. At most one
 * page is read ahead.
 */
final class PageAhead implements AutoCloseable {

    private final String threadName;
    private final Lister lister;
    private @Nullable ExecutorService thread;
    private @Nullable String path;
    private @Nullable Future<Listing> answer;
    private boolean stopped;

    PageAhead(String threadName, Lister lister) {
        this.threadName = threadName;
        this.lister = lister;
    }

    /** A function that requests a page. */
    interface Lister {
        Listing ask(String path) throws IOException, InterruptedException, AnswerException;
    }

    /** Starts to read a page. Does nothing after {@link #stop}. */
    synchronized void request(String next) {
        if (stopped) {
            return;
        }
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(DaemonThreads.named(threadName));
        }
        path = next;
        answer = thread.submit(() -> lister.ask(next));
    }

    /** Returns a page. Requests it now unless it is the one that was read ahead. Throws the exceptions of the request. */
    Listing take(String wanted) throws IOException, InterruptedException, AnswerException {
        Future<Listing> requested = requested(wanted);
        return requested == null ? lister.ask(wanted) : await(requested);
    }

    private synchronized @Nullable Future<Listing> requested(String wanted) {
        if (wanted.equals(path)) {
            path = null;
            return answer;
        }
        cancel();
        return null;
    }

    private static Listing await(Future<Listing> requested) throws IOException, InterruptedException, AnswerException {
        try {
            return requested.get();
        } catch (InterruptedException e) {
            requested.cancel(true);
            throw e;
        } catch (CancellationException e) {
            throw new InterruptedException("the session was stopped");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause)
            throws IOException, InterruptedException, AnswerException {
        if (cause instanceof IOException failure) {
            throw failure;
        } else if (cause instanceof AnswerException failure) {
            throw failure;
        } else if (cause instanceof InterruptedException interrupt) {
            throw interrupt;
        } else if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure
                ? failure
                : new IllegalStateException("the page could not be read", cause);
    }

    private synchronized void cancel() {
        if (answer != null) {
            answer.cancel(true);
            answer = null;
            path = null;
        }
    }

    /** Cancels the request, and prevents further ones. May be called from any thread. */
    synchronized void stop() {
        stopped = true;
        cancel();
    }

    @Override
    public synchronized void close() {
        stop();
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}

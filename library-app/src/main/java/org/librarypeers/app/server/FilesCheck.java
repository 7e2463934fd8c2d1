package org.librarypeers.app.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.app.files.UnavailableFilesException;
import org.librarypeers.sync.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A check that the store of uploaded files answers. It asks in a thread of its own, because a store that hangs must not make the
 * health check hang, from which others conclude that this node is dead. Thread-safe.
 */
final class FilesCheck {

    private static final Logger LOG = LoggerFactory.getLogger(FilesCheck.class);

    /** The time for which a result is reused. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    /** The longest wait for an answer. After it, the last result counts. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** The time after which a store that has not answered does not work. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The time after which the store is asked again although it has not answered. */
    private static final Duration ABANDONED = Duration.ofSeconds(30);

    private final ManagedFiles files;
    private final Executor thread =
            task -> DaemonThreads.named("files-check").newThread(task).start();
    private @Nullable CompletableFuture<Optional<String>> asked;
    private volatile long askedNanos;
    private volatile Optional<String> last = Optional.empty();

    FilesCheck(ManagedFiles files) {
        this.files = files;
    }

    /** Returns an error message that reveals no address, or an empty {@code Optional} if the store works. */
    Optional<String> trouble() {
        CompletableFuture<Optional<String>> present = asked();
        boolean isSilent = age().compareTo(PATIENCE) > 0;
        try {
            last = present.get(isSilent ? 0 : WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("The store of files has not answered yet", e);
            if (isSilent) {
                last = Optional.of("the store of uploaded files does not answer; see the log for the reason");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return last;
    }

    /** Returns the request to the store, a new one if the last is too old. */
    private synchronized CompletableFuture<Optional<String>> asked() {
        CompletableFuture<Optional<String>> present = asked;
        Duration limit = present != null && present.isDone() ? REMEMBERED : ABANDONED;
        if (present == null || age().compareTo(limit) > 0) {
            askedNanos = System.nanoTime();
            present = CompletableFuture.supplyAsync(this::ask, thread);
            asked = present;
        }
        return present;
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - askedNanos);
    }

    private Optional<String> ask() {
        try {
            files.check();
            return Optional.empty();
        } catch (UnavailableFilesException e) {
            LOG.warn("health: {}", e.getMessage());
            return Optional.of("the store of uploaded files does not answer; see the log for the reason");
        } catch (IOException | RuntimeException e) {
            LOG.warn("health: {}", e.getMessage());
            return Optional.of("the store of uploaded files cannot be used; see the log for the reason");
        }
    }
}

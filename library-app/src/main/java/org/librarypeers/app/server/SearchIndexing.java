package org.librarypeers.app.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds saved resources to the search index in the background, while a server runs. Other processes, such as the commands
 * that sync and import, leave this to the server.
 */
final class SearchIndexing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexing.class);

    /** The pause after everything was indexed. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The number of resources in one transaction. It is small, because saving one of them waits for the transaction. */
    private static final int BATCH = 100;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Catalogue catalogue;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("search-indexing"));
    private volatile boolean closed;

    SearchIndexing(Catalogue catalogue) {
        this.catalogue = catalogue;
        var unused =
                thread.scheduleWithFixedDelay(this::index, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void index() {
        try {
            while (!closed && catalogue.index(BATCH) > 0) {
                // Goes on with the next resources.
            }
        } catch (StorageUnavailableException e) {
            LOG.debug("The search index waits for the database", e);
        } catch (RuntimeException e) {
            LOG.warn("Saved resources could not be added to the search index; trying again", e);
        }
    }

    /** Stops after the current batch. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The search index is still being written; stopping without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

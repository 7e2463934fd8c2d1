package org.librarypeers.app.server;

import java.time.Duration;
import org.librarypeers.app.background.BackgroundJob;
import org.librarypeers.sync.catalogue.Catalogue;

/**
 * Adds saved resources to the search index in the background, while a server runs, and counts their words for suggestions.
 * Other processes, such as the commands that sync and import, leave this to the server.
 */
final class SearchIndexing implements AutoCloseable {

    /** The pause after everything was indexed. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The number of resources in one transaction. It is small, because saving one of them waits for the transaction. */
    private static final int BATCH = 100;

    /** The number of words that are counted in one transaction. In a library of a million resources, one takes about 25 ms. */
    private static final int WORDS = 10;

    /** The shortest pause while there are more words to count. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /** The number of times as long as counting took that is paused afterwards, so that readers keep the machine. */
    private static final int REST = 9;

    private final BackgroundJob job = new BackgroundJob("search-indexing");

    SearchIndexing(Catalogue catalogue) {
        job.start(PAUSE, PAUSE, () -> {
            while (!job.closed() && catalogue.index(BATCH) > 0) {
                // Goes on with the next resources.
            }
            return job.closed() ? PAUSE : countWords(catalogue);
        });
    }

    /** Counts some words, and returns how long to pause. */
    private static Duration countWords(Catalogue catalogue) {
        long start = System.nanoTime();
        if (catalogue.recountWords(WORDS) < WORDS) {
            return PAUSE;
        }
        Duration rest = Duration.ofNanos(System.nanoTime() - start).multipliedBy(REST);
        return rest.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : rest.compareTo(PAUSE) > 0 ? PAUSE : rest;
    }

    /** Stops after the current batch. */
    @Override
    public void close() {
        job.close();
    }
}

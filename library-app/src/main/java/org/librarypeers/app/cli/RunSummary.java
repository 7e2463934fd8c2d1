package org.librarypeers.app.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.SyncLog;

/** Text descriptions of runs. */
final class RunSummary {

    private RunSummary() {}

    /** Returns how a run ended, what it requested, and how many requests and seconds it took, as text. */
    static String how(SyncLog log) {
        Instant end = log.finished() == null ? log.started() : log.finished();
        double seconds = Duration.between(log.started(), end).toMillis() / 1000.0;
        String since = log.since() == null ? "everything" : "changes since " + log.since();
        return String.format(
                Locale.ROOT,
                "%s: requested %s, %s, %.1f s",
                log.status().word(),
                since,
                Count.of(log.requests(), "request"),
                seconds);
    }
}

package org.librarypeers.app.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A writer of one line to the log for each run that has ended: the peer, the status, the counts, the requests, the duration and the
 * reason. In JSON, these are fields, too. Previews are no runs. Thread-safe.
 */
public final class RunLines implements LibraryEvents.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(RunLines.class);

    private static final Pattern CONTROL = Pattern.compile("\\s*[\\p{Cntrl}\\u2028\\u2029]+\\s*");
    private static final double MILLIS_PER_SECOND = 1000.0;

    private final Function<PeerId, String> peerNames;
    private final Clock clock;

    /**
     * Creates a writer.
     *
     * @param peerNames returns the name and address of a peer; it may throw an exception if the storage fails
     */
    public RunLines(Function<PeerId, String> peerNames, Clock clock) {
        this.peerNames = peerNames;
        this.clock = clock;
    }

    @Override
    public void finished(SyncReport report) {
        if (!report.preview()) {
            SyncLog run = report.log();
            write(report.peer().toString(), run, run.status().word(), run.message());
        }
    }

    @Override
    public void failed(SyncLog run, Throwable failure) {
        if (!run.id().equals(SyncLogId.NONE)) {
            String reason = run.message() == null ? "this library failed: " + failure.getMessage() : run.message();
            write(name(run.peer()), run, "error", reason);
        }
    }

    private String name(PeerId peer) {
        try {
            return peerNames.apply(peer);
        } catch (RuntimeException e) {
            LOG.debug("The name of peer {} cannot be read", peer, e);
            return "[" + peer + "]";
        }
    }

    private void write(String peer, SyncLog run, String outcome, @Nullable String message) {
        Instant end = Objects.requireNonNullElseGet(run.finished(), clock::instant);
        double seconds = Duration.between(run.started(), end).toMillis() / MILLIS_PER_SECOND;
        String reason = message == null ? null : line(message);
        boolean isTrouble = outcome.equals("error") || run.status() == SyncStatus.FAILED;
        LoggingEventBuilder event = isTrouble ? LOG.atWarn() : LOG.atInfo();
        SyncTally tally = run.tally();
        event.setMessage("Run {} of peer {}: {}; {}; {}; {} s{}")
                .addArgument(run.id())
                .addArgument(line(peer))
                .addArgument(outcome)
                .addArgument(tally.words())
                .addArgument(Count.of(run.requests(), "request"))
                .addArgument(String.format(Locale.ROOT, "%.1f", seconds))
                .addArgument(reason == null ? "" : "; " + reason)
                .addKeyValue("run", run.id().value())
                .addKeyValue("peer", run.peer().value())
                .addKeyValue("status", outcome)
                .addKeyValue("new", tally.added())
                .addKeyValue("updated", tally.updated())
                .addKeyValue("unchanged", tally.unchanged())
                .addKeyValue("kept_local", tally.keptLocal())
                .addKeyValue("kept_other_source", tally.keptOtherSource())
                .addKeyValue("failed", tally.failed())
                .addKeyValue("withdrawn", tally.withdrawn())
                .addKeyValue("left_out", tally.leftOut())
                .addKeyValue("requests", run.requests())
                .addKeyValue("seconds", seconds)
                .addKeyValue("reason", reason)
                .log();
    }

    /** Returns the text on one line. The reasons of peers may have several. */
    private static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }
}

package org.librarypeers.app.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Outcome.Kind;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncProgress;

/**
 * A run as pages show it.
 *
 * @param log the log of the run, as far as it is recorded
 * @param live the progress of a run that is active in this process; null for any other
 * @param now the current time, which determines the duration of an active run
 */
public record RunView(SyncLog log, @Nullable SyncProgress live, Instant now) {

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SHOWN_IN_SECONDS = 90;
    private static final int SHOWN_IN_MINUTES = 90;

    /**
     * A count of a run.
     *
     * @param part the name of the {@link RunPart} that lists the items; null if there is no list
     */
    public record LabelledCount(
            String label, int number, @Nullable String part) {}

    /** Returns whether the run is active. */
    public boolean isRunning() {
        return log.status() == SyncStatus.RUNNING;
    }

    /** Returns the path of its page. */
    public String address() {
        return "/peers/" + log.peer() + "/runs/" + log.id();
    }

    /** Returns the CSS classes for its status. */
    public String mark() {
        return switch (log.status()) {
            case RUNNING -> "mark";
            case SUCCEEDED -> "mark good";
            case FAILED -> "mark bad";
            case THROTTLED, INTERRUPTED -> "mark warn";
        };
    }

    /** Returns the counts of the run. Common outcomes are included even if they are 0. */
    public List<LabelledCount> counts(Visit visit) {
        List<LabelledCount> counts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            boolean isRare = kind == Kind.KEPT_OTHER_SOURCE || kind == Kind.LEFT_OUT;
            if (!isRare || number(kind) > 0) {
                counts.add(new LabelledCount(label(visit, kind), number(kind), kind.word()));
            }
        }
        if (log.tally().remarked() > 0) {
            counts.add(
                    new LabelledCount(visit.say("peers.remarked"), log.tally().remarked(), RunPart.REMARKED));
        }
        counts.add(new LabelledCount(visit.say("peers.run.requests"), log.requests(), null));
        return counts;
    }

    private int number(Kind kind) {
        SyncTally tally = log.tally();
        return switch (kind) {
            case ADDED -> tally.added();
            case UPDATED -> tally.updated();
            case UNCHANGED -> tally.unchanged();
            case KEPT_LOCAL -> tally.keptLocal();
            case KEPT_OTHER_SOURCE -> tally.keptOtherSource();
            case FAILED -> tally.failed();
            case WITHDRAWN -> tally.withdrawn();
            case LEFT_OUT -> tally.leftOut();
        };
    }

    /** Returns the name of an outcome in the visitor's language. */
    public static String label(Visit visit, Kind kind) {
        return visit.say(
                switch (kind) {
                    case ADDED -> "peers.new";
                    case UPDATED -> "peers.updated";
                    case UNCHANGED -> "peers.unchanged";
                    case KEPT_LOCAL -> "peers.kept";
                    case KEPT_OTHER_SOURCE -> "peers.other";
                    case FAILED -> "peers.failed";
                    case WITHDRAWN -> "peers.withdrawn";
                    case LEFT_OUT -> "peers.leftout";
                });
    }

    /** Returns the most interesting outcome that occurred, or {@code ADDED} if there were no items. */
    Kind foremost() {
        return Stream.of(
                        Kind.FAILED,
                        Kind.ADDED,
                        Kind.UPDATED,
                        Kind.WITHDRAWN,
                        Kind.KEPT_LOCAL,
                        Kind.KEPT_OTHER_SOURCE,
                        Kind.UNCHANGED,
                        Kind.LEFT_OUT)
                .filter(kind -> number(kind) > 0)
                .findFirst()
                .orElse(Kind.ADDED);
    }

    /** Returns the address of the page that lists one part of the run. */
    public String address(String part) {
        return address() + "?outcome=" + part;
    }

    /** Returns the duration so far, as text. */
    public String took(Visit visit) {
        return duration(visit, elapsed());
    }

    private Duration elapsed() {
        Instant end = log.finished() == null ? now : log.finished();
        Duration time = Duration.between(log.started(), end);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** Returns the number of requests per minute; 0 during the first second. */
    public long pace() {
        long seconds = elapsed().toSeconds();
        return seconds == 0 ? 0 : (long) log.requests() * SECONDS_PER_MINUTE / seconds;
    }

    /** Returns the number of resources that the peer lists; -1 if unknown. */
    public int total() {
        return live == null ? -1 : live.total();
    }

    /** Returns the number of items read, at most {@link #total} if that is known. A run can also read items outside the list. */
    public int read() {
        int read = log.tally().total();
        return total() >= 0 ? Math.min(read, total()) : read;
    }

    /** Returns the number of pages of the peer's list that were read so far; -1 if unknown. */
    public int pages() {
        return live == null ? -1 : live.pages();
    }

    /** Returns the estimated remaining time as text; null if unknown. */
    public @Nullable String left(Visit visit) {
        Duration left = live == null ? null : live.remaining();
        return left == null ? null : duration(visit, left);
    }

    static String duration(Visit visit, Duration time) {
        if (time.toSeconds() < SHOWN_IN_SECONDS) {
            return visit.say("peers.duration.s", time.toSeconds());
        }
        long minutes = (time.toSeconds() + SECONDS_PER_MINUTE / 2) / SECONDS_PER_MINUTE;
        return minutes < SHOWN_IN_MINUTES
                ? visit.say("peers.duration.min", minutes)
                : visit.say("peers.duration.h", (minutes + SECONDS_PER_MINUTE / 2) / SECONDS_PER_MINUTE);
    }
}

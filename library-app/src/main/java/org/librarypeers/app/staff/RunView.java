package org.librarypeers.app.staff;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncProgress;
import org.librarypeers.sync.storage.Outcome.Kind;

/**
 * A run as pages show it.
 *
 * @param log as far as it was noted
 * @param live what is known of it beyond that, if it is under way in this process; null if not
 * @param now the time, for how long it has been under way
 */
public record RunView(SyncLog log, @Nullable SyncProgress live, Instant now) {

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SHOWN_IN_SECONDS = 90;
    private static final int SHOWN_IN_MINUTES = 90;

    /**
     * How many there are of something.
     *
     * @param part the name of the {@link RunPart} that lists them; null for what are no resources
     */
    public record Count(String label, int number, @Nullable String part) {}

    /** Whether it is under way. */
    public boolean isRunning() {
        return log.status() == SyncStatus.RUNNING;
    }

    /** Where its page is. */
    public String address() {
        return "/peers/" + log.peer() + "/runs/" + log.id();
    }

    /** How its status is marked. */
    public String mark() {
        return switch (log.status()) {
            case RUNNING -> "mark";
            case SUCCEEDED -> "mark good";
            case FAILED -> "mark bad";
            case THROTTLED, INTERRUPTED -> "mark warn";
        };
    }

    /** What came of it, with what is usual even if it is nothing. */
    public List<Count> counts(Visit visit) {
        List<Count> counts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind != Kind.KEPT_OTHER_SOURCE || number(kind) > 0) {
                counts.add(new Count(label(visit, kind), number(kind), kind.word()));
            }
        }
        if (log.tally().remarked() > 0) {
            counts.add(new Count(visit.say("peers.remarked"), log.tally().remarked(), RunPart.REMARKED));
        }
        counts.add(new Count(visit.say("peers.run.requests"), log.requests(), null));
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
        };
    }

    /** What that kind is called. */
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
                });
    }

    /** What one wants to see first of it; the first kind if there is nothing. */
    Kind foremost() {
        return Stream.of(
                        Kind.FAILED,
                        Kind.ADDED,
                        Kind.UPDATED,
                        Kind.WITHDRAWN,
                        Kind.KEPT_LOCAL,
                        Kind.KEPT_OTHER_SOURCE,
                        Kind.UNCHANGED)
                .filter(kind -> number(kind) > 0)
                .findFirst()
                .orElse(Kind.ADDED);
    }

    /** Returns the address of the page that lists that part of the run. */
    public String address(String part) {
        return address() + "?outcome=" + part;
    }

    /** How long it took, or takes already. */
    public String took(Visit visit) {
        return duration(visit, elapsed());
    }

    private Duration elapsed() {
        Instant end = log.finished() == null ? now : log.finished();
        Duration time = Duration.between(log.started(), end);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** How many requests it makes in a minute; 0 if that cannot be said yet. */
    public long pace() {
        long seconds = elapsed().toSeconds();
        return seconds == 0 ? 0 : (long) log.requests() * SECONDS_PER_MINUTE / seconds;
    }

    /** How many resources the peer lists; -1 if that is not known. */
    public int total() {
        return live == null ? -1 : live.total();
    }

    /** How many of them were read: what came apart from the list does not count as more. */
    public int read() {
        int read = log.tally().total();
        return total() >= 0 ? Math.min(read, total()) : read;
    }

    /** How many pages were kept; -1 if that is not known. */
    public int pages() {
        return live == null ? -1 : live.pages();
    }

    /** How long the rest takes, as one says it; null if that is not known. */
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

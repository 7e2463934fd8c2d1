package org.librarypeers.app.staff;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncProgress;

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

    /** How many there are of something. */
    public record Count(String label, int number) {}

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
        SyncTally tally = log.tally();
        List<Count> counts = new ArrayList<>();
        counts.add(new Count(visit.say("peers.new"), tally.added()));
        counts.add(new Count(visit.say("peers.updated"), tally.updated()));
        counts.add(new Count(visit.say("peers.unchanged"), tally.unchanged()));
        counts.add(new Count(visit.say("peers.kept"), tally.keptLocal()));
        if (tally.keptOtherSource() > 0) {
            counts.add(new Count(visit.say("peers.other"), tally.keptOtherSource()));
        }
        counts.add(new Count(visit.say("peers.failed"), tally.failed()));
        counts.add(new Count(visit.say("peers.withdrawn"), tally.withdrawn()));
        counts.add(new Count(visit.say("peers.run.requests"), log.requests()));
        return counts;
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

package org.librarypeers.app.links;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.librarypeers.app.background.BackgroundJobs;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;

/** The jobs that check the links of public resources in the background. Thread-safe. */
public final class LinkJobs implements AutoCloseable {

    /** The wait after the start, because a server has more important work at first. */
    private static final Duration FIRST = Duration.ofSeconds(30);

    /** The pause when no link is due. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration SCAN_PAUSE = Duration.ofMinutes(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(5);

    /** Longer than a check can take. */
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private static final int SCANNED = 200;

    /** The checks of links that became due at the same time spread over this part of the wait. */
    private static final double SPREAD = 0.1;

    private final LinkRepository links;
    private final LinkProbe probe;
    private final LinkSettings settings;
    private final Clock clock;
    private final BackgroundJobs jobs = new BackgroundJobs();

    /** Creates jobs that are not started. Closing them closes the probe. */
    public LinkJobs(LinkRepository links, LinkProbe probe, LinkSettings settings, Clock clock) {
        this.links = links;
        this.probe = probe;
        this.settings = settings;
        this.clock = clock;
    }

    /** Starts the jobs. Does nothing if the settings say that links are not checked. */
    public void start() {
        if (!settings.check()) {
            return;
        }
        jobs.add("link-scan").start(FIRST, PAUSE_AFTER_FAILURE, () -> {
            scan();
            return SCAN_PAUSE;
        });
        for (int i = 1; i <= settings.concurrent(); i++) {
            jobs.add("link-check-" + i).start(FIRST, PAUSE_AFTER_FAILURE, () -> {
                while (checkNext()) {
                    // Goes on with the next link.
                }
                return PAUSE;
            });
        }
    }

    /** Records the links of all resources that have changed since the last scan. */
    void scan() {
        while (!jobs.isEnding() && links.scan(SCANNED, clock.instant()) > 0) {
            // Goes on with the next resources.
        }
    }

    /** Checks the next link that is due. Returns whether there was one. */
    boolean checkNext() {
        if (jobs.isEnding()) {
            return false;
        }
        Optional<LinkTask> task = links.claim(clock.instant(), CLAIM, settings.pause());
        if (task.isEmpty()) {
            return false;
        }
        LinkState state = probe.check(task.get());
        if (!jobs.isEnding()) {
            links.checked(task.get().id(), state, due(state));
        }
        return true;
    }

    private Instant due(LinkState state) {
        Duration wait = state.untilNextCheck();
        long spread = (long) (wait.toMillis() * SPREAD);
        return clock.instant().plus(wait).plusMillis(ThreadLocalRandom.current().nextLong(spread + 1));
    }

    @Override
    public void close() {
        jobs.end();
        probe.close();
        jobs.close();
    }
}

package org.librarypeers.app.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of scheduled syncs.
 *
 * @param enabled whether {@code serve} syncs peers automatically
 * @param interval the time between two scheduled syncs of a peer
 * @param concurrent the number of syncs that run at a time in one process, scheduled or not
 * @param windows the times of the day at which scheduled syncs may start
 */
public record ScheduleSettings(boolean enabled, Duration interval, int concurrent, SyncWindows windows) {

    /** The number of concurrent syncs with a pool that is large enough. More would leave little of two cores to readers. */
    private static final int DEFAULT_CONCURRENT = 4;

    /** The connections that syncs leave to the others: the pages, and the heartbeats of leases and of the schedule. */
    private static final int CONNECTIONS_FOR_OTHERS = 2;

    /**
     * Returns the settings of a configuration.
     *
     * @throws IllegalArgumentException if there are fewer connections than concurrent syncs need
     */
    public static ScheduleSettings from(Configuration configuration) {
        return new ScheduleSettings(
                configuration.get(Settings.SYNC_SCHEDULE),
                Duration.ofHours(configuration.get(Settings.SYNC_EVERY_HOURS)),
                concurrent(configuration),
                new SyncWindows(configuration.get(Settings.SYNC_WINDOWS), configuration.get(Settings.SYNC_TIME_ZONE)));
    }

    private static int concurrent(Configuration configuration) {
        int pool = configuration.get(Settings.DB_POOL_SIZE);
        int most = pool - CONNECTIONS_FOR_OTHERS;
        Optional<Integer> chosen = configuration.find(Settings.SYNC_CONCURRENT);
        if (chosen.isPresent() && chosen.get() > most) {
            throw new IllegalArgumentException("sync.concurrent is " + chosen.get() + ", but db.pool-size is " + pool
                    + ", which suffices for " + most + "; lower sync.concurrent, or set db.pool-size to at least "
                    + (chosen.get() + CONNECTIONS_FOR_OTHERS));
        }
        return chosen.orElse(Math.min(DEFAULT_CONCURRENT, most));
    }
}

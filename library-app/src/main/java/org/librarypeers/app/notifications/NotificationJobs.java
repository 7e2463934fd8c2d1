package org.librarypeers.app.notifications;

import java.time.Duration;
import java.util.Locale;
import org.librarypeers.app.background.BackgroundJob;
import org.librarypeers.app.background.BackgroundJobs;
import org.librarypeers.sync.notifications.OutboxMessage;

/** The jobs that report and send notifications in the background, while a server runs. */
public final class NotificationJobs implements AutoCloseable {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(10);

    /** The time between two looks at what is due. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Notifications notifications;
    private final BackgroundJobs jobs = new BackgroundJobs();

    /** Creates the jobs. They do nothing until they are started. */
    public NotificationJobs(Notifications notifications) {
        this.notifications = notifications;
    }

    /** Starts the jobs of the channels that are set up. Call this once. */
    public void start() {
        if (!notifications.isOn()) {
            return;
        }
        BackgroundJob reports = jobs.add("notifications");
        reports.start(FIRST, INTERVAL, () -> {
            notifications.report();
            return INTERVAL;
        });
        for (OutboxMessage.Channel channel : notifications.channels()) {
            BackgroundJob sender = jobs.add(channel.name().toLowerCase(Locale.ROOT) + "-sender");
            sender.start(FIRST, RETRY, () -> notifications.sendDue(channel, sender::closed));
        }
    }

    @Override
    public void close() {
        jobs.close();
    }
}

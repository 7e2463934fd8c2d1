package org.librarypeers.app.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.background.BackgroundJob;
import org.librarypeers.domain.LibraryId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that makes a backup whenever the newest one in the folder is too old. The folder is its only state, so a missed
 * or deleted backup is made up for. Any number of nodes may run it: at most one of them makes a backup at a time, and
 * nodes that share a folder make one backup together.
 */
public final class ScheduledBackups implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledBackups.class);

    /** The pause between two looks into the folder. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** The pause after a failure. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(15);

    private final Backups backups;
    private final BackupFolder folder;
    private final BackgroundJob job = new BackgroundJob("backups");
    private volatile @Nullable String trouble;

    /** Creates the job for the library with this id. It does nothing until it is started. */
    public ScheduledBackups(Backups backups, BackupSettings settings, LibraryId library) {
        this.backups = backups;
        this.folder = new BackupFolder(settings, library.value());
    }

    /** Starts to make backups in the background, until this object is closed. */
    public void start() {
        job.start(Duration.ZERO, PAUSE_AFTER_FAILURE, () -> run() ? PAUSE : PAUSE_AFTER_FAILURE);
    }

    /** Makes a backup if one is due. Returns false, and logs the reason, if the backup failed. */
    boolean run() {
        long start = System.nanoTime();
        try {
            Optional<Path> made = backups.createIfDue(folder);
            made.ifPresent(file -> LOG.info(
                    "Backup written to {} in {} s", file, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)));
            trouble = null;
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The scheduled backup failed: {}", String.valueOf(e.getMessage()));
            LOG.debug("Stack trace of the failed backup", e);
            trouble = "the last scheduled backup failed; see the log for the reason";
            return false;
        }
    }

    /** Returns a message without a path if the last backup failed, or an empty {@code Optional} if it did not. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Interrupts a backup that is being written, which leaves no file behind. */
    @Override
    public void close() {
        job.interrupt();
    }
}

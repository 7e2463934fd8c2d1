package org.librarypeers.app.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.background.BackgroundJobs;
import org.librarypeers.sync.pictures.PictureCopies;
import org.librarypeers.sync.pictures.PictureProblem;
import org.librarypeers.sync.pictures.PictureRepository;
import org.librarypeers.sync.pictures.PictureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that find, fetch and remove pictures while a server runs. They have threads of their own, so that a slow host delays
 * neither a sync nor a page. Any number of nodes may run them.
 */
public final class PictureJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PictureJobs.class);

    /** The pause when no picture is due. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The pause of further threads when no picture is due, so that an idle library costs the database little. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(10);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration CLEAN_UP_FIRST = Duration.ofMinutes(5);
    private static final Duration CLEAN_UP_PAUSE = Duration.ofHours(1);

    /** Longer than an attempt can take. */
    private static final Duration CLAIM = Duration.ofMinutes(10);

    /** The time after which a picture is fetched again, to see whether it has changed. */
    static final Duration REFRESH = Duration.ofDays(30);

    /** The waits after failed attempts. After the last one, the picture is not tried again. */
    static final List<Duration> WAITS = List.of(
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(4));

    private static final int SCANNED = 100;
    private static final int REMOVED = 100;

    private final PictureRepository pictures;
    private final PictureFetcher fetcher;
    private final PictureScaler scaler = new PictureScaler();
    private final PictureFiles files;
    private final PictureSettings settings;
    private final Clock clock;
    private final BusyHosts hosts = new BusyHosts();
    private final BackgroundJobs jobs = new BackgroundJobs();

    /** Creates jobs that are not started. Closing them closes the fetcher. */
    public PictureJobs(
            PictureRepository pictures,
            PictureFetcher fetcher,
            PictureFiles files,
            PictureSettings settings,
            Clock clock) {
        this.pictures = pictures;
        this.fetcher = fetcher;
        this.files = files;
        this.settings = settings;
        this.clock = clock;
    }

    /** Starts the jobs. Does nothing if the settings say that no pictures are fetched. */
    public void start() {
        if (!settings.fetch()) {
            return;
        }
        jobs.add("picture-scan").start(PAUSE, PAUSE_AFTER_FAILURE, () -> {
            scan();
            return PAUSE;
        });
        jobs.add("picture-clean-up").start(CLEAN_UP_FIRST, CLEAN_UP_PAUSE, () -> {
            cleanUp();
            return CLEAN_UP_PAUSE;
        });
        for (int i = 1; i <= settings.concurrent(); i++) {
            Duration pause = i == 1 ? PAUSE : LONG_PAUSE;
            jobs.add("picture-fetch-" + i).start(pause, PAUSE_AFTER_FAILURE, () -> {
                while (fetchNext()) {
                    // Goes on with the next picture.
                }
                return pause;
            });
        }
    }

    /** Records the pictures of all resources that have changed since the last scan. */
    void scan() {
        while (!jobs.isEnding() && pictures.scan(NamedPictures::of, SCANNED, clock.instant()) > 0) {
            // Goes on with the next resources.
        }
    }

    /** Removes the pictures that no resource names any more. */
    void cleanUp() {
        int removed = REMOVED;
        while (!jobs.isEnding() && removed == REMOVED) {
            removed = pictures.removeUnnamed(REMOVED, this::delete);
        }
    }

    private void delete(List<String> copies) {
        for (String each : copies) {
            try {
                files.delete(each);
            } catch (IOException e) {
                throw new UncheckedIOException("a picture cannot be deleted: " + e.getMessage(), e);
            }
        }
    }

    /** Fetches the next picture that is due. Returns whether there was one. */
    boolean fetchNext() {
        if (jobs.isEnding()) {
            return false;
        }
        Optional<PictureTask> next =
                hosts.claim((except, after) -> pictures.claim(clock.instant(), CLAIM, except, after));
        if (next.isEmpty()) {
            return false;
        }
        PictureTask task = next.get();
        try {
            fetch(task);
        } finally {
            hosts.release(task.host());
        }
        return true;
    }

    private void fetch(PictureTask task) {
        Path file = null;
        try {
            file = Files.createTempFile("library-picture-", ".tmp");
            PictureFetcher.Answer answer = read(task, file);
            if (answer instanceof PictureFetcher.Answer.Received received) {
                keep(task, received, scaler.scale(file));
            } else {
                pictures.unchanged(task.id(), clock.instant().plus(REFRESH));
            }
        } catch (PictureException e) {
            failed(task, e);
        } catch (IOException e) {
            // The file store or the disk: not a property of the picture, so the claim just ends.
            LOG.warn("A picture could not be stored; it is tried again later: {}", e.getMessage());
        } finally {
            delete(file);
        }
    }

    private PictureFetcher.Answer read(PictureTask task, Path file) throws IOException {
        if (PictureFiles.isOwn(task.address())) {
            return copied(
                    files.openOwn(task.address())
                            .orElseThrow(() -> new PictureException(PictureProblem.FILE_MISSING, "")),
                    file);
        }
        try {
            return fetcher.fetch(task, isStored(task.copies()), file);
        } catch (PictureException e) {
            // A bundle may have brought the picture, for a library that is offline.
            return copied(files.openCarried(task.address(), settings.maxBytes()).orElseThrow(() -> e), file);
        }
    }

    private static PictureFetcher.Answer copied(InputStream picture, Path file) throws IOException {
        try (picture) {
            Files.copy(picture, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return new PictureFetcher.Answer.Received(null, null);
    }

    /** Returns whether the copies are in the store. It may have been restored from a backup without files. */
    private boolean isStored(@Nullable PictureCopies copies) throws IOException {
        if (copies == null) {
            return false;
        }
        for (String each : copies.files()) {
            if (files.find(each).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void keep(PictureTask task, PictureFetcher.Answer.Received received, PictureScaler.Pair scaled)
            throws IOException {
        // A small picture has the same content twice, which the store keeps once.
        PictureCopies copies =
                new PictureCopies(files.put(task.address(), scaled.small()), files.put(task.address(), scaled.large()));
        pictures.kept(
                task.id(),
                copies,
                received.etag(),
                received.lastModified(),
                clock.instant().plus(REFRESH));
        PictureCopies before = task.copies();
        if (before != null) {
            delete(before.files().stream()
                    .filter(each -> !copies.files().contains(each))
                    .toList());
        }
    }

    private void failed(PictureTask task, PictureException failure) {
        if (jobs.isEnding()) {
            // Interrupted by this process, so another attempt follows when the claim ends.
            return;
        }
        LOG.debug("The picture {} could not be fetched: {} {}", task.address(), failure.problem(), failure.detail());
        Instant now = clock.instant();
        Instant due = null;
        if (failure.problem().isPassing() && task.attempts() < WAITS.size()) {
            due = now.plus(WAITS.get(task.attempts()));
        } else if (task.copies() != null) {
            due = now.plus(REFRESH);
        }
        pictures.failed(task.id(), failure.problem(), failure.detail(), due);
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("A temporary file could not be deleted: {}", e.getMessage());
        }
    }

    /** Ends the requests, and stops after the current work. */
    @Override
    public void close() {
        jobs.end();
        fetcher.close();
        jobs.close();
    }
}

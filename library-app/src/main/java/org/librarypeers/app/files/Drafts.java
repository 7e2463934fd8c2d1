package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.files.FileTooLargeException;
import org.librarypeers.sync.files.StoredFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of uploads that are not stored yet. The address of a file is known only when all of its content has arrived, so
 * it is written here first. Several processes may use one folder. Thread-safe.
 */
public final class Drafts {

    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);

    /** The time without a write after which an upload is considered abandoned by a killed process. */
    public static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;
    private final Clock clock;

    /** Creates the drafts of this folder. The first draft creates the folder. */
    public Drafts(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * A complete copy of an upload. Closing it deletes the copy, unless it was moved.
     *
     * @param path where the copy is
     * @param file the address and the size of the content
     */
    public record Draft(Path path, StoredFile file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /**
     * Writes the remaining content of a stream to a new draft, and saves it to the disk. Reads at most one byte more than
     * allowed. If this method throws, nothing is left behind. Does not close the stream.
     *
     * @throws FileTooLargeException if the stream has more bytes
     * @throws IOException if the stream cannot be read or the draft cannot be written
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public Draft write(InputStream bytes, long maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + "; it must be at least 0");
        }
        Files.createDirectories(folder);
        removeAbandoned();
        Path path = Files.createTempFile(folder, "", ".part");
        boolean complete = false;
        try {
            Draft draft = new Draft(path, write(bytes, path, maxBytes));
            complete = true;
            return draft;
        } finally {
            if (!complete) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static StoredFile write(InputStream bytes, Path draft, long maxBytes) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            while (true) {
                int wanted = (int) Math.min(maxBytes - size, BUFFER_BYTES - 1) + 1;
                int read = bytes.readNBytes(buffer, 0, wanted);
                if (read == 0) {
                    break;
                }
                size += read;
                if (size > maxBytes) {
                    throw new FileTooLargeException(maxBytes);
                }
                digest.update(buffer, 0, read);
                ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, read);
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            channel.force(true);
        }
        return new StoredFile(Sha256.hex(digest), size);
    }

    /**
     * Deletes drafts that a killed process left behind. Drafts that cannot be deleted are left to the next call; an
     * upload does not fail because of them.
     */
    public void removeAbandoned() {
        Instant limit = clock.instant().minus(ABANDONED_AFTER);
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder)) {
            for (Path draft : drafts) {
                removeIfAbandoned(draft, limit);
            }
        } catch (NoSuchFileException e) {
            LOG.trace("Nothing was uploaded yet", e);
        } catch (IOException e) {
            LOG.debug("Could not look for leftover files in {}", folder, e);
        }
    }

    private static void removeIfAbandoned(Path draft, Instant limit) {
        try {
            if (Files.getLastModifiedTime(draft).toInstant().isBefore(limit)) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            LOG.debug("Could not remove {}", draft, e);
        }
    }
}

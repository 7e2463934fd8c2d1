package org.librarypeers.app.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.overview.DiskSpace;

/** A check that files can still be written under the home directory of a library. Thread-safe. */
final class DiskCheck {

    /**
     * The default minimum of free space, in bytes. With less, the embedded database may soon stop, because it writes its
     * write-ahead log in files of 16 MiB.
     */
    static final long DEFAULT_LEAST_FREE_BYTES = 64L * 1024 * 1024;

    /** The time for which a result is reused. Health checks can be frequent, and a disk does not fill within this time. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int PROBE_BYTES = 64 * 1024;
    private static final long MIB = 1024L * 1024;

    private final Path home;
    private final long leastFreeBytes;
    private @Nullable Result last;

    private record Result(Optional<String> trouble, long nanos) {}

    DiskCheck(Path home, long leastFreeBytes) {
        this.home = home;
        this.leastFreeBytes = leastFreeBytes;
    }

    /** Returns an error message that reveals no path, or an empty {@code Optional} if files can be written. */
    synchronized Optional<String> trouble() {
        long now = System.nanoTime();
        if (last == null || now - last.nanos > REMEMBERED.toNanos()) {
            last = new Result(look(), now);
        }
        return last.trouble;
    }

    /** Returns the space on the disk. Empty if it cannot be read. */
    Optional<DiskSpace> space() {
        try {
            FileStore store = Files.getFileStore(home);
            return Optional.of(new DiskSpace(store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            // The check reports the reason.
            return Optional.empty();
        }
    }

    private Optional<String> look() {
        try {
            long free = Files.getFileStore(home).getUsableSpace();
            if (free < leastFreeBytes) {
                return Optional.of("the disk is full: " + free / MIB + " MiB are free, but at least "
                        + leastFreeBytes / MIB + " MiB are needed; free some space");
            }
            write();
            return Optional.empty();
        } catch (IOException e) {
            String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
            return Optional.of(
                    "files cannot be written (" + (reason == null ? e.getClass().getSimpleName() : reason)
                            + "); free some space, or check the disk");
        }
    }

    /** Writes a small file. The free space alone does not reveal quotas, a lack of inodes, or a read-only disk. */
    private void write() throws IOException {
        Path probe = home.resolve("health.probe");
        try (FileChannel channel = FileChannel.open(
                probe, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        Files.deleteIfExists(probe);
    }
}

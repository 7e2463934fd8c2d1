package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Locks between processes. The operating system releases the locks of a process that ends. */
final class FileLocks {

    private static final Logger log = LoggerFactory.getLogger(FileLocks.class);

    private FileLocks() {}

    /** Runs an action while holding the lock exclusively. Waits for the lock. */
    static void holding(Path file, Runnable action) {
        FileChannel held = lock(file, false);
        try {
            action.run();
        } finally {
            release(held);
        }
    }

    /** Acquires the lock in shared mode. Waits while another process holds it exclusively. */
    static FileChannel share(Path file) {
        return lock(file, true);
    }

    static void release(@Nullable FileChannel held) {
        if (held == null) {
            return;
        }
        try {
            held.close();
        } catch (IOException e) {
            log.debug("Could not close a lock file", e);
        }
    }

    private static FileChannel lock(Path file, boolean shared) {
        try {
            FileChannel channel = open(file);
            try {
                channel.lock(0, Long.MAX_VALUE, shared);
                return channel;
            } catch (IOException | OverlappingFileLockException e) {
                channel.close();
                throw e instanceof IOException failed ? failed : new IOException("already open in this JVM", e);
            }
        } catch (IOException e) {
            throw Layout.notWritable(file, e);
        }
    }

    /** Returns whether no process holds the lock at this moment, exclusively or shared. */
    static boolean isFree(Path file) {
        try (FileChannel channel = open(file);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException e) {
            throw Layout.notWritable(file, e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}

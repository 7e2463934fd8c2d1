package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.storage.StorageException;

/**
 * A move of all files from one store to another. Files that are already in the other store are not copied again, so a
 * move that was interrupted can be repeated. Both stores may be used during the move.
 */
public final class FileMove {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ManagedFiles from;
    private final ManagedFiles to;
    private final Listener listener;
    private final List<Damage> damaged = new ArrayList<>();
    private long files;
    private long bytes;
    private long copied;
    private long copiedBytes;
    private long deleted;

    /**
     * Creates a move.
     *
     * @param listener receives the progress, on the moving thread
     */
    public FileMove(ManagedFiles from, ManagedFiles to, Listener listener) {
        this.from = from;
        this.to = to;
        this.listener = listener;
    }

    /** The steps of a move. */
    public enum Step {
        /** Files are copied. */
        COPYING,
        /** The copies are read and compared. */
        VERIFYING,
        /** The files are deleted from the first store. */
        DELETING
    }

    /** Receives the progress of a move. */
    @FunctionalInterface
    public interface Listener {
        /** Receives the number of files and bytes that a step has dealt with so far. */
        void progressed(Step step, long files, long bytes);
    }

    /**
     * A file whose content does not match its address.
     *
     * @param sha256 the address
     * @param place the store that has the damaged content, in words
     */
    public record Damage(String sha256, String place) {}

    /**
     * The counts of a move until now.
     *
     * @param files the number of files that were found in the first store
     * @param bytes their bytes
     * @param copied the number of files that were copied, because they were not in the other store
     * @param copiedBytes their bytes
     * @param deleted the number of files that were deleted from the first store
     * @param damaged the files whose content does not match their address; they stay where they are
     */
    public record Result(long files, long bytes, long copied, long copiedBytes, long deleted, List<Damage> damaged) {

        /** Copies the list. */
        public Result {
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Copies all files that are not in the other store. The hash of a file is computed while it is copied.
     *
     * @throws IOException if a store fails; the files so far are copied
     */
    public void copy() throws IOException {
        from.forEach(file -> {
            files++;
            bytes += file.sizeBytes();
            if (!has(to, file)) {
                copy(file);
            }
            listener.progressed(Step.COPYING, files, bytes);
        });
    }

    private void copy(StoredFile file) throws IOException {
        try (InputStream in = new VerifiedStream(from.open(file, 0), file)) {
            to.put(in, file.sizeBytes());
            copied++;
            copiedBytes += file.sizeBytes();
        } catch (VerifiedStream.DamagedException e) {
            damaged.add(new Damage(file.sha256(), from.toString()));
        }
    }

    private static boolean has(ManagedFiles store, StoredFile file) throws IOException {
        try {
            return store.find(file.sha256()).filter(file::equals).isPresent();
        } catch (StorageException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getMessage(), e);
        }
    }

    /**
     * Reads the copies of all files back, compares their hashes, and then deletes the files from the first store. Deletes nothing
     * if a file or a copy is damaged. Files that were stored in the first store since {@link #copy} stay.
     *
     * @throws IOException if a store fails
     */
    public void deleteCopied() throws IOException {
        if (!damaged.isEmpty()) {
            return;
        }
        Set<String> verified = new HashSet<>();
        long[] read = new long[1];
        from.forEach(file -> {
            Optional<String> hash = has(to, file) ? Optional.of(hash(file)) : Optional.empty();
            if (hash.isPresent() && hash.get().equals(file.sha256())) {
                verified.add(file.sha256());
                read[0] += file.sizeBytes();
                listener.progressed(Step.VERIFYING, verified.size(), read[0]);
            } else if (hash.isPresent()) {
                damaged.add(new Damage(file.sha256(), to.toString()));
            }
        });
        if (damaged.isEmpty()) {
            delete(verified);
        }
    }

    private String hash(StoredFile file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = to.open(file, 0)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Sha256.hex(digest);
    }

    private void delete(Set<String> verified) throws IOException {
        long[] gone = new long[1];
        from.forEach(file -> {
            // Somebody may have moved the file back meanwhile.
            if (verified.contains(file.sha256()) && has(to, file)) {
                from.delete(file);
                deleted++;
                gone[0] += file.sizeBytes();
                listener.progressed(Step.DELETING, deleted, gone[0]);
            }
        });
    }

    /** Returns the progress of the move. */
    public Result result() {
        return new Result(files, bytes, copied, copiedBytes, deleted, damaged);
    }
}

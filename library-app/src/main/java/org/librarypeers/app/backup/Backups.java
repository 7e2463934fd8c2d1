package org.librarypeers.app.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.backup.BackupManifest.Table;
import org.librarypeers.app.files.FileStoreException;
import org.librarypeers.app.files.IoFailure;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.app.files.PrivateFile;
import org.librarypeers.persistence.Maintenance;
import org.librarypeers.persistence.Maintenance.Snapshot;
import org.librarypeers.sync.storage.StorageException;

/** A service that makes backups of one library, while it is in use. Thread-safe. */
public final class Backups {

    /** The parts of a backup that can be left out. With all of them, the backup alone restores the library. */
    public enum Part {
        /** The secret key. Without it, the key must be kept elsewhere. */
        SECRET_KEY,
        /** The uploaded files. Without them, they must be kept elsewhere, for example in an object store. */
        FILES
    }

    private final Maintenance maintenance;
    private final ManagedFiles files;
    private final byte[] secretKey;
    private final Clock clock;

    /** Creates a service for the library with these tables, files and secret key. */
    public Backups(Maintenance maintenance, ManagedFiles files, byte[] secretKey, Clock clock) {
        this.maintenance = maintenance;
        this.files = files;
        this.secretKey = secretKey.clone();
        this.clock = clock;
    }

    /**
     * Writes a backup to a new file that only its owner can read. The file is complete or missing.
     *
     * @param parts the parts to include beside the database
     * @throws BackupException if the file exists already or cannot be written
     * @throws StorageException if the database cannot be read
     */
    public BackupManifest create(Path file, Set<Part> parts) {
        requireNew(file);
        try (Snapshot snapshot = maintenance.snapshot()) {
            return write(file, snapshot, parts);
        }
    }

    /**
     * Writes a backup to a new file in the folder if one is due, unless another node is writing one. Then deletes old ones.
     *
     * @return the file, or an empty {@code Optional} if none was due
     * @throws BackupException if the file cannot be written
     * @throws StorageException if the database cannot be read
     */
    Optional<Path> createIfDue(BackupFolder folder) {
        try {
            if (!folder.isDue(clock.instant())) {
                return Optional.empty();
            }
            Optional<Snapshot> held = maintenance.snapshotUnlessHeld();
            if (held.isEmpty()) {
                return Optional.empty();
            }
            try (Snapshot snapshot = held.get()) {
                return createIfDue(folder, snapshot);
            }
        } catch (IOException e) {
            throw unwritable(folder.directory(), e);
        }
    }

    private Optional<Path> createIfDue(BackupFolder folder, Snapshot snapshot) throws IOException {
        // Another node may just have finished one in the same folder.
        if (!folder.isDue(clock.instant())) {
            return Optional.empty();
        }
        Path file = folder.file(clock.instant());
        write(file, snapshot, folder.parts());
        folder.prune(clock.instant());
        return Optional.of(file);
    }

    private static void requireNew(Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            throw exists(file, null);
        }
        if (!Files.isDirectory(folder)) {
            throw new BackupException("cannot write " + file + ": there is no folder " + folder, null);
        }
    }

    private BackupManifest write(Path file, Snapshot snapshot, Set<Part> parts) {
        BackupManifest[] manifest = new BackupManifest[1];
        try {
            PrivateFile.create(file, out -> {
                BackupWriter writer = new BackupWriter(out, clock.instant());
                if (parts.contains(Part.SECRET_KEY)) {
                    writer.add(BackupManifest.SECRET_KEY, BackupWriter.hex(secretKey));
                }
                List<Table> tables = writer.addTables(snapshot);
                if (parts.contains(Part.FILES)) {
                    writer.addFiles(files);
                }
                manifest[0] = writer.finish(snapshot.content(), tables, parts.contains(Part.FILES));
            });
        } catch (FileAlreadyExistsException e) {
            throw exists(file, e);
        } catch (FileStoreException e) {
            throw new BackupException("the uploaded files cannot be read, so no backup was made: " + e.getMessage(), e);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return Objects.requireNonNull(manifest[0]);
    }

    private static BackupException exists(Path file, @Nullable IOException cause) {
        return new BackupException(file + " already exists; choose another name, or remove it first", cause);
    }

    private static BackupException unwritable(Path file, IOException cause) {
        return new BackupException(
                "cannot write " + file + " (" + IoFailure.reason(cause)
                        + "); check that the folder is writable and that the disk is not full",
                cause);
    }
}

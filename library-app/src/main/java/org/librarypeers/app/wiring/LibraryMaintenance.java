package org.librarypeers.app.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.app.backup.BackupException;
import org.librarypeers.app.backup.BackupFile;
import org.librarypeers.app.backup.BackupManifest;
import org.librarypeers.app.backup.Backups;
import org.librarypeers.app.files.IoFailure;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.persistence.Maintenance;
import org.librarypeers.sync.storage.StorageException;

/**
 * Work on a library that is not open: it is backed up in the version that its tables have, restored, or given another
 * secret key.
 */
public final class LibraryMaintenance {

    private static final Clock CLOCK = Clock.systemUTC();

    private LibraryMaintenance() {}

    /**
     * Writes a backup to a new file. Others may use the library during the backup. Does not migrate the tables, so that
     * a new version of the program can make the backup before the upgrade.
     *
     * @throws IllegalArgumentException if there is no library
     * @throws BackupException if the file cannot be written, or is complete but could not be recorded in the audit log
     * @throws RuntimeException if the library cannot be read; the message is one line
     */
    public static BackupManifest backUp(LibrarySettings settings, Path file, Set<Backups.Part> parts) {
        LibraryDatabase.requireExisting(settings);
        try (LibraryDatabase database = LibraryDatabase.open(settings)) {
            byte[] secretKey = database.secretKey();
            try (JpaStorage storage = database.storage(secretKey);
                    ManagedFiles files = FileStores.inUse(settings, CLOCK)) {
                database.requireLibrary(storage);
                BackupManifest manifest =
                        new Backups(storage.maintenance(), files, secretKey, CLOCK).create(file, parts);
                record(storage, file);
                return manifest;
            }
        }
    }

    /**
     * Records a backup. The file stays if that is not possible, because it may be needed just then. The tables of an earlier
     * version may have no audit log, so that nothing is recorded there.
     */
    private static void record(JpaStorage storage, Path backup) {
        Note note = new Note(AuditAction.BACKUP_CREATED, AuditTrail.subject(backup));
        try {
            if (!storage.isOutdated()) {
                storage.audit().add(AuditTrail.ofCommand(note, CLOCK));
            }
        } catch (StorageException e) {
            throw new BackupException(
                    "the backup " + backup
                            + " is complete and can be restored, but it could not be recorded in the audit log: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Restores a backup into an empty home or an empty database. Everything is checked before anything is changed. The
     * files come first, then the secret key, and the tables last, in one transaction. A restoration that was killed can be
     * repeated.
     *
     * @throws BackupException if the file is not a complete, unchanged backup, or its secret key does not fit
     * @throws RuntimeException if the library has data, is in use, or cannot be written; the message is one line
     */
    public static BackupManifest restore(LibrarySettings settings, Path file) {
        try (BackupFile backup = BackupFile.open(file)) {
            backup.verify();
            byte[] secretKey = secretKey(settings, backup);
            try (LibraryDatabase database = LibraryDatabase.open(settings);
                    JpaStorage storage = database.storage(secretKey);
                    ManagedFiles files = FileStores.inUse(settings, CLOCK)) {
                Maintenance.Content content = backup.manifest().content();
                storage.maintenance().requireRestorable(content);
                backup.copyFiles(files);
                // Before the tables, so that a command that is run after a kill has the right key.
                keep(settings, secretKey);
                Note note = new Note(
                        AuditAction.BACKUP_RESTORED,
                        AuditTrail.subject(file),
                        Map.of("made", backup.manifest().created().toString()));
                storage.maintenance()
                        .restore(content, table -> backup.rows(table.name()), AuditTrail.ofCommand(note, CLOCK));
                return backup.manifest();
            }
        }
    }

    /** Returns the secret key of the restored library, which must be the same in all places that have one. */
    private static byte[] secretKey(LibrarySettings settings, BackupFile backup) {
        Optional<byte[]> inBackup = backup.secretKey();
        Optional<byte[]> here;
        try {
            here = SecretKey.find(settings.secretKey(), settings.home());
        } catch (IOException e) {
            throw keyFailure(settings, e);
        }
        if (here.isPresent() && inBackup.isPresent() && !Arrays.equals(here.get(), inBackup.get())) {
            throw new BackupException(
                    settings.secretKey() == null
                            ? "the file secret.key in " + settings.home()
                                    + " differs from the secret key in the backup;"
                                    + " nothing was changed. Restore into another home, or move that file to another"
                                    + " folder if no library uses it"
                            : "LIBRARY_SECRET_KEY differs from the secret key in the backup; nothing was changed. Set"
                                    + " it to the key of the library that was backed up, or unset it to use the one in"
                                    + " the backup",
                    null);
        }
        return here.or(() -> inBackup)
                .orElseThrow(() -> new BackupException(
                        "the backup was made without the secret key; nothing was changed. Put the file secret.key of"
                                + " that library into " + settings.home() + ", or set LIBRARY_SECRET_KEY",
                        null));
    }

    private static void keep(LibrarySettings settings, byte[] secretKey) {
        if (settings.secretKey() == null) {
            try {
                SecretKey.keep(settings.home(), secretKey);
            } catch (IOException e) {
                throw keyFailure(settings, e);
            }
        }
    }

    private static UncheckedIOException keyFailure(LibrarySettings settings, IOException cause) {
        return new UncheckedIOException(
                "cannot read or write the key file in " + settings.home() + " (" + IoFailure.reason(cause)
                        + "); check the permissions of that folder",
                cause);
    }

    /**
     * Encrypts all stored secrets with another key. If the process is killed at any moment, the library can be opened
     * afterwards, with the old key or with the new one.
     *
     * @param given the new key as 64 hexadecimal digits, if the settings contain the present one; null to write a new one
     *     to the key file
     * @throws IllegalArgumentException if there is no library, or the new key is not valid or the present one
     * @throws RuntimeException if another process uses the library, or it cannot be read or written; nothing was changed
     */
    public static void changeSecretKey(LibrarySettings settings, @Nullable String given) {
        LibraryDatabase.requireExisting(settings);
        byte[] chosen = given == null ? null : SecretKey.parse("the new secret key", given);
        try (LibraryDatabase database = LibraryDatabase.open(settings)) {
            byte[] present = database.secretKey();
            if (Arrays.equals(present, chosen)) {
                throw new IllegalArgumentException("the new secret key is the present one; choose another");
            }
            try (JpaStorage storage = database.storage(present)) {
                database.requireLibrary(storage);
                storage.migrate();
                storage.inTransaction(() -> {
                    storage.maintenance().changeSecretKey(next(settings, chosen));
                    Note note = new Note(AuditAction.SECRET_KEY_CHANGED, null);
                    storage.audit().add(AuditTrail.ofCommand(note, CLOCK));
                });
            }
            if (chosen == null) {
                SecretKey.useNext(settings.home());
            }
        } catch (IOException e) {
            throw keyFailure(settings, e);
        }
    }

    private static Supplier<byte[]> next(LibrarySettings settings, byte @Nullable [] chosen) {
        return () -> {
            try {
                return chosen == null ? SecretKey.makeNext(settings.home()) : chosen;
            } catch (IOException e) {
                throw keyFailure(settings, e);
            }
        };
    }
}

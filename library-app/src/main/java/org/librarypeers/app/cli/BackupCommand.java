package org.librarypeers.app.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.app.backup.BackupFile;
import org.librarypeers.app.backup.BackupManifest;
import org.librarypeers.app.backup.Backups;
import org.librarypeers.app.wiring.LibraryMaintenance;
import org.librarypeers.domain.Count;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = "Backs up the whole library while it runs, restores it, and checks backups.",
        synopsisSubcommandLabel = "(create | restore | verify)",
        subcommands = {BackupCommand.Create.class, BackupCommand.Restore.class, BackupCommand.Verify.class})
final class BackupCommand extends CommandGroup {

    BackupCommand() {
        super("create, restore or verify");
    }

    /** Returns what a backup contains, for people. */
    private static String summary(BackupManifest manifest) {
        return Count.of(manifest.rows("resource"), "resource") + ", " + Count.of(manifest.rows("account"), "account")
                + ", " + Count.of(manifest.rows("peer"), "peer") + " and "
                + (manifest.hasFiles() ? Count.of(manifest.files(), "uploaded file") : "no uploaded files");
    }

    private static Optional<String> filesNote(BackupManifest manifest) {
        return manifest.hasFiles()
                ? Optional.empty()
                : Optional.of(
                        "It does not contain the uploaded files. Keep their store: without it, links to them do not"
                                + " work.");
    }

    private static String secretKeyNote(BackupManifest manifest) {
        return manifest.hasSecretKey()
                ? "It contains the secret key. Keep it where only you can read it."
                : "It does not contain the secret key. Keep that elsewhere: the backup cannot be restored without it.";
    }

    @Command(
            name = "create",
            description =
                    "Writes a backup of the database, the uploaded files and the secret key to a new file that only"
                            + " you can read. The library may be in use. The tables are not upgraded.")
    static final class Create extends BaseCommand {

        @Parameters(paramLabel = "FILE", description = "The new file, for example library.zip.")
        private Path file = Path.of("");

        @Option(
                names = "--without-secret-key",
                description = "Leave out the secret key. The backup can only be restored with a copy of the key.")
        private boolean withoutSecretKey;

        @Option(
                names = "--without-files",
                description =
                        "Leave out the uploaded files, for example because their bucket is backed up by other means.")
        private boolean withoutFiles;

        @Override
        public Integer call() {
            Set<Backups.Part> parts = EnumSet.allOf(Backups.Part.class);
            if (withoutSecretKey) {
                parts.remove(Backups.Part.SECRET_KEY);
            }
            if (withoutFiles) {
                parts.remove(Backups.Part.FILES);
            }
            BackupManifest manifest = LibraryMaintenance.backUp(settings(), file, parts);
            out().println(file + ": " + summary(manifest));
            filesNote(manifest).ifPresent(out()::println);
            out().println(secretKeyNote(manifest));
            return 0;
        }
    }

    @Command(
            name = "restore",
            description =
                    "Restores a backup into an empty home, or into the empty database of the settings, and upgrades"
                            + " it to this version of the program. Refused if there is a library already.")
    static final class Restore extends BaseCommand {

        @Parameters(paramLabel = "FILE", description = "The backup.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            BackupManifest manifest = LibraryMaintenance.restore(settings(), file);
            out().println("restored the library of " + manifest.created() + ": " + summary(manifest));
            filesNote(manifest).ifPresent(out()::println);
            out().println("Do not run the library from which the backup was made any more: there must be only one.");
            return 0;
        }
    }

    @Command(
            name = "verify",
            description = "Reads a whole backup and checks that it is complete and unchanged. Needs no library.")
    static final class Verify extends BaseCommand {

        @Parameters(paramLabel = "FILE", description = "The backup.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            try (BackupFile backup = BackupFile.open(file)) {
                backup.verify();
                BackupManifest manifest = backup.manifest();
                out().println(file + " is complete: " + summary(manifest));
                out().println("made at " + manifest.created() + " by " + manifest.program() + ", schema version "
                        + manifest.schemaVersion() + ", library " + manifest.library());
                filesNote(manifest).ifPresent(out()::println);
                out().println(secretKeyNote(manifest));
                return 0;
            }
        }
    }
}

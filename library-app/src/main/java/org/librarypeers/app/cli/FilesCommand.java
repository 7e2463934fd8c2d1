package org.librarypeers.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.app.config.FileStoreKind;
import org.librarypeers.app.files.FileMove;
import org.librarypeers.app.files.IoFailure;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.app.wiring.FileStores;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Count;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "files",
        description = "Moves the uploaded files between the directory and the object store of the settings.",
        synopsisSubcommandLabel = "(move)",
        subcommands = FilesCommand.Move.class)
final class FilesCommand extends CommandGroup {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final double MIB = 1024.0 * 1024;

    FilesCommand() {
        super("move");
    }

    @Command(
            name = "move",
            description =
                    "Copies all uploaded files that are not in the other store yet. The library may be in use. If the"
                            + " command is interrupted, run it again: it continues where it stopped. Without --delete, the files also"
                            + " stay where they are.")
    static final class Move extends BaseLibraryCommand {

        @Option(
                names = "--to",
                required = true,
                paramLabel = "STORE",
                description = "The store to move to: disk or s3. The files come from the other one.")
        private FileStoreKind to = FileStoreKind.S3;

        @Option(
                names = "--delete",
                description =
                        "Afterwards, read all copies back, and delete the files from the store that they come from if no"
                                + " file is damaged. Requires that files.store is the new store.")
        private boolean delete;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        private long lastLine = System.nanoTime();

        @Override
        int run(Library library) {
            FileStoreKind from = to == FileStoreKind.S3 ? FileStoreKind.DISK : FileStoreKind.S3;
            if (delete && library.settings().fileStore() != to) {
                throw new CliException("files.store is " + word(from) + ", so the files there are in use; set it to "
                        + word(to) + ", restart the servers, and run the command again");
            }
            try (ManagedFiles source = FileStores.of(from, library.settings(), library.clock());
                    ManagedFiles target = FileStores.of(to, library.settings(), library.clock())) {
                FileMove move = new FileMove(source, target, this::progressed);
                move(library, move, source, target);
                FileMove.Result result = move.result();
                report(from, source, target, result);
                return result.damaged().isEmpty() ? 0 : 1;
            }
        }

        private void move(Library library, FileMove move, ManagedFiles source, ManagedFiles target) {
            try {
                library.auditTrail()
                        .recordNow(new Note(AuditAction.FILES_COPIED, new Subject("file", target.toString(), null)));
                move.copy();
                if (delete) {
                    library.auditTrail()
                            .recordNow(
                                    new Note(AuditAction.FILES_DELETED, new Subject("file", source.toString(), null)));
                    move.deleteCopied();
                }
            } catch (IOException e) {
                throw new CliException(
                        IoFailure.reason(e) + ". Copied so far: "
                                + Count.of(move.result().copied(), "file") + "; deleted: "
                                + Count.of(move.result().deleted(), "file")
                                + ". Run the command again to continue",
                        e);
            }
        }

        private void progressed(FileMove.Step step, long files, long bytes) {
            long now = System.nanoTime();
            if (now - lastLine >= BETWEEN_LINES.toNanos()) {
                lastLine = now;
                err().println(word(step) + ": " + Count.of(files, "file") + ", " + size(bytes) + " so far");
                err().flush();
            }
        }

        private void report(FileStoreKind from, ManagedFiles source, ManagedFiles target, FileMove.Result result) {
            result.damaged()
                    .forEach(damage -> err().println("library: the file " + damage.sha256() + " is damaged in "
                            + damage.place() + ": its content does not match its address. Put the file of a backup in"
                            + " its place, or delete it there, and run the command again"));
            if (json) {
                json(fields(from, result));
                return;
            }
            out().println(Count.of(result.files(), "file") + " (" + size(result.bytes()) + ") in " + source + ": "
                    + result.copied() + " copied to " + target + " (" + size(result.copiedBytes()) + "), "
                    + (result.files() - result.copied() - damagedThere(source, result)) + " already there"
                    + (result.damaged().isEmpty() ? "" : ", " + result.damaged().size() + " damaged"));
            if (delete) {
                out().println(
                                result.damaged().isEmpty()
                                        ? Count.of(result.deleted(), "file") + " verified and deleted from " + source
                                        : "nothing was deleted, because files are damaged");
            }
        }

        private static long damagedThere(ManagedFiles source, FileMove.Result result) {
            return result.damaged().stream()
                    .filter(damage -> damage.place().equals(source.toString()))
                    .count();
        }

        private Map<String, @Nullable Object> fields(FileStoreKind from, FileMove.Result result) {
            Map<String, @Nullable Object> fields = fields();
            fields.put("from", word(from));
            fields.put("to", word(to));
            fields.put("files", result.files());
            fields.put("bytes", result.bytes());
            fields.put("copied_files", result.copied());
            fields.put("copied_bytes", result.copiedBytes());
            fields.put("deleted_files", result.deleted());
            fields.put(
                    "damaged_files",
                    result.damaged().stream().map(FileMove.Damage::sha256).toList());
            return fields;
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }

        private static String size(long bytes) {
            return String.format(Locale.ROOT, "%,.1f MiB", bytes / MIB);
        }
    }
}

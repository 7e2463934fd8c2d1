package org.librarypeers.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.bundles.BundleOrder;
import org.librarypeers.app.bundles.BundleSender;
import org.librarypeers.app.bundles.BundleService;
import org.librarypeers.app.files.IoFailure;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.BundleManifest;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.bundle.WrittenBundle;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bundle",
        description = "Carries resources to libraries without a network, in signed files.",
        synopsisSubcommandLabel = "(write | read)",
        subcommands = {BundleCommand.Write.class, BundleCommand.Read.class})
final class BundleCommand extends CommandGroup {

    BundleCommand() {
        super("write or read");
    }

    @Command(
            name = "write",
            description = "Writes the approved resources of this library to a signed file, which bundle read reads"
                    + " elsewhere. The about page and doctor show the fingerprint of the key that signs.")
    static final class Write extends BaseLibraryCommand {

        @Parameters(
                paramLabel = "FILE",
                description = "The file, for example library.zip. An existing one is replaced.")
        private Path file = Path.of("");

        @Option(
                names = "--since",
                paramLabel = "POSITION|TIME",
                description =
                        "Only what changed after the feed position at which an earlier bundle ended, or since a time"
                                + " such as 2026-11-01 or 2026-11-01T12:00:00Z. Only a bundle that begins where its reader ended"
                                + " moves the reader's cursor; one since a time never does.")
        private @Nullable String since;

        @Option(
                names = "--only",
                paramLabel = "RULE",
                description =
                        "Only the resources that this rule takes, in the form of the selection rule of a peer, for"
                                + " example \"category:Malaria language:fr -type:video\". Such a bundle never moves the cursor of its"
                                + " reader.")
        private String only = "";

        @Option(names = "--with-files", description = "Carry the files and pictures of this library too.")
        private boolean withFiles;

        @Option(
                names = "--part-size",
                paramLabel = "SIZE",
                description =
                        "Write several files of at most this size, for example 700m. Each can be read on its own.")
        private @Nullable String partSize;

        @Override
        int run(Library library) {
            WrittenBundle written;
            try {
                written = library.bundles().write(file.toAbsolutePath(), order());
            } catch (BundleException e) {
                throw new CliException("cannot write " + file + ": " + e.getMessage(), e);
            } catch (IOException e) {
                throw new CliException(
                        "cannot write " + file + " (" + IoFailure.reason(e)
                                + "); check that its folder exists and is writable, and that the disk is not full",
                        e);
            }
            for (WrittenBundle.Part part : written.parts()) {
                out().println(part.file() + ": " + Count.of(part.manifest().resources(), "resource") + ", "
                        + Count.of(part.manifest().deletions(), "deletion") + " and "
                        + Count.of(part.manifest().files(), "file") + ", " + Count.of(part.size(), "byte"));
            }
            for (String address : written.unreadable()) {
                err().println("library: " + address + " could not be read, so the bundle does not carry it");
            }
            out().println("The bundle ends at feed position " + written.upTo() + ".");
            out().println("Its key has the fingerprint "
                    + library.bundles().key().publicKey().fingerprint()
                    + ". Tell it to the reader in another way than with the bundle.");
            return 0;
        }

        private BundleOrder order() {
            try {
                BundleOrder order = BundleOrder.EVERYTHING
                        .only(SelectionRule.parse(only))
                        .withFiles(withFiles)
                        .inParts(partSize == null ? 0 : BundleOrder.size(partSize));
                return since == null ? order : order.since(since);
            } catch (IllegalArgumentException e) {
                throw new CliException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Command(
            name = "read",
            description = "Reads bundles of other libraries. New resources wait for a review, as after a sync.")
    static final class Read extends BaseLibraryCommand {

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files, in any order.")
        private List<Path> files = new ArrayList<>();

        @Option(names = "--dry-run", description = "Show what would be done without changing anything.")
        private boolean dryRun;

        @Option(
                names = "--trust",
                paramLabel = "FINGERPRINT",
                description = "Confirm that this is the fingerprint of the sender's key, as the sender told you. It is"
                        + " needed once for each library.")
        private @Nullable String trust;

        @Option(
                names = "--peer",
                paramLabel = "ID",
                description =
                        "Confirm that the key with the given fingerprint is that of this peer, which the library has already.")
        private @Nullable Long peerId;

        @Option(
                names = "--publication",
                paramLabel = "POLICY",
                converter = PublicationConverter.class,
                completionCandidates = PublicationConverter.class,
                description = "What is published without a reviewer of a library that becomes a peer with this bundle:"
                        + " review-everything, publish-updates (the default: changes of public resources), or"
                        + " publish-everything. A peer that the library has already keeps its policy.")
        private PublicationPolicy publication = PublicationPolicy.DEFAULT;

        @Option(names = "--json", description = "Print one JSON object per line.")
        private boolean json;

        @Override
        boolean makesLibrary() {
            return true;
        }

        @Override
        int run(Library library) {
            List<OpenedBundle> opened = new ArrayList<>();
            try {
                // All are verified before any is saved.
                for (Path file : files) {
                    opened.add(open(library, file));
                }
                opened.sort(Comparator.comparing(
                                (OpenedBundle bundle) -> bundle.manifest().library())
                        .thenComparing(bundle -> bundle.manifest().after())
                        .thenComparing(bundle -> bundle.manifest().upTo()));
                for (OpenedBundle bundle : opened) {
                    requireTrust(library.bundles().sender(bundle.manifest()), bundle.manifest());
                }
                boolean done = true;
                for (OpenedBundle bundle : opened) {
                    done &= read(library, bundle);
                }
                return done ? 0 : 1;
            } finally {
                opened.forEach(OpenedBundle::close);
            }
        }

        private static OpenedBundle open(Library library, Path file) {
            try {
                return library.bundles().open(file);
            } catch (BundleException e) {
                throw new CliException(file + " was refused, and nothing was saved: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new CliException("cannot read " + file + " (" + IoFailure.reason(e) + ")", e);
            }
        }

        private void requireTrust(BundleSender sender, BundleManifest manifest) {
            boolean confirmsNow = trust != null && manifest.key().hasFingerprint(trust);
            if (sender.trust() == BundleSender.Trust.CONFIRMED) {
                return;
            }
            if (confirmsNow) {
                requirePeer(sender);
                return;
            }
            String from = "the bundle says that it is from \"" + manifest.name() + "\" at " + manifest.home()
                    + ", and its key has the fingerprint " + manifest.key().fingerprint();
            throw new CliException(
                    sender.trust() == BundleSender.Trust.OTHER_KEY
                            ? from + ". That is not the key which was confirmed for peer " + sender.peer()
                                    + "; the bundle may be somebody else's, so nothing was saved. If the library has a new"
                                    + " key, ask it for the fingerprint, and repeat the command with --trust"
                            : from
                                    + ". This key is not confirmed, so nothing was saved. Ask the library for the fingerprint"
                                    + " of its key, compare all digits, and repeat the command with --trust FINGERPRINT");
        }

        /** A bundle states its own address, so anybody can write any address. A confirmed key must not become that of a peer by this address alone. */
        private void requirePeer(BundleSender sender) {
            long id = sender.peer().id().value();
            if (sender.isKnownPeer() && (peerId == null || peerId != id)) {
                throw new CliException("the bundle names the address of peer " + sender.peer()
                        + (sender.trust() == BundleSender.Trust.OTHER_KEY ? ", which has another confirmed key" : "")
                        + ". Its key would become the key of that peer, so nothing was saved. If the fingerprint is from"
                        + " that library, repeat the command with --peer " + id);
            }
        }

        private boolean read(Library library, OpenedBundle bundle) {
            BundleService service = library.bundles();
            BundleSender sender = service.sender(bundle.manifest()).publishing(publication);
            if (dryRun) {
                SyncReport preview = service.preview(bundle, sender.peer(), SyncListener.NONE);
                print(preview, 0, sender.isKnownPeer());
                return true;
            }
            Peer peer = sender.trust() == BundleSender.Trust.CONFIRMED ? sender.peer() : service.confirm(sender);
            try {
                BundleService.Read read = service.read(bundle, peer, SyncListener.NONE);
                print(read.report(), read.files(), true);
                return read.report().succeeded();
            } catch (BundleException e) {
                throw new CliException("the resources were saved, but not all files: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new CliException(
                        "the resources were saved, but not all files (" + IoFailure.reason(e)
                                + "); read the bundle again",
                        e);
            }
        }

        /** Prints what a run did. A peer that a preview would add has no number yet. */
        private void print(SyncReport report, int kept, boolean isSaved) {
            SyncLog log = report.log();
            if (json) {
                Map<String, @Nullable Object> fields = SyncFields.of(report);
                fields.put("files", kept);
                if (!isSaved) {
                    fields.put("peer", null);
                }
                json(fields);
                return;
            }
            out().println(
                            isSaved
                                    ? report.peer()
                                    : "new peer " + report.peer().name() + ", "
                                            + report.peer().address());
            out().println("  " + (report.preview() ? "dry run, nothing was changed: " : "")
                    + log.tally().words()
                    + (kept == 0 ? "" : ", " + Count.of(kept, "file") + " kept"));
            if (!report.succeeded()) {
                err().println("library: peer " + report.peer() + ": "
                        + log.status().word() + (log.message() == null ? "" : ": " + log.message()));
            } else if (log.message() != null) {
                out().println("  " + log.message());
            }
        }
    }
}

package org.librarypeers.app.cli;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.Library;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit_peer",
        aliases = "edit-peer",
        description = "Changes what is known of a peer; what is not named stays as it is.")
final class EditPeerCommand extends LibraryTask {

    @Parameters(paramLabel = "ID", description = "Its number, as list_peers shows it.")
    private long id;

    @Option(names = "--name", paramLabel = "N", description = "What people call it.")
    private @Nullable String name;

    @Option(names = "--user", paramLabel = "U", description = "Our user name there.")
    private @Nullable String user;

    @Option(names = "--key-stdin", description = "Read a new API key from standard input.")
    private boolean key;

    @Option(names = "--active", negatable = true, description = "Whether it is synced.")
    private @Nullable Boolean active;

    @Option(
            names = "--review-updates",
            negatable = true,
            description =
                    "Whether its changes of public resources wait for a reviewer. What was approved stays public meanwhile.")
    private @Nullable Boolean reviewUpdates;

    @Option(
            names = "--archive-withdrawn",
            negatable = true,
            description = "Whether an approved resource that it offers no longer is archived at once.")
    private @Nullable Boolean archiveWithdrawn;

    @Option(
            names = "--schedule",
            negatable = true,
            description = "Whether it is synced automatically, by a library that is served.")
    private @Nullable Boolean schedule;

    @Override
    int run(Library library) throws IOException {
        Peer peer = Peers.find(library, id);
        Peer edited = new Peer(
                peer.id(),
                Objects.requireNonNullElse(name, peer.name()),
                peer.host(),
                user == null ? peer.apiUser() : user,
                key ? new ApiKey(Secrets.read("API key")) : peer.apiKey(),
                Objects.requireNonNullElse(active, peer.active()),
                Objects.requireNonNullElse(reviewUpdates, peer.reviewsUpdates()),
                Objects.requireNonNullElse(archiveWithdrawn, peer.archivesWithdrawn()),
                Objects.requireNonNullElse(schedule, peer.syncsAutomatically()));
        library.storage().peers().save(edited);
        out().println(edited
                + edited.unqueryableReason()
                        .map(reason -> " (will not be synced: " + reason + ")")
                        .orElse(""));
        return 0;
    }
}

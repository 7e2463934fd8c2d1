package org.librarypeers.app.cli;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit_peer",
        aliases = "edit-peer",
        description = "Changes the settings of a peer. Settings that are not given stay unchanged.")
final class EditPeerCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "ID", description = "Id of the peer, as shown by list_peers.")
    private long id;

    @Option(names = "--name", paramLabel = "N", description = "New display name.")
    private @Nullable String name;

    @Option(names = "--user", paramLabel = "U", description = "New user name of our account on the peer.")
    private @Nullable String user;

    @Option(names = "--key-stdin", description = "Read a new API key from standard input.")
    private boolean key;

    @Option(names = "--active", negatable = true, description = "Whether the peer is synced.")
    private @Nullable Boolean active;

    @Option(
            names = "--review-updates",
            negatable = true,
            description = "Whether the peer's changes to public resources wait for a review. Until then, the approved"
                    + " revision stays public.")
    private @Nullable Boolean reviewUpdates;

    @Option(
            names = "--archive-withdrawn",
            negatable = true,
            description = "Whether approved resources are archived as soon as the peer withdraws them.")
    private @Nullable Boolean archiveWithdrawn;

    @Option(
            names = "--schedule",
            negatable = true,
            description = "Whether the peer is synced automatically while serve is running.")
    private @Nullable Boolean schedule;

    @Override
    int run(Library library) throws IOException {
        Peer peer = PeerLookup.find(library, id);
        Peer edited = peer.toBuilder()
                .name(Objects.requireNonNullElse(name, peer.name()))
                .credentials(
                        user == null ? peer.apiUser() : user,
                        key ? new ApiKey(SecretPrompt.read("API key")) : peer.apiKey())
                .active(Objects.requireNonNullElse(active, peer.active()))
                .reviewsUpdates(Objects.requireNonNullElse(reviewUpdates, peer.reviewsUpdates()))
                .archivesWithdrawn(Objects.requireNonNullElse(archiveWithdrawn, peer.archivesWithdrawn()))
                .syncsAutomatically(Objects.requireNonNullElse(schedule, peer.syncsAutomatically()))
                .build();
        library.storage().peers().save(edited);
        out().println(edited
                + edited.unqueryableReason()
                        .map(reason -> " (will not be synced: " + reason + ")")
                        .orElse(""));
        return 0;
    }
}

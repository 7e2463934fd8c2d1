package org.librarypeers.app.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.cli.IntervalConverter.Interval;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.SelectionRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            names = "--publication",
            paramLabel = "POLICY",
            converter = PublicationConverter.class,
            completionCandidates = PublicationConverter.class,
            description =
                    "What is published of the peer without a reviewer: review-everything (nothing; until a change is"
                            + " reviewed, the approved revision stays public), publish-updates (changes of public resources), or"
                            + " publish-everything (new resources too).")
    private @Nullable PublicationPolicy publication;

    @Option(
            names = "--review-updates",
            negatable = true,
            description = "Same as --publication review-everything or, with --no-review-updates, publish-updates.")
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

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = IntervalConverter.class,
            description = "Time between two automatic syncs of the peer, for example 90m, 12h or 2d; usual for that of"
                    + " sync.every-hours.")
    private @Nullable Interval every;

    @Mixin
    private RepositoryOptions repository = new RepositoryOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--take-everything", description = "Remove the selection rule of the peer.")
    private boolean everything;

    @Option(
            names = "--preview",
            description =
                    "Save nothing. Show what the given selection rule would take, leave out, and no longer follow.")
    private boolean preview;

    @Override
    int run(Library library) throws IOException {
        Peer peer = PeerLookup.find(library, id);
        Peer edited = peer.toBuilder()
                .name(Objects.requireNonNullElse(name, peer.name()))
                .access(access(peer))
                .active(Objects.requireNonNullElse(active, peer.active()))
                .publication(publication(peer))
                .archivesWithdrawn(Objects.requireNonNullElse(archiveWithdrawn, peer.archivesWithdrawn()))
                .syncsAutomatically(Objects.requireNonNullElse(schedule, peer.syncsAutomatically()))
                .interval(every == null ? peer.interval() : every.time())
                .selection(selection.change(everything ? SelectionRule.EVERYTHING : peer.selection()))
                .build();
        if (preview) {
            selection.print(out(), library.storage(), edited);
            return 0;
        }
        library.storage().peers().save(edited);
        out().println(edited
                + edited.unqueryableReason()
                        .map(reason -> " (will not be synced: " + reason + ")")
                        .orElse(""));
        return 0;
    }

    private PeerAccess access(Peer peer) throws IOException {
        Optional<PeerAccess.Oai> oai = peer.access().repository();
        if (repository.isGiven() && oai.isEmpty()) {
            throw new CliException(
                    "peer " + peer + " is not an OAI-PMH repository, so it has no set, format or mapping");
        } else if (user == null && !key) {
            return oai.<PeerAccess>map(repository::changed).orElse(peer.access());
        } else if (oai.isPresent()) {
            throw new CliException("peer " + peer + " is an OAI-PMH repository, which needs no account");
        }
        // A peer that is read from bundles becomes one that takes requests too.
        PeerHost address = peer.host()
                .orElseThrow(() -> new CliException("peer " + peer
                        + " is read from bundles and has no address for requests;" + " set one on its page"));
        return new PeerAccess.Orb(
                address,
                user == null ? peer.apiUser() : user,
                key ? new ApiKey(SecretPrompt.read("API key")) : peer.apiKey(),
                peer.access().trustedKey().orElse(null));
    }

    private PublicationPolicy publication(Peer peer) {
        PublicationPolicy asUpdates = reviewUpdates == null
                ? null
                : reviewUpdates ? PublicationPolicy.REVIEW_EVERYTHING : PublicationPolicy.PUBLISH_UPDATES;
        if (publication != null && asUpdates != null && publication != asUpdates) {
            throw new CliException("--publication and --review-updates contradict each other; give only --publication");
        }
        return publication != null ? publication : Objects.requireNonNullElse(asUpdates, peer.publication());
    }
}

package org.librarypeers.app.cli;

import java.io.IOException;
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
import org.librarypeers.sync.storage.DuplicatePeerException;
import org.librarypeers.sync.storage.PeerRepository;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "add_peer",
        aliases = "add-peer",
        description = "Adds a peer to pull resources from. A peer that already exists is left unchanged.")
final class AddPeerCommand extends BaseLibraryCommand {

    /** The kinds of peers that take requests. */
    private enum Kind {
        orb,
        oai
    }

    @Parameters(
            paramLabel = "ADDRESS",
            description = "Address of the peer, for example https://orb.example.org; of a repository, its base URL.")
    private String address = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "What the peer is: ${COMPLETION-CANDIDATES}. orb is a library that speaks ORB v1 and needs --user and a key;"
                            + " oai is a repository that speaks OAI-PMH 2.0 and needs no account. Default: ${DEFAULT-VALUE}.")
    private Kind kind = Kind.orb;

    @Option(names = "--name", required = true, paramLabel = "N", description = "Display name.")
    private String name = "";

    @Option(names = "--user", paramLabel = "U", description = "User name of our account on the peer.")
    private @Nullable String user;

    @Mixin
    private RepositoryOptions repository = new RepositoryOptions();

    @Option(
            names = "--schedule",
            description = "Sync the peer automatically from now on. By default, automatic syncs begin only after its"
                    + " first sync_peer_resources.")
    private boolean schedule;

    @Option(
            names = "--publication",
            paramLabel = "POLICY",
            converter = PublicationConverter.class,
            completionCandidates = PublicationConverter.class,
            description = "What is published of the peer without a reviewer: review-everything, publish-updates (the"
                    + " default: changes of public resources), or publish-everything.")
    private PublicationPolicy publication = PublicationPolicy.DEFAULT;

    @Option(
            names = "--archive-withdrawn",
            description =
                    "Archive approved resources as soon as the peer withdraws them. By default, reviewers decide.")
    private boolean archiveWithdrawn;

    @Option(
            names = "--no-active",
            description = "Do not sync the peer until edit_peer --active is used. By default, the peer is active.")
    private boolean inactive;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = IntervalConverter.class,
            description = "Time between two automatic syncs of the peer, for example 90m, 12h or 2d; by default as"
                    + " sync.every-hours.")
    private @Nullable Interval every;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @ArgGroup(multiplicity = "0..1")
    private @Nullable KeyOption key;

    static final class KeyOption {
        @Option(
                names = "--key",
                required = true,
                paramLabel = "K",
                description = "API key of that account. Other users of this machine may see it in the process list.")
        private @Nullable String given;

        @Option(names = "--key-stdin", required = true, description = "Read the API key from standard input.")
        private boolean standardInput;

        ApiKey read() throws IOException {
            return new ApiKey(standardInput || given == null ? SecretPrompt.read("API key") : given);
        }
    }

    @Override
    boolean makesLibrary() {
        return true;
    }

    @Override
    int run(Library library) throws IOException {
        PeerRepository peers = library.storage().peers();
        return switch (kind) {
            case orb -> addLibrary(peers, PeerHost.of(address));
            case oai -> addRepository(peers, repository.access(PeerAccess.Oai.url(address)));
        };
    }

    @Override
    void requireUsage() {
        String wrong = switch (kind) {
            case orb ->
                user == null || key == null
                        ? "give --user and either --key or --key-stdin; only --kind oai needs no account"
                        : repository.isGiven() ? "--oai-set, --oai-prefix and --oai-map need --kind oai" : null;
            case oai ->
                user != null || key != null ? "a repository needs no account; leave --user and the key out" : null;
        };
        if (wrong != null) {
            throw new ParameterException(spec().commandLine(), wrong);
        }
    }

    private int addLibrary(PeerRepository peers, PeerHost host) throws IOException {
        Optional<Peer> known = peers.findByHost(host);
        out().println(known.isPresent() ? known.get() : add(peers, new PeerAccess.Orb(host, user, readKey())));
        if (host.isUnencrypted()) {
            err().println("warning: " + host + " uses http://, so the API key is sent unencrypted;"
                    + " use https:// if the peer offers it");
        }
        return 0;
    }

    private @Nullable ApiKey readKey() throws IOException {
        return key == null ? null : key.read();
    }

    private int addRepository(PeerRepository peers, PeerAccess.Oai access) {
        Optional<Peer> known = peers.findByAddress(access.address());
        out().println(known.isPresent() ? known.get() : add(peers, access));
        return 0;
    }

    private Peer add(PeerRepository peers, PeerAccess access) {
        Peer peer = Peer.builder()
                .id(peers.nextId())
                .name(name)
                .access(access)
                .active(!inactive)
                .publication(publication)
                .archivesWithdrawn(archiveWithdrawn)
                .syncsAutomatically(schedule)
                .interval(every == null ? null : every.time())
                .selection(selection.change(SelectionRule.EVERYTHING))
                .build();
        try {
            peers.save(peer);
            return peer;
        } catch (DuplicatePeerException e) {
            // Another process added the peer in the meantime.
            return access.knownHost()
                    .flatMap(peers::findByHost)
                    .or(() -> peers.findByAddress(access.address()))
                    .orElseThrow(() -> e);
        }
    }
}

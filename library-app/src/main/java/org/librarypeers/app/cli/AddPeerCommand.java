package org.librarypeers.app.cli;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.cli.IntervalConverter.Interval;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.storage.DuplicatePeerException;
import org.librarypeers.sync.storage.PeerRepository;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add_peer",
        aliases = "add-peer",
        description = "Adds a peer to pull resources from. A peer that already exists is left unchanged.")
final class AddPeerCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "HOST", description = "Address of the peer, for example https://orb.example.org.")
    private String host = "";

    @Option(names = "--name", required = true, paramLabel = "N", description = "Display name.")
    private String name = "";

    @Option(names = "--user", required = true, paramLabel = "U", description = "User name of our account on the peer.")
    private String user = "";

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
            names = "--every",
            paramLabel = "TIME",
            converter = IntervalConverter.class,
            description = "Time between two automatic syncs of the peer, for example 90m, 12h or 2d; by default as"
                    + " sync.every-hours.")
    private @Nullable Interval every;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @ArgGroup(multiplicity = "1")
    private KeyOption key = new KeyOption();

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
        PeerHost address = PeerHost.of(host);
        PeerRepository peers = library.storage().peers();
        Optional<Peer> known = peers.findByHost(address);
        out().println(known.isPresent() ? known.get() : add(peers, address));
        if (address.isUnencrypted()) {
            err().println("warning: " + address + " uses http://, so the API key is sent unencrypted;"
                    + " use https:// if the peer offers it");
        }
        return 0;
    }

    private Peer add(PeerRepository peers, PeerHost address) throws IOException {
        ApiKey apiKey = key.read();
        Peer peer = Peer.builder()
                .id(peers.nextId())
                .name(name)
                .host(address)
                .credentials(user, apiKey)
                .publication(publication)
                .syncsAutomatically(schedule)
                .interval(every == null ? null : every.time())
                .selection(selection.change(SelectionRule.EVERYTHING))
                .build();
        try {
            peers.save(peer);
            return peer;
        } catch (DuplicatePeerException e) {
            // Another process added the peer in the meantime.
            return peers.findByHost(address).orElseThrow(() -> e);
        }
    }
}

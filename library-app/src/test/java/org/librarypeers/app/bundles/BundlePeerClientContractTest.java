package org.librarypeers.app.bundles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.bundle.BundleLimits;
import org.librarypeers.bundle.BundleRequest;
import org.librarypeers.bundle.Bundles;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.contract.LibraryPeerClientContract;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.inmemory.InMemoryFiles;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.storage.SyncStorage;

/** Runs the contract with a library that writes a new bundle for each session. */
class BundlePeerClientContractTest extends LibraryPeerClientContract {

    @TempDir
    private Path folder;

    private final InMemoryStorage sender = new InMemoryStorage();
    private final InMemoryStorage reader = new InMemoryStorage();
    private final Bundles bundles = new Bundles(
                    new WireDocuments(sender.id(), List.of("en", "es")), BundleLimits.DEFAULTS, Clock.systemUTC())
            .withChunk(3);
    private final SigningKey key = bundles.newKey();
    private final List<OpenedBundle> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(OpenedBundle::close);
    }

    @Override
    protected PeerClient client() {
        return new PeerClient() {
            @Override
            public PeerSession open(Peer peer) {
                return bundle().open(peer);
            }

            @Override
            public PeerCheck check(Peer peer) {
                return bundle().check(peer);
            }
        };
    }

    private PeerClient bundle() {
        Path file = folder.resolve(opened.size() + ".zip");
        BundleRequest request = new BundleRequest(sender.id(), "Sender", null, key, 0, null, 0);
        try {
            bundles.write(
                    file,
                    request,
                    new OrderedContents(sender, new BundleFiles(new InMemoryFiles()), BundleOrder.EVERYTHING));
            opened.add(bundles.open(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return opened.get(opened.size() - 1).client(reader.harvest(), reader.earlyDeletions());
    }

    @Override
    protected Peer peer() {
        Peer peer = Samples.peer(new PeerId(1), "https://orb.example.org");
        return peer.withAccess(new PeerAccess.Orb(
                PeerHost.of("https://orb.example.org"),
                peer.apiUser(),
                peer.apiKey(),
                TrustedKey.confirmed(key.publicKey())));
    }

    @Override
    protected Peer incomplete() {
        return peer().withAccess(new PeerAccess.Orb(
                PeerHost.of("https://orb.example.org"), null, null, new TrustedKey(key.publicKey(), false)));
    }

    @Override
    protected boolean requiresCredentials() {
        return false;
    }

    @Override
    protected boolean keepsDeletions() {
        return true;
    }

    @Override
    protected boolean isSnapshot() {
        return true;
    }

    @Override
    protected SyncStorage sender() {
        return sender;
    }
}

package org.librarypeers.app.wiring;

import java.util.function.Function;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.oai.OaiPeerClient;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;

/**
 * The clients for all kinds of peers that take requests. Each peer is read by the client for its kind.
 *
 * @param http reads ORB v1 libraries
 * @param repositories reads OAI-PMH repositories
 */
record PeerClients(HttpPeerClient http, OaiPeerClient repositories) implements PeerClient, AutoCloseable {

    @Override
    public PeerSession open(Peer peer) {
        return with(peer, client -> client.open(peer));
    }

    @Override
    public PeerSession reopen(Peer peer) {
        return with(peer, client -> client.reopen(peer));
    }

    @Override
    public PeerCheck check(Peer peer) {
        return with(peer, client -> client.check(peer));
    }

    @Override
    public boolean summarizes(Peer peer, Cursor cursor) {
        return with(peer, client -> client.summarizes(peer, cursor));
    }

    /** A peer that is only read from bundles has no client here; that for libraries says so. */
    private <T> T with(Peer peer, Function<PeerClient, T> use) {
        return use.apply(peer.access().<PeerClient>match(orb -> http, bundle -> http, oai -> repositories));
    }

    @Override
    public void close() {
        repositories.close();
        http.close();
    }
}

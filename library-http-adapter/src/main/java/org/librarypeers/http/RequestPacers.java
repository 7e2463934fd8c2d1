package org.librarypeers.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;

/** The pacers of all accounts at all peers. Safe for use by multiple threads. */
final class RequestPacers {

    /**
     * The maximum number of pacers, larger than the number of peers of a library. A peer whose pacer was removed is treated as
     * new.
     */
    private static final int MOST = 500;

    private final Settings settings;

    /** The pacers, the least recently used first. */
    private final Map<PeerAccount, RequestPacer> known = new LinkedHashMap<>(16, 0.75f, true);

    private record PeerAccount(PeerHost host, String user) {}

    RequestPacers(Settings settings) {
        this.settings = settings;
    }

    /** Returns the pacer of a peer; empty if no request was sent to it. */
    synchronized Optional<RequestPacer> known(Peer peer) {
        return peer.host().isEmpty() ? Optional.empty() : Optional.ofNullable(known.get(account(peer)));
    }

    private static PeerAccount account(Peer peer) {
        return new PeerAccount(peer.host().orElseThrow(), Objects.requireNonNullElse(peer.apiUser(), ""));
    }

    synchronized RequestPacer of(Peer peer) {
        PeerAccount account = account(peer);
        RequestPacer pace = known.computeIfAbsent(
                account, unknown -> new RequestPacer(peer.host().orElseThrow(), settings));
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
        return pace;
    }
}

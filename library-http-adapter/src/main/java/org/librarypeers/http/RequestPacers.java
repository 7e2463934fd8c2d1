package org.librarypeers.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;

/** The pace of each account at each peer. Safe for use by many threads. */
final class RequestPacers {

    /** More than a library has peers. Whose pace is forgotten is asked as if for the first time. */
    private static final int MOST = 500;

    private final Settings settings;

    /** Those that were asked last come last. */
    private final Map<PeerAccount, RequestPacer> known = new LinkedHashMap<>(16, 0.75f, true);

    private record PeerAccount(PeerHost host, String user) {}

    RequestPacers(Settings settings) {
        this.settings = settings;
    }

    synchronized RequestPacer of(Peer peer) {
        PeerAccount account = new PeerAccount(peer.host(), Objects.requireNonNullElse(peer.apiUser(), ""));
        RequestPacer pace = known.computeIfAbsent(account, unknown -> new RequestPacer(peer.host(), settings));
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
        return pace;
    }
}

package org.librarypeers.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;

/** The pace of each account at each peer. Safe for use by many threads. */
final class Paces {

    /** More than a library has peers. Whose pace is forgotten is asked as if for the first time. */
    private static final int MOST = 500;

    private final Settings settings;

    /** Those that were asked last come last. */
    private final Map<Account, Pace> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Account(PeerHost host, String user) {}

    Paces(Settings settings) {
        this.settings = settings;
    }

    synchronized Pace of(Peer peer) {
        Account account = new Account(peer.host(), Objects.requireNonNullElse(peer.apiUser(), ""));
        Pace pace = known.computeIfAbsent(account, unknown -> new Pace(peer.host(), settings));
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
        return pace;
    }
}

package org.librarypeers.app.wiring;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.librarypeers.app.config.OutgoingSettings;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.RequestListener;

/** The connections to peers, as the settings describe them. */
final class PeerConnections {

    private PeerConnections() {}

    /** Returns a client that reads peers. The caller closes it. */
    static HttpPeerClient client(LibrarySettings settings, Clock clock, RequestListener listener) {
        return client(settings, () -> Optional.ofNullable(settings.contact()), clock, listener);
    }

    /**
     * Returns a client that reads peers. The caller closes it.
     *
     * @param contact returns the present contact address of the library
     */
    static HttpPeerClient client(
            LibrarySettings settings, Supplier<Optional<String>> contact, Clock clock, RequestListener listener) {
        OutgoingSettings outgoing = settings.outgoing();
        HttpPeerClient.Builder builder = HttpPeerClient.builder()
                .clock(clock)
                .userAgent(Program.USER_AGENT)
                .contact(contact)
                .authorities(outgoing.authorities())
                .listener(listener);
        if (outgoing.proxy() != null) {
            builder.proxy(outgoing.proxy()).directHosts(outgoing.directHosts());
            if (outgoing.user() != null) {
                builder.proxyCredentials(outgoing.user(), outgoing.password());
            }
        }
        return builder.build();
    }
}

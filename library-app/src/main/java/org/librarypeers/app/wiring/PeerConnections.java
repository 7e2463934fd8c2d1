package org.librarypeers.app.wiring;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.librarypeers.app.config.OutgoingSettings;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.RequestListener;
import org.librarypeers.oai.OaiPeerClient;

/** The connections to peers, as the settings describe them. */
final class PeerConnections {

    private PeerConnections() {}

    /**
     * Returns the clients for all kinds of peers. They share the connections, the proxy and the certificate authorities. The caller closes
     * them.
     *
     * @param contact returns the present contact address of the library
     */
    static PeerClients clients(
            LibrarySettings settings, Supplier<Optional<String>> contact, Clock clock, RequestListener listener) {
        HttpPeerClient http = client(settings, contact, clock, listener);
        return new PeerClients(
                http, OaiPeerClient.builder().clock(clock).sender(http::send).build());
    }

    /** Returns the clients for all kinds of peers, with the contact address of the settings. The caller closes them. */
    static PeerClients clients(LibrarySettings settings, Clock clock, RequestListener listener) {
        return clients(settings, () -> Optional.ofNullable(settings.contact()), clock, listener);
    }

    /** Returns a client that reads ORB v1 peers. The caller closes it. */
    static HttpPeerClient client(LibrarySettings settings, Clock clock, RequestListener listener) {
        return client(settings, () -> Optional.ofNullable(settings.contact()), clock, listener);
    }

    /**
     * Returns a client that reads ORB v1 peers. The caller closes it.
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

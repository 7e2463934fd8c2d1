package org.librarypeers.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The HTTP proxy through which peers are reached, and the hosts that are reached without it. */
final class ProxyRoute extends ProxySelector {

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final InetSocketAddress address;
    private final List<String> directHosts;
    private final @Nullable String authorization;

    /**
     * Creates a route.
     *
     * @param authorization the value of the header {@code Proxy-Authorization}; null if the proxy needs none
     */
    ProxyRoute(InetSocketAddress address, Collection<String> directHosts, @Nullable String authorization) {
        this.address = address;
        this.directHosts = directHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .toList();
        this.authorization = authorization;
    }

    /** Returns the value of the header {@code Proxy-Authorization} for a user and a password. */
    static String basic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** Returns whether an address is reached through the proxy. */
    boolean isUsedFor(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        return directHosts.stream().noneMatch(direct -> host.equals(direct) || host.endsWith("." + direct));
    }

    @Nullable
    String authorization() {
        return authorization;
    }

    @Override
    public List<Proxy> select(URI uri) {
        return isUsedFor(uri) ? List.of(new Proxy(Proxy.Type.HTTP, address)) : DIRECT;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
        // The request fails with the same exception.
    }

    /** Returns the host and port of the proxy. Never contains the credentials. */
    @Override
    public String toString() {
        return address.getHostString() + ":" + address.getPort();
    }
}

package org.librarypeers.app.outgoing;

import java.io.Serial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.PublicAddresses;

/**
 * The look-up of the hosts of one request and its redirects. The connection is made to exactly the addresses that it returns, so a name that has
 * another address a moment later changes nothing.
 *
 * @param names looks up a name
 * @param exempt the {@linkplain #place places} that may have any address
 * @param proxy the proxy, which may have any address; null for direct connections
 */
public record GuardedResolver(
        Names names, Set<String> exempt, @Nullable InetSocketAddress proxy) implements DnsResolver {

    /** A look-up of names. */
    @FunctionalInterface
    public interface Names {
        /** Returns the addresses of a host, which may be an IP address itself. */
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /** Thrown to indicate that a host has an address outside of the public internet. */
    static final class PrivateAddressException extends UnknownHostException {

        @Serial
        private static final long serialVersionUID = 1L;

        PrivateAddressException(String host) {
            super(host + " has a private address");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return checked(host, "");
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return Arrays.stream(checked(host, place(host, port)))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /** Returns host and port as one text, in lower case and without brackets. */
    static String place(String host, int port) {
        return plain(host).toLowerCase(Locale.ROOT) + ":" + port;
    }

    static String place(InetSocketAddress address) {
        return place(address.getHostString(), address.getPort());
    }

    private static String plain(String host) {
        return host.replaceAll("[\\[\\]]", "");
    }

    private InetAddress[] checked(String host, String place) throws UnknownHostException {
        InetAddress[] found = names.lookUp(plain(host));
        boolean trusted = exempt.contains(place) || (proxy != null && place.equals(place(proxy)));
        if (!trusted && !Arrays.stream(found).allMatch(PublicAddresses::contain)) {
            throw new PrivateAddressException(host);
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}

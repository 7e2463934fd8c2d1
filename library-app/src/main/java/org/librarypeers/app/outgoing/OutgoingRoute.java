package org.librarypeers.app.outgoing;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.OutgoingSettings;

/**
 * The way to other sites: directly, or through an HTTP proxy. A proxy looks up the names of hosts itself, so it must not lead into
 * a private network.
 */
public final class OutgoingRoute {

    private final OutgoingSettings settings;
    private final List<String> directHosts;

    /** Creates a route with these settings. */
    public OutgoingRoute(OutgoingSettings settings) {
        this.settings = settings;
        this.directHosts = settings.directHosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .toList();
    }

    @Nullable
    InetSocketAddress proxy() {
        return settings.proxy();
    }

    /** Returns whether the proxy is used for a host. */
    boolean isUsedFor(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        return settings.proxy() != null
                && directHosts.stream().noneMatch(direct -> name.equals(direct) || name.endsWith("." + direct));
    }

    boolean hasCredentials() {
        return settings.proxy() != null && settings.user() != null;
    }

    /** Returns the credentials that the proxy receives, and no other host. */
    CredentialsProvider credentials(HttpHost proxy) {
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        if (settings.user() != null) {
            credentials.setCredentials(
                    new AuthScope(proxy),
                    new UsernamePasswordCredentials(
                            settings.user(), settings.password().toCharArray()));
        }
        return credentials;
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of which hosts are reached through a proxy. */
class ProxyRouteTest {

    private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("proxy", 3128);

    private final ProxyRoute route = new ProxyRoute(ADDRESS, List.of("example.org", ".Local", "*.lan", "::1"), "x");

    @Test
    void direct_hosts_include_the_names_below_them() {
        for (String direct : List.of(
                "http://example.org", "https://a.b.EXAMPLE.org", "http://x.local", "http://a.lan", "http://[::1]:80")) {
            assertThat(route.isUsedFor(URI.create(direct))).as(direct).isFalse();
            assertThat(route.select(URI.create(direct))).as(direct).containsExactly(Proxy.NO_PROXY);
        }
        for (String proxied : List.of("http://myexample.org", "https://example.com", "http://[::2]")) {
            assertThat(route.isUsedFor(URI.create(proxied))).as(proxied).isTrue();
            assertThat(route.select(URI.create(proxied)))
                    .as(proxied)
                    .containsExactly(new Proxy(Proxy.Type.HTTP, ADDRESS));
        }
    }

    @Test
    void a_route_shows_its_address_and_not_its_credentials() {
        assertThat(ProxyRoute.basic("asha", "sesame: ü")).isEqualTo("Basic YXNoYTpzZXNhbWU6IMO8");
        assertThat(route.authorization()).isEqualTo("x");
        assertThat(route).hasToString("proxy:3128");
    }
}

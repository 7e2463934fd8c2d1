package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.http.Settings.Sleeper;

/** Tests of the settings of one request. */
class SettingsTest {

    private static final ProxyRoute PROXY =
            new ProxyRoute(InetSocketAddress.createUnresolved("proxy.example", 3128), List.of("near.example"), null);

    private static final Sleeper SLEEPER = duration -> {};
    private static final Settings.Contact CONTACT = () -> "admin@example.org";

    private static Settings settings(ProxyRoute proxy) {
        return new Settings(
                new Time(),
                "a library",
                CONTACT,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                1_000,
                50,
                Duration.ofMinutes(1),
                4,
                3,
                Duration.ofMillis(1),
                SLEEPER,
                RequestListener.NONE,
                proxy);
    }

    @Test
    void a_hurried_request_ends_in_time_and_is_neither_retried_nor_delayed() {
        Settings settings = settings(PROXY);
        Settings hurried = settings.hurried(Duration.ofSeconds(15));

        assertThat(hurried.requestTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(hurried.attempts()).isEqualTo(1);
        assertThat(hurried.maxWait()).isZero();
        assertThat(hurried.detailConnections()).isEqualTo(1);
        assertThat(hurried)
                .usingRecursiveComparison()
                .ignoringFields("requestTimeout", "attempts", "maxWait", "detailConnections")
                .isEqualTo(settings);
    }

    @Test
    void a_hurried_request_has_no_more_time_than_others() {
        assertThat(settings(null).hurried(Duration.ofMinutes(5)).requestTimeout())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_proxy_is_used_except_for_near_hosts() {
        assertThat(settings(PROXY).proxyFor(URI.create("https://far.example/"))).isSameAs(PROXY);
        assertThat(settings(PROXY).proxyFor(URI.create("https://near.example/")))
                .isNull();
        assertThat(settings(null).proxyFor(URI.create("https://far.example/"))).isNull();
    }
}

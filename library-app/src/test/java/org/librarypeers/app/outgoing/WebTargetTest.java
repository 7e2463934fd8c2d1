package org.librarypeers.app.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.outgoing.GuardedResolver.PrivateAddressException;
import org.librarypeers.app.outgoing.OutgoingException.Problem;

/** Tests of which addresses are requested, and to which machines they lead. */
class WebTargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "https://example.org ~ https://example.org/",
                "HTTPS://Example.org:443/A#part ~ https://example.org/A",
                "http://example.org:8080?q ~ http://example.org:8080/?q",
                "https://example.org/a b\"<>^`{|}.pdf? ~ https://example.org/a%20b%22%3C%3E%5E%60%7B%7C%7D.pdf?",
                "https://example.org/año ~ https://example.org/a%C3%B1o",
                "https://example.org/100%/%41%zz ~ https://example.org/100%25/%41%25zz",
                "https://example.org\\a ~ https://example.org/%5Ca",
                "https://bücher.example/ ~ https://xn--bcher-kva.example/"
            })
    void an_address_is_encoded_as_browsers_do(String written, String requested) throws OutgoingException {
        WebTarget target = WebTarget.of(" " + written + "\n");

        assertThat(target.uri()).hasToString(requested);
        assertThat(requested).startsWith(target.host().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "ftp://example.org/",
                "https://",
                "https://me@example.org/",
                "https://a b.org/"
            })
    void other_texts_are_not_requested(String written) {
        OutgoingException refused = catchThrowableOfType(OutgoingException.class, () -> WebTarget.of(written));

        assertThat(refused.problem()).isEqualTo(Problem.ADDRESS);
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.example/x#y, https://other.example/x",
        "/b c, https://example.org/b%20c",
        "' d?e ', https://example.org/a/d?e",
        "//other.example/x, https://other.example/x",
        "../f, https://example.org/f"
    })
    void a_redirect_is_followed_from_the_address_that_was_requested(String location, String next) throws Exception {
        assertThat(WebTarget.of("https://example.org/a/b").redirected(location).uri())
                .hasToString(next);
    }

    @Test
    void a_redirect_that_leads_nowhere_is_not_followed() throws Exception {
        WebTarget target = WebTarget.of("https://example.org/a/b");

        assertThat(catchThrowableOfType(OutgoingException.class, () -> target.redirected(":"))
                        .problem())
                .isEqualTo(Problem.REDIRECTS);
        assertThat(catchThrowableOfType(OutgoingException.class, () -> target.redirected("mailto:a@example.org"))
                        .problem())
                .isEqualTo(Problem.ADDRESS);
    }

    private static GuardedResolver resolver(InetSocketAddress proxy, String... addresses) {
        return new GuardedResolver(
                host -> {
                    assertThat(host).doesNotContain("[");
                    InetAddress[] all = new InetAddress[addresses.length];
                    for (int i = 0; i < addresses.length; i++) {
                        all[i] = InetAddress.getByName(addresses[i]);
                    }
                    return all;
                },
                Set.of("peer.example:8080"),
                proxy);
    }

    @Test
    void a_public_host_is_connected_to_at_the_addresses_that_were_checked() throws UnknownHostException {
        GuardedResolver resolver = resolver(null, "192.0.2.1", "2001:db8::1");

        assertThat(resolver.resolve("[2001:db8::1]")).hasSize(2);
        assertThat(resolver.resolve("example.org", 443))
                .containsExactly(
                        new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 443),
                        new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 443));
        assertThat(resolver.resolveCanonicalHostname("example.org")).isEqualTo("example.org");
    }

    @Test
    void a_host_with_a_private_address_is_refused_even_beside_a_public_one() {
        GuardedResolver resolver = resolver(null, "192.0.2.1", "10.0.0.1");

        assertThatThrownBy(() -> resolver.resolve("example.org")).isInstanceOf(PrivateAddressException.class);
        assertThatThrownBy(() -> resolver.resolve("example.org", 443)).isInstanceOf(PrivateAddressException.class);
    }

    @Test
    void only_an_exempt_place_and_the_proxy_may_be_private() throws UnknownHostException {
        GuardedResolver resolver = resolver(InetSocketAddress.createUnresolved("Proxy.example", 3128), "10.0.0.1");

        assertThat(resolver.resolve("PEER.example", 8080)).hasSize(1);
        assertThat(resolver.resolve("proxy.example", 3128)).hasSize(1);
        assertThatThrownBy(() -> resolver.resolve("peer.example", 8081)).isInstanceOf(PrivateAddressException.class);
        assertThatThrownBy(() -> resolver.resolve("proxy.example", 80)).isInstanceOf(PrivateAddressException.class);
        assertThatThrownBy(() -> resolver.resolve("peer.example")).isInstanceOf(PrivateAddressException.class);
    }
}

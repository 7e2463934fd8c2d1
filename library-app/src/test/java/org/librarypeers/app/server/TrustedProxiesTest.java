package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;

/** Tests of the address that a request is attributed to, and of the addresses in answers. */
@Timeout(120)
class TrustedProxiesTest {

    private static RunningLibrary behindProxies;
    private static RunningLibrary trusting;

    @BeforeAll
    static void start() {
        behindProxies = RunningLibrary.start(
                settings -> settings.with(Settings.TRUSTED_PROXIES, "127.0.0.0/8,10.0.0.0/8,2001:db8::/32"));
        trusting = RunningLibrary.start(settings -> settings.with(Settings.TRUSTED_PROXIES, "none")
                .with(Settings.BASE_URL, "https://library.example.org/"));
    }

    @AfterAll
    static void stop() {
        behindProxies.close();
        trusting.close();
    }

    /** Fails to sign in, and returns the addresses to which this is attributed. */
    private static List<String> attributed(RunningLibrary running, String... headers) throws Exception {
        running.execute("delete from counted_event");
        HttpResponse<String> form = running.get("/signin");
        String token = Jsoup.parse(form.body()).select("input[name=csrf]").val();
        String cookies = form.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceFirst(";.*", ""))
                .collect(Collectors.joining("; "));
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", cookies));
        HttpResponse<String> answer = running.send(
                "POST",
                "/signin",
                HttpRequest.BodyPublishers.ofString("csrf=" + token + "&username=nobody&password=wrong"),
                all.toArray(String[]::new));
        assertThat(answer.statusCode()).isEqualTo(401);
        return running.texts(
                "select substring(subject from 14) from counted_event where subject like 'sign-in from %'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | 203.0.113.7",
                // The client itself claims the first address.
                "192.0.2.1, 203.0.113.7 | 203.0.113.7",
                "192.0.2.1, 203.0.113.7, 10.1.1.1 | 203.0.113.7",
                "192.0.2.1, unknown, 203.0.113.7:4711, 10.1.1.1:80 | 203.0.113.7",
                "10.9.9.9, 10.1.1.1 | 10.9.9.9",
                "nonsense, 10.1.1.1 | 10.1.1.1"
            })
    void the_client_is_the_last_address_that_is_no_trusted_proxy(String header, String client) throws Exception {
        assertThat(attributed(behindProxies, "X-Forwarded-For", header)).containsExactly(client);
    }

    @Test
    void the_header_forwarded_is_read_in_the_same_way() throws Exception {
        assertThat(attributed(
                        behindProxies,
                        "Forwarded",
                        "for=192.0.2.1, for=203.0.113.7;proto=https, for=\"[2001:db8::1]:80\""))
                .containsExactly("203.0.113.7");
    }

    @Test
    void a_header_that_contradicts_the_one_of_the_proxy_does_not_count() throws Exception {
        assertThat(attributed(behindProxies, "X-Forwarded-For", "203.0.113.7", "Forwarded", "for=192.0.2.1"))
                .containsExactly("127.0.0.1");
        assertThat(attributed(behindProxies, "X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.7"))
                .containsExactly("203.0.113.7");
        assertThat(behindProxies
                        .get("/robots.txt", "X-Forwarded-For", "203.0.113.7", "Forwarded", "host=evil.example.org")
                        .body())
                .doesNotContain("evil.example.org");
    }

    @Test
    void the_headers_of_other_clients_are_ignored() throws Exception {
        assertThat(attributed(trusting, "X-Forwarded-For", "203.0.113.7")).containsExactly("127.0.0.1");
        assertThat(attributed(trusting, "Forwarded", "for=203.0.113.7")).containsExactly("127.0.0.1");
    }

    @Test
    void only_the_nearest_proxy_says_which_host_was_requested() throws Exception {
        assertThat(behindProxies
                        .get(
                                "/robots.txt",
                                "X-Forwarded-Host",
                                "evil.example.org, good.example.org",
                                "X-Forwarded-Proto",
                                "https")
                        .body())
                .contains("https://good.example.org/sitemap.xml");
    }

    @Test
    void the_base_url_is_used_in_all_absolute_addresses() throws Exception {
        trusting.publish("Safe water");
        String[] headers = {"X-Forwarded-Host", "evil.example.org", "X-Forwarded-Proto", "http"};
        for (String path : List.of("/feed.atom", "/feed.rss", "/robots.txt", "/sitemap.xml", "/openapi.json")) {
            assertThat(trusting.get(path, headers).body())
                    .as(path)
                    .contains("https://library.example.org")
                    .doesNotContain("evil.example.org")
                    .doesNotContain("127.0.0.1");
        }
        assertThat(trusting.get("/api/v1/resource/", "Authorization", trusting.authorization(RunningLibrary.READER))
                        .body())
                .contains("\"url\": \"https://library.example.org/resource/view/");
        assertThat(trusting.get("/signin").headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));
        assertThat(trusting.server().publicAddress()).isEqualTo("https://library.example.org");
        assertThat(behindProxies.server().publicAddress()).isEqualTo(behindProxies.address());
    }
}

package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;

/** Tests of the absolute addresses in answers, for any Host header. */
class HostHeaderTest {

    private static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        running.publish("Safe water");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0\r\n",
                "HTTP/1.0\r\nHost:\r\n",
                "HTTP/1.1\r\nHost:\r\nConnection: close\r\n",
                "HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n",
                "HTTP/1.1\r\nHost: \"><script>\r\nConnection: close\r\n",
                "HTTP/1.1\r\nHost: evil.example.org/a/\r\nConnection: close\r\n",
                "HTTP/1.1\r\nHost: user@evil.example.org\r\nConnection: close\r\n",
                "HTTP/1.1\r\nHost: :80\r\nConnection: close\r\n",
            })
    void without_a_host_header_addresses_contain_the_connected_address(String rest) {
        for (String path : Stream.of("/api/v1/resource/", "/feed.atom").toList()) {
            RawHttp.RawResponse answer = RawHttp.ask(
                    running.address(),
                    ("GET " + path + " " + rest + "Authorization: " + running.authorization(RunningLibrary.READER)
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            // The server itself may refuse an invalid host.
            assertThat(answer.status()).as(body).isIn(200, 400);
            if (answer.status() == 200) {
                assertThat(body).contains(running.address() + "/resource/");
                assertThat(body).doesNotContain("//null", "///", "evil", "script>");
            }
        }
    }

    @Test
    void a_request_of_http_1_0_without_a_host_is_answered() {
        RawHttp.RawResponse answer = RawHttp.ask(
                running.address(),
                ("GET /api/v1/resource/ HTTP/1.0\r\nAuthorization: " + running.authorization(RunningLibrary.READER)
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"url\": \"" + running.address() + "/resource/view/safe-water\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"library.example.org", "library.example.org:8443", "[::1]:80", "192.0.2.1", "my_host"})
    void addresses_contain_the_requested_host(String host) {
        RawHttp.RawResponse answer = RawHttp.ask(
                running.address(),
                ("GET /api/v1/resource/ HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\nAuthorization: "
                                + running.authorization(RunningLibrary.READER) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"url\": \"http://" + host + "/resource/view/safe-water\"");
    }
}

package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;

/** Tests of malformed requests, sent byte for byte. */
class MalformedRequestsTest {

    private static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start("Library <b>&");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    /** Sends a request and returns the whole answer, including its headers. */
    private static String ask(String requestLine, String accept) throws IOException {
        URI uri = URI.create(running.address());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(30_000);
            String request = requestLine + "\r\nHost: " + uri.getAuthority() + "\r\nAccept: " + accept
                    + "\r\nAccept-Language: fr\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Sends a request that the server refuses before it has read all of it. The close can then overtake the answer on its
     * way, so that the client gets an error instead, and has to ask again.
     */
    private static String askAnEarlyCloser(String requestLine) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return ask(requestLine, "text/html");
            } catch (SocketException e) {
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ")[1]);
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%00 HTTP/1.1",
                "GET /search/%00 HTTP/1.1",
                "GET /resource/%00 HTTP/1.1",
                "GET /tag/a%00b HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /% HTTP/1.1",
                "GET /%c0%80 HTTP/1.1",
                "GET /%ff HTTP/1.1",
                "GET /resource/%2e%2e/x HTTP/1.1",
                "GET /resource/a%2fb HTTP/1.1",
                "GET /resource/..;/x HTTP/1.1",
                "GET /resource/;a HTTP/1.1",
                "GET /../../etc/passwd HTTP/1.1",
                "GET //resource HTTP/1.1",
                "GET /a\\b HTTP/1.1",
                "GET /search?q=%zz HTTP/1.1",
                "GET /search?q=%00 HTTP/1.1",
                "GET /search?tag=%00&language=%00&source=%00 HTTP/1.1",
                "GET /resources?words=%00 HTTP/1.1",
                "GET /feed.atom?tag=%00 HTTP/1.1",
                "GET /signin?next=%00 HTTP/1.1",
                "GET /language/%00 HTTP/1.1",
                "GET /first/%00 HTTP/1.1",
                "POST /signin HTTP/1.1",
                "POST / HTTP/1.1",
                "FOO / HTTP/1.1",
                "PUT /resource/x HTTP/1.1",
                "DELETE /%00 HTTP/1.1"
            })
    void browsers_receive_error_pages_of_this_library_and_not_of_the_server(String requestLine) throws IOException {
        String answer = ask(requestLine, "text/html,*/*;q=0.8");

        assertThat(status(answer)).isNotEqualTo(500).isNotEqualTo(501);
        assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("Exception", "MESSAGE:", "Caused");
        if (status(answer) >= 400) {
            Document page = Jsoup.parse(body(answer));
            assertThat(page.select("html").attr("lang")).as(answer).isIn("fr", "en");
            assertThat(page.select("h1").text()).isNotBlank();
            assertThat(page.select("a.brand").text()).isEqualTo("Library <b>&");
            assertThat(page.select("main a[href=/]").text()).isIn("Aller à la page d’accueil", "Go to the home page");
            assertThat(answer).contains("Content-Security-Policy: default-src 'none'", "nosniff");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /search?q=", "GET /"})
    void an_endless_address_is_reported_as_too_long(String start) throws IOException {
        String answer = askAnEarlyCloser(start + "a".repeat(300_000) + " HTTP/1.1");

        assertThat(status(answer)).isEqualTo(414);
        assertThat(Jsoup.parse(body(answer)).select("h1").text()).isEqualTo("This address is too long");
    }
}

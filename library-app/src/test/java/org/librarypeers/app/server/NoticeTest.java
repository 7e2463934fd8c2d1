package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.LibraryProfile;
import org.librarypeers.app.web.Messages;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageReads;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Website;
import org.librarypeers.app.wiring.Library;

/** Tests of notices that one page leaves for the next, with pages made for this test. */
class NoticeTest {

    private static RunningLibrary running;
    private static Javalin server;
    private static String address;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        Library library = running.library();
        Website site = new Website(
                library.signIns(),
                library.review(),
                new PageReads(library.storage()::reading, Duration.ZERO),
                () -> new LibraryProfile(
                        library.settings().name(), library.settings().languages()),
                library.clock());
        server = Javalin.create(config -> {
            PageRoutes pages = site.routes(config.routes);
            pages.get("/leave", visit -> {
                String name = visit.parameter("name").repeat(Integer.parseInt(visit.parameter("times")));
                visit.go("/said", "peers.saved", name);
            });
            pages.get("/said", visit -> visit.ctx().result(String.valueOf(visit.notice())));
        });
        server.start("127.0.0.1", 0);
        address = "http://127.0.0.1:" + server.port();
    }

    @AfterAll
    static void stop() {
        server.stop();
        running.close();
    }

    /**
     * Checks that names up to the maximum length are shown in full in any script, and that longer ones still fit a
     * cookie.
     */
    @ParameterizedTest
    @CsvSource({
        "x, 200, true",
        "%E0%A4%95, 200, true",
        "%F0%9F%92%A7, 100, true",
        "%E0%A4%95, 499, false",
        "%F0%9F%92%A7, 1000, false",
        "a%F0%9F%92%A7, 1000, false"
    })
    void a_notice_fits_into_a_cookie_and_no_character_is_split(String name, int times, boolean whole) {
        PageClient client = new PageClient(address);
        String all = Messages.in("en").say("peers.saved", decoded(name).repeat(times));

        List<String> cookies = client.get("/leave?name=" + name + "&times=" + times)
                .response()
                .headers()
                .allValues("Set-Cookie");
        String said = client.get("/said").response().body();

        assertThat(cookies)
                .anyMatch(cookie -> cookie.startsWith("notice="))
                .allMatch(cookie -> cookie.length() < 4_096);
        assertThat(all).startsWith(said);
        assertThat(said.length()).isGreaterThan(200);
        assertThat(said.equals(all)).isEqualTo(whole);
        assertThat(Character.isHighSurrogate(said.charAt(said.length() - 1))).isFalse();
        assertThat(client.get("/said").response().body()).isEqualTo("null");
    }

    private static String decoded(String name) {
        return java.net.URLDecoder.decode(name, java.nio.charset.StandardCharsets.UTF_8);
    }
}

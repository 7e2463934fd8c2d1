package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.http.FakePeer.Answer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerException;

/** Tests of the error messages of peers, and of proxies in front of them. */
class PeersWordsTest extends AskingAPeer {

    private static final String HTML = "text/html; charset=UTF-8";
    private static final String CHALLENGE = "<!DOCTYPE html><title>Just a moment...</title><h1>Checking</h1>";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private PeerException refused(Answer answer) {
        peer.otherwise(request -> answer);
        return failure(() -> session.changes(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void a_web_page_that_refuses_us_comes_from_something_in_front_of_the_site(int status) {
        PeerException blocked =
                refused(Answer.of(status, HTML, bytes(CHALLENGE), "Server", "cloudflare", "cf-mitigated", "challenge"));

        assertThat(blocked.reason()).isEqualTo(PeerTrouble.BLOCKED);
        assertThat(blocked.detail()).contains(status + ": \"Just a moment...\"");
        assertThat(blocked)
                .hasMessage(peer.host()
                        + " did not receive the request: something in front of it, such as a firewall, rejected it ("
                        + status + " from cloudflare: \"Just a moment...\"); ask its administrator to allow requests of"
                        + " this library to /api/v1/");
        assertThat(session.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"error\": \"key expired\"}"})
    void only_what_an_orb_site_answers_blames_the_key(String body) {
        PeerException refused = refused(Answer.of(401, HTML, bytes(body), "Server", "cloudflare"));

        assertThat(refused.reason()).isEqualTo(PeerTrouble.REFUSED);
        assertThat(refused).hasMessageContaining("rejected the API key of user me@example.org (401");
        assertThat(refused.getMessage().contains("key expired")).isEqualTo(body.contains("key expired"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "400 | {\"error\": \"Invalid limit 'x' provided.\"}                           | Invalid limit 'x'"
                        + " provided.",
                "500 | {\"error_message\": \"Sorry, later.\", \"traceback\": \"File x\"}    | Sorry, later.",
                "400 | {\"error\": \"{\\\"message\\\": \\\"No title\\\", \\\"code\\\": 4000}\"} | No title",
                "400 | {\"resource\": {\"status\": [\"wrong\"]}}                              |"
                        + " {\"resource\":{\"status\":[\"wrong\"]}}",
                "502 | <html><head><TITLE>502 Bad  &amp; worse</TITLE>                       | 502 Bad & worse",
                "418 | I am a teapot                                                       | I am a teapot"
            })
    void the_peers_own_words_are_shown_on_one_line(int status, String body, String words) {
        PeerException failure =
                refused(Answer.of(status, "application/json", bytes(body.strip().replace("  ", "\n "))));

        assertThat(failure.getMessage()).contains("\"" + words.strip() + "\"").doesNotContain("\n", "traceback");
        assertThat(failure.detail()).contains(status + ": \"" + words.strip() + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 170, 199})
    void words_are_cut_and_no_part_of_the_key_is_left_in_them(int before) {
        byte[] echo = bytes("{\"error\": \"" + "x".repeat(before) + FakePeer.KEY + "y".repeat(300) + "\"}");

        assertThat(refused(Answer.of(403, "application/json", echo)).getMessage())
                .doesNotContain(FakePeer.KEY.substring(0, 8))
                .hasSizeLessThan(400);
    }

    @Test
    void the_key_is_hidden_in_upper_case_too() {
        byte[] echo = bytes("you sent " + FakePeer.KEY.toUpperCase(Locale.ROOT));

        assertThat(refused(Answer.of(403, HTML, echo))).hasMessageContaining("you sent [hidden]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "text/plain", "application/octet-stream"})
    void json_is_read_whatever_its_content_type(String type) {
        peer.otherwise(request -> Answer.of(200, type, bytes("\uFEFF \n" + EMPTY)));

        assertThat(session.changes(null).last()).isTrue();
    }

    @Test
    void a_web_page_instead_of_json_is_quoted_whatever_its_content_type() {
        assertThat(refused(Answer.of(200, HTML, bytes(CHALLENGE))))
                .hasMessageContaining("answered with text/html \"Just a moment...\" instead of JSON");
        assertThat(refused(Answer.of(200, "application/json", bytes(CHALLENGE))))
                .hasMessageContaining("answered with a web page \"Just a moment...\" instead of JSON");
    }

    @Test
    void a_site_that_refuses_a_parameter_it_does_not_know_is_asked_without_it_from_then_on() {
        peer.otherwise(request -> request.parameters().containsKey("full")
                ? Answer.of(400, "application/json", bytes("{\"error\": \"unknown parameter full\"}"))
                : Answer.json(EMPTY.replace("\"next\": null", "\"next\": \"/api/v1/resource/?offset=500\"")
                        .replace("[]", "[" + RESOURCE + "]")));

        ChangePage page = session.changes(null);
        session.changes(page.next());

        assertThat(page.items()).hasSize(1);
        assertThat(peer.requests).hasSize(3);
        assertThat(peer.requests)
                .extracting(request -> request.parameters().containsKey("full"))
                .containsExactly(true, false, false);
        assertThat(client.check(peer.peer()).fullFeed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"null\"", "\"None\"", "false", "0", "[]"})
    void a_next_page_without_an_address_is_none(String next) {
        peer.otherwise(request ->
                Answer.json(EMPTY.replace("\"next\": null", "\"next\": " + next).replace("[]", "[" + RESOURCE + "]")));

        ChangePage page = session.changes(null);

        assertThat(page.last()).isTrue();
        assertThat(page.items()).hasSize(1);
    }
}

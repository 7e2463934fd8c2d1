package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;

/** Tests of the parts of the client that read answers, without a connection. */
class AnswerPartsTest {

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ErrorText error(String body, String... headers) {
        Map<String, List<String>> all = headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1]));
        return ErrorText.of(
                HttpHeaders.of(all, (name, value) -> true), bytes(body), text -> text.replace("secret", "…"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"error\": \"No such tag\"}                          | No such tag",
                "{\"error_message\": \"Sorry\"}                        | Sorry",
                "{\"message\": \"a\\tb\"}                              | a b",
                "{\"detail\": {\"error\": \"Deep\"}}                   | Deep",
                "{\"error\": null, \"detail\": \"Other\"}              | Other",
                "{\"error\": \"{\\\"message\\\": \\\"Inner\\\"}\"}     | Inner",
                "\"Just words\"                                        | Just words",
                "[1]                                                   | [1]",
                "{\"code\": 7}                                         | {\"code\":7}",
                "{\"error\": \"the secret\"}                           | the …"
            })
    void an_error_in_json_is_that_of_the_site(String body, String words) {
        ErrorText text = error(body);

        assertThat(text.words()).isEqualTo(words);
        assertThat(text.foreign()).isFalse();
        assertThat(text.quotedAfter(": ")).isEqualTo(": \"" + words + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<html><title>502 Bad <b>Gateway</b></title></html>  | 502 Bad Gateway",
                "<H1 class='x'>Tom &amp; &lt;Co&gt;</H1>              | Tom & <Co>",
                "<p>nothing</p>                                       | ",
                "Access denied                                        | Access denied",
                "{broken                                              | {broken"
            })
    void any_other_text_is_that_of_something_in_front(String body, String words) {
        ErrorText text = error(body);

        assertThat(text.words()).isEqualTo(words);
        assertThat(text.foreign()).isTrue();
    }

    @Test
    void without_a_text_there_is_none() {
        assertThat(error("")).isEqualTo(ErrorText.NOTHING);
        assertThat(error("{}").words()).isNull();
        assertThat(error(" ").quotedAfter("x")).isEmpty();
    }

    @Test
    void a_long_text_is_cut_and_deeply_nested_json_is_shown_as_it_is() {
        assertThat(error("x".repeat(300)).words()).hasSize(201).endsWith("…");
        assertThat(error("x".repeat(201)).words()).hasSize(201).endsWith("x");
        String deep = "{\"error\": ".repeat(6) + "1" + "}".repeat(6);
        assertThat(error(deep).words()).isEqualTo("{\"error\":1}");
    }

    @Test
    void the_sender_and_a_challenge_are_named_by_headers() {
        assertThat(error("x", "Server", " nginx/1.2 (<evil>) ").server()).isEqualTo("nginx/1.2 evil");
        assertThat(error("x").server()).isNull();
        assertThat(error("{}", "cf-mitigated", "challenge").foreign()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"401, true", "403, true", "406, true", "418, true", "451, true", "400, false", "500, false"})
    void only_some_codes_of_something_in_front_are_rejections(int code, boolean rejection) {
        assertThat(error("Access denied").isRejectionInFront(code)).isEqualTo(rejection);
        assertThat(error("{}").isRejectionInFront(code)).isFalse();
    }

    @Test
    void a_type_is_json_by_its_name() {
        assertThat(ErrorText.isOtherType("application/JSON; charset=utf-8")).isFalse();
        assertThat(ErrorText.isOtherType("text/html")).isTrue();
    }

    private static String read(Utf8Reader reader) throws IOException {
        StringBuilder all = new StringBuilder();
        char[] some = new char[7];
        for (int read = reader.read(some, 0, 7); read >= 0; read = reader.read(some, 0, 7)) {
            all.append(some, 0, read);
        }
        return all.toString();
    }

    @Test
    void utf_8_is_read_without_its_mark_and_foreign_bytes_are_marked() throws IOException {
        assertThat(read(new Utf8Reader(bytes("\uFEFFa\uFEFFb 💧 é")))).isEqualTo("a\uFEFFb 💧 é");
        byte[] latin = "caf\u00e9 a\u00e7\u00e3o".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(new Utf8Reader(new ByteArrayInputStream(latin)))).isEqualTo("caf\uDCE9 a\uDCE7\uDCE3o");
        byte[] cut = {'a', (byte) 0xF0, (byte) 0x9F};
        assertThat(read(new Utf8Reader(new ByteArrayInputStream(cut)))).isEqualTo("a\uDCF0\uDC9F");
        assertThat(read(new Utf8Reader(bytes("")))).isEmpty();
    }

    @Test
    void a_long_text_is_read_whole_wherever_a_buffer_ends() throws IOException {
        for (int shift = 0; shift < 4; shift++) {
            String text = "x".repeat(shift) + "💧é".repeat(5_000);
            assertThat(read(new Utf8Reader(bytes(text)))).isEqualTo(text);
            byte[] foreign = ("x".repeat(shift) + "\u00e9".repeat(20_000)).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(read(new Utf8Reader(new ByteArrayInputStream(foreign))))
                    .isEqualTo("x".repeat(shift) + "\uDCE9".repeat(20_000));
        }
    }

    @Test
    void the_latest_text_can_be_read_again() throws IOException {
        Utf8Reader reader = new Utf8Reader(bytes("0123456789"));
        assertThat(reader.read(new char[4], 0, 0)).isZero();
        assertThat(reader.read(new char[4], 0, 4)).isEqualTo(4);
        reader.keepFrom(2);
        assertThat(reader.rest()).isEqualTo("23456789");
        reader.keepFrom(4);
        assertThat(reader.rest()).isEqualTo("456789");
        reader.keepFrom(99);
        assertThat(reader.rest()).isEmpty();
    }

    @Test
    void a_text_that_is_too_long_is_not_kept() throws IOException {
        Utf8Reader reader = new Utf8Reader(bytes("x".repeat(9 * 1024 * 1024)));

        assertThat(reader.rest()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'[tru', true", "'{\"a\": -I', true", "'[nul', true", "'[true', false", "'atru', false", "'', false"})
    void it_is_known_whether_the_text_ends_within_a_word(String text, boolean within) throws IOException {
        Utf8Reader reader = new Utf8Reader(bytes(text));
        assertThat(reader.endsWithinWord()).isFalse();
        reader.rest();

        assertThat(reader.endsWithinWord()).isEqualTo(within);
    }

    private static JsonNode tree(String json) {
        try (JsonParser parser = OrbJson.forgivingFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return BoundedTree.read(parser);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\": [1, true, false, null, \"x\", 1.5], \"b\": {}}", "7", "-9223372036854775808", "[[], {}]"
            })
    void a_value_is_read_as_a_tree(String json) {
        assertThat(tree(json))
                .hasToString(OrbJson.read(json.getBytes(StandardCharsets.UTF_8)).toString());
    }

    @Test
    void numbers_that_no_number_holds_become_text_or_null() {
        assertThat(tree("9223372036854775808").asString()).isEqualTo("9223372036854775808");
        assertThat(tree("9223372036854775808").isString()).isTrue();
        assertThat(tree("NaN").isNull()).isTrue();
        assertThat(tree("[-Infinity]").get(0).isNull()).isTrue();
    }

    @Test
    void a_tree_has_a_maximum_number_of_nodes() {
        assertThat(tree("[" + "1,".repeat(199_998) + "1]")).hasSize(199_999);
        assertThat(tree("[" + "1,".repeat(199_999) + "1]")).isNull();
        assertThat(tree("[" + "{\"a\": [1]},".repeat(70_000) + "1]")).isNull();
    }

    private static LimitedInputStream limited(String text, long most) {
        return new LimitedInputStream(bytes(text), most);
    }

    @Test
    void a_body_may_have_its_maximum_length_and_no_more() throws IOException {
        assertThat(limited("abc", 3).readAllBytes()).hasSize(3);
        assertThatThrownBy(() -> limited("abcd", 3).readAllBytes())
                .isInstanceOf(LimitedInputStream.TooLargeException.class);
        limited("abc", 3).drain();
        assertThatThrownBy(() -> limited("abcd", 3).drain()).isInstanceOf(LimitedInputStream.TooLargeException.class);
        assertThat(limited("abc", 3).skip(5)).isEqualTo(3);
        assertThatThrownBy(() -> limited("abcd", 3).skip(5)).isInstanceOf(LimitedInputStream.TooLargeException.class);
        LimitedInputStream single = limited("ab", 1);
        assertThat(single.read()).isEqualTo('a');
        assertThatThrownBy(single::read).isInstanceOf(LimitedInputStream.TooLargeException.class);
        LimitedInputStream ended = limited("", 0);
        assertThat(ended.read()).isEqualTo(-1);
        assertThat(ended.read()).isEqualTo(-1);
    }
}

package org.librarypeers.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.sync.files.StoredFile;

class MediaAddressTest {

    private static final StoredFile FILE = new StoredFile("0f".repeat(32), 3);

    @Test
    void an_address_has_the_purpose_the_digest_and_the_name_of_a_file() {
        assertThat(MediaAddress.path(MediaKind.RESOURCE, FILE, "water-a4.pdf"))
                .isEqualTo("/media/resource/" + FILE.sha256() + "/water-a4.pdf");
        assertThat(MediaAddress.path(MediaKind.RESOURCE_IMAGE, FILE, "water.png"))
                .isEqualTo("/media/resourceimage/" + FILE.sha256() + "/water.png");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "My  water poster.PDF | My-water-poster.PDF",
                "C:\\Users\\amina\\water.pdf | water.pdf",
                "../../secret.key | secret.key",
                "..\\..\\secret.key | secret.key",
                "a/b/ | file",
                ".. | file",
                ". | file",
                "... | file",
                "/ | file",
                ".htaccess | htaccess",
                ".-.pdf | pdf",
                "--help.txt | help.txt",
                "\"it's\" `ls`.txt | its-ls.txt",
                "50% off?.pdf | 50%25-off%3F.pdf",
                "a#b&c=d+e;f.pdf | a%23b%26c%3Dd%2Be%3Bf.pdf",
                "<script>.html | %3Cscript%3E.html",
                "agua_año~1.pdf | agua_a%C3%B1o~1.pdf",
                "💧.png | %F0%9F%92%A7.png",
                "noextension | noextension",
                "water.pdf. | water.pdf."
            })
    void unsafe_parts_of_a_name_are_replaced(String original, String expected) {
        assertThat(name(MediaKind.RESOURCE, original)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t\n", "\u0000\u0007", "\u202e", "\ud83d", "\"", "'.'", "\u3000."})
    void a_name_without_usable_characters_is_replaced(String original) {
        assertThat(name(MediaKind.RESOURCE, original)).isEqualTo("file");
    }

    @ParameterizedTest
    @CsvSource({"'a\r\nSet-Cookie: b.pdf', a-Set-Cookie%3A-b.pdf", "'a\u0000b\u007f\u0085c.pdf', abc.pdf"})
    void control_characters_are_removed(String original, String expected) {
        assertThat(name(MediaKind.RESOURCE, original)).isEqualTo(expected);
    }

    @Test
    void characters_that_change_the_text_direction_are_removed() {
        assertThat(name(MediaKind.RESOURCE, "gnp\u202e.exe")).isEqualTo("gnp.exe");
    }

    @Test
    void equivalent_unicode_names_give_the_same_address() {
        assertThat(name(MediaKind.RESOURCE, "an\u0303o.pdf"))
                .isEqualTo(name(MediaKind.RESOURCE, "a\u00f1o.pdf"))
                .isEqualTo("a%C3%B1o.pdf");
    }

    @ParameterizedTest
    @EnumSource
    void a_long_name_is_cut_before_its_extension(MediaKind kind) {
        assertThat(name(kind, "w".repeat(300) + ".docx"))
                .hasSize(kind.maxName())
                .endsWith("w.docx");
        assertThat(name(kind, "w".repeat(300))).hasSize(kind.maxName());
        assertThat(name(kind, "w." + "x".repeat(300))).hasSize(kind.maxName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ق", "💧", "ñ", "%", "w"})
    void no_character_is_split_and_no_address_is_too_long(String letter) {
        for (MediaKind kind : MediaKind.values()) {
            String path = MediaAddress.path(kind, FILE, "a" + letter.repeat(200) + ".png");

            assertThat(path).hasSizeLessThan(200).endsWith(".png");
            assertThat(URI.create(path).getPath()).endsWith(letter + ".png").doesNotContain("\ufffd");
        }
    }

    @Test
    void the_full_address_of_an_image_fits_the_limit_of_peers() {
        String path = MediaAddress.path(MediaKind.RESOURCE_IMAGE, FILE, "💧".repeat(200) + ".jpeg");

        assertThat("https://library.some-ministry-of-health.example.org" + path).hasSizeLessThan(200);
    }

    private static String name(MediaKind kind, String original) {
        String path = MediaAddress.path(kind, FILE, original);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

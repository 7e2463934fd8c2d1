package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CitationTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 9);
    private static final String ADDRESS = "https://library.example.org/resource/safe-water";

    private static Citation citation(String author, String title, @Nullable Integer year) {
        return new Citation(author, title, "en", "Our library", year, ADDRESS, "resource-0a1b2c3d");
    }

    @Test
    void a_reference_has_the_vancouver_style() {
        assertThat(citation("Malawi Ministry of Health", "Safe water", 2019).text(TODAY))
                .isEqualTo("Malawi Ministry of Health. Safe water [Internet]. Our library; 2019 [cited 2026 Nov 9]."
                        + " Available from: " + ADDRESS);
        assertThat(citation("PATH Inc.", "Safe water", null).text(TODAY))
                .startsWith("PATH Inc. Safe water [Internet]. Our library [cited 2026 Nov 9].");
    }

    @Test
    void an_entry_for_bibtex_escapes_what_tex_treats_as_a_command() {
        assertThat(citation("Smith & {Sons}", "100 % safe_water \\input{x} ~#$^", 2019)
                        .bibtex(TODAY))
                .isEqualTo("""
                @misc{resource-0a1b2c3d,
                  author = {{Smith \\& Sons}},
                  title = {{100 \\% safe\\_water inputx \\~{}\\#\\$\\^{}}},
                  howpublished = {Our library},
                  year = {2019},
                  url = {https://library.example.org/resource/safe-water},
                  urldate = {2026-11-09},
                  language = {en}
                }""");
    }
}

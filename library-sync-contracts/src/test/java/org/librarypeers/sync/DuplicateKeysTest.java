package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.sync.curation.DuplicateKeys;

class DuplicateKeysTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hand-washing: step 1 | HAND WASHING – Step 1!",
                "Éducation à la santé | education a la sante",
                "STRASSE und Straße | strasse und STRASSE",
                "غَسل اليدين خطوة | غسل اليدين خطوة"
            })
    void titles_that_differ_only_in_case_punctuation_and_accents_have_one_key(String one, String other) {
        assertThat(DuplicateKeys.title(one)).isPresent().isEqualTo(DuplicateKeys.title(other));
    }

    @Test
    void a_short_title_has_no_key() {
        assertThat(DuplicateKeys.title("Test 1!")).isEmpty();
        assertThat(DuplicateKeys.title("💧💧💧💧💧💧💧💧💧")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a?x=1",
                "http://EXAMPLE.org:80/a/?x=1#part",
                "https://www.example.org/a?utm_source=mail&x=1&fbclid=7"
            })
    void links_to_one_page_have_one_key(String link) {
        assertThat(DuplicateKeys.link(link)).contains("example.org/a?x=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "https://www.example.org/",
                "ftp://example.org/a",
                "a b",
                "",
                "mailto:a@b.c"
            })
    void links_that_identify_nothing_have_no_key(String link) {
        assertThat(DuplicateKeys.link(link)).isEmpty();
    }
}

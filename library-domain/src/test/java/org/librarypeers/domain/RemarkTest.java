package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Remark.Kind;

class RemarkTest {

    @Test
    void a_remark_is_one_short_line_whatever_a_peer_put_into_it() {
        Remark remark = new Remark(Kind.TAG_LEFT_OUT, "tags[2]\n" + "x".repeat(200), "a\u0000b\nc" + "y".repeat(500));

        assertThat(remark.field()).startsWith("tags[2] xxx").hasSize(100).endsWith("…");
        assertThat(remark.detail()).startsWith("a b cyyy").hasSize(200).endsWith("…");
    }

    @Test
    void its_sentence_says_the_field_what_was_done_and_why() {
        assertThat(new Remark(Kind.TAG_LEFT_OUT, "tags[2]", "tag name is missing").sentence())
                .isEqualTo("tags[2]: tag left out (tag name is missing)");
        assertThat(new Remark(Kind.VALUE_NOT_UNDERSTOOD, "born_on", "\"soon\"").problem())
                .isEqualTo("born_on: not understood (\"soon\")");
        assertThat(new Remark(Kind.TEXT_CUT, "title_fr", "").sentence()).isEqualTo("title_fr: text cut");
    }

    @Test
    void kinds_are_known_by_their_words_which_are_stored_and_stay() {
        assertThat(Kind.values())
                .extracting(Kind::word)
                .containsExactlyInAnyOrder(
                        "characters_removed",
                        "text_cut",
                        "image_data_removed",
                        "credentials_removed",
                        "guid_derived",
                        "text_left_out",
                        "tag_left_out",
                        "link_left_out",
                        "file_left_out",
                        "image_left_out",
                        "source_left_out",
                        "value_not_understood");
        for (Kind kind : Kind.values()) {
            assertThat(Kind.ofWord(kind.word())).contains(kind);
        }
        assertThat(Kind.ofWord("TEXT_CUT")).isEmpty();
    }
}

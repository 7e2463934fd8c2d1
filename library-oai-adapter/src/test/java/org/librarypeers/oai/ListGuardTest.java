package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of the guard against lists that never end. */
class ListGuardTest {

    private static final OaiRecord RECORD = new OaiRecord("oai:a:1", "2026-01-02", false, List.of(), null);

    private final ListGuard guard = new ListGuard();

    private static OaiPage page(int records, @Nullable String token) {
        return new OaiPage(null, List.of(), Collections.nCopies(records, RECORD), token, -1, null);
    }

    @Test
    void a_token_that_was_sent_before_shows_a_list_without_end() {
        assertThat(guard.read(null, page(1, "a"))).isNull();
        assertThat(guard.read("a", page(1, "b"))).isNull();
        assertThat(guard.read("b", page(1, "a"))).contains("same resumption token");
    }

    @Test
    void the_last_page_may_be_any() {
        assertThat(guard.read("a", page(0, null))).isNull();
    }

    @Test
    void fifty_empty_pages_in_a_row_may_come_and_no_more() {
        for (int i = 0; i < 50; i++) {
            assertThat(guard.read(null, page(0, "t" + i))).isNull();
        }
        assertThat(guard.read(null, page(0, "more"))).contains("51 empty pages");
        assertThat(guard.read(null, page(1, "full"))).isNull();
        assertThat(guard.read(null, page(0, "empty"))).isNull();
    }

    @Test
    void a_list_has_at_most_five_million_records() {
        OaiPage large = page(100_000, "t");
        for (int i = 0; i < 50; i++) {
            assertThat(guard.read(null, large)).isNull();
        }
        assertThat(guard.read(null, page(1, "u"))).contains("more than 5,000,000 records");
    }
}

package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageNumberTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 999_999})
    void a_page_number_is_parsed(int number) {
        assertThat(PageNumber.of(String.valueOf(number))).isEqualTo(new PageNumber(number));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "-1", "+1", "1.5", "01", "1000000", "٣", "two"})
    void a_text_that_is_not_a_page_number_means_the_first_page(String text) {
        assertThat(PageNumber.parse(text)).isEmpty();
        assertThat(PageNumber.of(text)).isEqualTo(new PageNumber(1));
    }

    @Test
    void a_page_has_an_offset_and_neighbours() {
        PageNumber page = new PageNumber(3);

        assertThat(page.offset(20)).isEqualTo(40);
        assertThat(page.previous("/users?page=")).isEqualTo("/users?page=2");
        assertThat(page.next("/users?page=", false)).isEqualTo("/users?page=4");
    }

    @Test
    void the_first_and_the_last_page_have_one_neighbour() {
        assertThat(new PageNumber(1).previous("/users?page=")).isNull();
        assertThat(new PageNumber(1).next("/users?page=", true)).isNull();
    }
}

package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.BornOn.Precision;

class BornOnTest {

    @Test
    void what_is_not_known_is_the_beginning_of_the_year_or_month() {
        LocalDateTime time = LocalDateTime.parse("2019-12-31T10:20:30.123456789");

        assertThat(new BornOn(time, Precision.YEAR)).isEqualTo(BornOn.in(Year.of(2019)));
        assertThat(BornOn.in(Year.of(2019)).time()).isEqualTo("2019-01-01T00:00:00");
        assertThat(new BornOn(time, Precision.MONTH)).isEqualTo(BornOn.in(YearMonth.of(2019, 12)));
        assertThat(BornOn.in(YearMonth.of(2019, 12)).time()).isEqualTo("2019-12-01T00:00:00");
        assertThat(BornOn.at(time).time()).isEqualTo("2019-12-31T10:20:30.123456");
    }

    @Test
    void a_year_is_not_the_same_as_its_first_day() {
        LocalDateTime first = LocalDateTime.parse("2019-01-01T00:00:00");
        ResourceContent.Builder content = ResourceContent.titled(LocalizedText.of("en", "A"));

        assertThat(content.bornOn(BornOn.in(Year.of(2019))).build().fingerprint())
                .isNotEqualTo(content.bornOn(BornOn.at(first)).build().fingerprint())
                .isNotEqualTo(
                        content.bornOn(BornOn.in(YearMonth.of(2019, 1))).build().fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019", "0001", "2020-03", "2019-12-31T00:00", "2019-12-31T10:20:30.123456"})
    void it_reads_back_from_its_text(String text) {
        assertThat(BornOn.of(text)).hasToString(text);
        assertThat(BornOn.of(BornOn.of(text).toString())).isEqualTo(BornOn.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "19", "2019-13", "0000", "yesterday", "12019"})
    void what_is_not_a_date_is_refused_with_its_value(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> BornOn.of(text)).withMessageStartingWith("born-on date ");
    }
}

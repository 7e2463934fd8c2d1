package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of times in words. */
class WordingTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @ParameterizedTest(name = "{0} before now is: {1}")
    @CsvSource({
        "PT0S, now",
        "PT59S, now",
        "PT-59S, now",
        "PT1M, 1 minute ago",
        "PT59M59S, 59 minutes ago",
        "PT1H, 1 hour ago",
        "PT-3H, in 3 hours",
        "PT23H59M, 23 hours ago",
        "P1D, 1 day ago",
        "P-6D, in 6 days",
        "P7D, 'Nov 22, 2026'",
        "P-7D, 'Dec 6, 2026'"
    })
    void times_near_now_are_relative_and_others_are_days(Duration before, String words) {
        assertThat(ago("en", before)).isEqualTo(words);
    }

    @Test
    void relative_times_follow_the_language_with_western_digits() {
        assertThat(ago("es", Duration.ofHours(2))).isEqualTo("hace 2 horas");
        assertThat(ago("fr", Duration.ofHours(-2))).isEqualTo("dans 2 heures");
        assertThat(ago("pt", Duration.ofDays(3))).isEqualTo("há 3 dias");
        assertThat(ago("ar", Duration.ofMinutes(5))).contains("5").doesNotContain("٥");
    }

    private static String ago(String language, Duration before) {
        return new Wording(language, List.of(language)).ago(NOW.minus(before), NOW);
    }
}

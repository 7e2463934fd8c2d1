package org.librarypeers.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the settings that administrators change while the program runs. */
class EditableSettingsTest {

    private final Map<String, String> stored = new HashMap<>();

    @TempDir
    private Path home;

    private Configuration configured(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("LIBRARY_HOME", home.toString());
        return Configuration.reader()
                .environment(all)
                .systemFile(home.resolve("none"))
                .read();
    }

    @Test
    void a_stored_value_counts_only_if_no_other_source_sets_it() {
        stored.put("name", "Stored");
        stored.put("languages", "pt-br,en");
        stored.put("sync.every-hours", "8");
        EditableSettings settings = new EditableSettings(configured(Map.of("LIBRARY_NAME", "Given")), () -> stored);

        Configuration current = settings.current().configuration();

        assertThat(current.get(Settings.NAME)).isEqualTo("Given");
        assertThat(current.get(Settings.LANGUAGES)).containsExactly("pt-br", "en");
        assertThat(ScheduleSettings.from(current).interval()).isEqualTo(Duration.ofHours(8));
        assertThat(current.value(Settings.LANGUAGES).origin().source()).isEqualTo(Origin.Source.STORED);
        assertThat(current.value(Settings.CONTACT).origin().source()).isEqualTo(Origin.Source.DEFAULT);
        assertThat(EditableSettings.isEditable(current.value(Settings.NAME))).isFalse();
        assertThat(EditableSettings.isEditable(current.value(Settings.LANGUAGES)))
                .isTrue();
    }

    @Test
    void a_setting_that_is_not_for_the_page_is_never_taken_from_the_database() {
        stored.put("listen.port", "9999");
        stored.put("trusted-proxies", "none");

        Configuration current = new EditableSettings(configured(Map.of()), () -> stored)
                .current()
                .configuration();

        assertThat(current.values())
                .extracting(value -> value.origin().source())
                .doesNotContain(Origin.Source.STORED);
    }

    @Test
    void a_stored_value_that_is_not_valid_leaves_the_default() {
        stored.put("sync.every-hours", "0");
        stored.put("languages", "not a language");
        stored.put("name", "Valid");

        Configuration current = new EditableSettings(configured(Map.of()), () -> stored)
                .current()
                .configuration();

        assertThat(current.get(Settings.NAME)).isEqualTo("Valid");
        assertThat(current.get(Settings.SYNC_EVERY_HOURS)).isEqualTo(6);
        assertThat(current.get(Settings.LANGUAGES)).isEqualTo(List.of("en", "es", "pt-br"));
    }

    @Test
    void changes_apply_when_the_settings_are_read_again() {
        EditableSettings settings = new EditableSettings(configured(Map.of()), () -> stored);
        EditableSettings.Current before = settings.current();
        settings.reload();
        assertThat(settings.current()).isSameAs(before);

        stored.put("contact", "library@example.org");
        assertThat(settings.current().configuration().find(Settings.CONTACT)).isEmpty();
        settings.reload();
        assertThat(settings.current().configuration().find(Settings.CONTACT)).contains("library@example.org");

        stored.remove("contact");
        settings.reload();
        assertThat(settings.current().configuration().find(Settings.CONTACT)).isEmpty();
    }

    @Test
    void a_failure_to_read_leaves_the_earlier_settings_in_force() {
        stored.put("name", "Stored");
        boolean[] fails = new boolean[1];
        EditableSettings settings = new EditableSettings(configured(Map.of()), () -> {
            if (fails[0]) {
                throw new IllegalStateException("no connection");
            }
            return stored;
        });
        fails[0] = true;

        assertThatIllegalStateException().isThrownBy(settings::reload);

        assertThat(settings.current().configuration().get(Settings.NAME)).isEqualTo("Stored");
    }

    @Test
    void a_configuration_with_stored_values_can_be_the_base_of_another_one() {
        stored.put("name", "Earlier");
        Configuration earlier = new EditableSettings(configured(Map.of()), () -> stored)
                .current()
                .configuration();

        assertThat(EditableSettings.merged(earlier, Map.of("name", "Later")).get(Settings.NAME))
                .isEqualTo("Later");
        assertThat(EditableSettings.merged(earlier, Map.of()).get(Settings.NAME))
                .isEqualTo("Our library");
    }
}

package org.librarypeers.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void the_variables_of_earlier_versions_keep_their_names() {
        assertThat(Settings.all())
                .extracting(Setting::variable)
                .contains(
                        "LIBRARY_HOME",
                        "LIBRARY_NAME",
                        "LIBRARY_DB_URL",
                        "LIBRARY_DB_USER",
                        "LIBRARY_DB_PASSWORD",
                        "LIBRARY_SECRET_KEY",
                        "LIBRARY_LANGUAGES",
                        "LIBRARY_API_REQUESTS_PER_HOUR",
                        "LIBRARY_MAX_UPLOAD_MIB",
                        "LIBRARY_SYNC_EVERY_HOURS",
                        "LIBRARY_CONTACT");
    }

    @Test
    void no_two_settings_share_a_name_or_a_variable() {
        List<Setting<?>> all = Settings.all();
        assertThat(all).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(each -> Stream.of(each.variable(), each.fileVariable())))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_description_fits_into_the_table() {
        assertThat(Settings.all())
                .allSatisfy(setting -> assertThat(setting.description()).matches("[A-Z][^|\n]+\\."));
    }

    @Test
    void the_table_of_the_documentation_is_that_of_the_list() throws Exception {
        String page = Files.readString(Path.of("../docs/configuration.md"));
        assertThat(page)
                .as("docs/configuration.md; './library config --markdown' prints the table")
                .contains("<!-- settings -->\n" + SettingsTable.markdown() + "<!-- end of settings -->\n");
    }

    @Test
    void a_declaration_with_an_invalid_name_or_default_is_rejected() {
        SettingType<Integer> number = SettingType.wholeNumber(1, 9);
        assertThatThrownBy(() -> new Setting<>("Listen_Port", number, "1", "A number."))
                .hasMessageContaining("Listen_Port");
        assertThatThrownBy(() -> new Setting<>("listen.port", number, "0", "A number."))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

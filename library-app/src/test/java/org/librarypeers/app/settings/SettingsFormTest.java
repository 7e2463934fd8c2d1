package org.librarypeers.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.settings.SettingsView.Difference;
import org.librarypeers.app.web.Visit;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests of what the form of the settings accepts, and of the texts that are stored for it. */
class SettingsFormTest {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final Map<String, String> stored = new TreeMap<>();

    @TempDir
    private Path home;

    private StoredSettings settings(String... environment) {
        Map<String, String> variables = new TreeMap<>(Map.of("LIBRARY_HOME", home.toString()));
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        Configuration configuration = Configuration.reader()
                .environment(variables)
                .systemFile(home.resolve("none"))
                .read();
        return new StoredSettings(
                storage,
                new EditableSettings(configuration, () -> stored),
                new AuditTrail(storage, new SettableClock(OfflineLibrary.NOON)));
    }

    private SettingsForm sent(Visit visit, StoredSettings settings) {
        return SettingsForm.sent(visit, settings, stored);
    }

    private SettingsForm checked(String... fields) {
        Visit visit = OfflineLibrary.sent(fields);
        SettingsForm form = sent(visit, settings());
        form.check(visit);
        return form;
    }

    @Test
    void the_form_shows_the_stored_texts_and_a_field_for_each_language() {
        stored.put("name", "District library");
        stored.put("languages", "pt-br,en");
        stored.put("about.en", "Ours.");
        stored.put("about.fr", "Le nôtre.");
        stored.put("logo", "a logo");

        SettingsForm form = SettingsForm.of(settings(), stored);

        assertThat(form.data().value("name")).isEqualTo("District library");
        assertThat(form.data().value("contact")).isEmpty();
        assertThat(form.languages()).containsExactly("pt-br", "en", "fr");
        assertThat(form.data().value("about-en")).isEqualTo("Ours.");
        assertThat(form.data().value("about-pt-br")).isEmpty();
        assertThat(form.data().value(SettingsForm.LOGO)).isEqualTo("a logo");
    }

    @Test
    void what_was_sent_becomes_the_texts_to_store() {
        StoredSettings settings = settings();
        SettingsForm form = sent(
                OfflineLibrary.sent(
                        "name", " Ours ", "languages", "PT-BR, en,en", "about-en", "One\r\nTwo", "about-xx!", "no"),
                settings);

        assertThat(form.texts(settings, stored))
                .containsEntry("name", "Ours")
                .containsEntry("languages", "pt-br,en")
                .containsEntry("contact", "")
                .containsEntry("about.en", "One\nTwo")
                .doesNotContainKey("about.xx!");
    }

    @Test
    void a_field_that_was_not_sent_keeps_its_stored_text() {
        stored.put("name", "District library");
        StoredSettings settings = settings();

        assertThat(sent(OfflineLibrary.sent("contact", "a@example.org"), settings)
                        .texts(settings, stored))
                .containsEntry("name", "District library")
                .containsEntry("contact", "a@example.org");
    }

    @Test
    void a_text_in_a_language_that_the_library_no_longer_has_is_still_read() {
        SettingsForm form = sent(OfflineLibrary.sent("about-sw", "Yetu."), settings());

        assertThat(form.languages()).contains("sw");
        assertThat(form.data().value("about-sw")).isEqualTo("Yetu.");
    }

    @Test
    void only_wrong_values_are_refused_and_an_empty_one_means_the_default() {
        String longest = "x".repeat(10_000);

        assertThat(checked("name", "", "languages", "en", "contact", "", "sync.every-hours", "8", "about-en", longest)
                        .data()
                        .isGood())
                .isTrue();
        SettingsForm wrong = checked(
                "name",
                "x".repeat(101),
                "languages",
                "english!",
                "contact",
                "a@example.org",
                "about-en",
                longest + "x");
        assertThat(wrong.data().wrong("name")).isNotEmpty();
        assertThat(wrong.data().wrong("languages")).isNotEmpty();
        assertThat(wrong.data().wrong("contact")).isNull();
        assertThat(wrong.data().wrong("about-en")).contains("10,000");
    }

    @Test
    void a_setting_of_the_configuration_is_neither_shown_nor_stored() {
        StoredSettings settings = settings("LIBRARY_NAME", "Given");
        stored.put("name", "Stored");

        assertThat(SettingsForm.of(settings, stored).data().value("name")).isEmpty();
        assertThat(sent(OfflineLibrary.sent("name", "Smuggled"), settings).texts(settings, stored))
                .doesNotContainKey("name")
                .containsKey("contact");
    }

    @Test
    void a_form_is_outdated_once_another_text_is_stored() {
        StoredSettings settings = settings();
        stored.put("name", "Old");
        String seen = SettingsForm.of(settings, stored).data().value("seen");
        Visit visit = OfflineLibrary.sent("name", "Mine", "contact", "a@example.org", "seen", seen);
        SettingsForm form = sent(visit, settings);
        assertThat(form.isBasedOn(settings, stored)).isTrue();

        stored.put("name", "By another one");
        stored.put("about.en", "Ours.");

        assertThat(form.isBasedOn(settings, stored)).isFalse();
        List<Difference> differences = form.differences(visit, SettingsForm.of(settings, stored));
        assertThat(differences).extracting(Difference::stored).containsExactly("By another one", "", "Ours.");
        assertThat(differences)
                .extracting(Difference::label)
                .doesNotContain("")
                .last()
                .asString()
                .contains("English");
    }
}

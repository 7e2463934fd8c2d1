package org.librarypeers.app.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.config.Setting;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.settings.SettingsView.Difference;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;

/** The form of the settings: its fields, their checks, and the texts that are stored for them. Not thread-safe. */
final class SettingsForm {

    /** The maximum length of the text about the library in one language, in characters. */
    static final int LONGEST_ABOUT = 10_000;

    /** The field that tells which logo is stored. It is not sent. */
    static final String LOGO = "logo-stored";

    private static final String ABOUT = "about-";
    private static final int MOST_LANGUAGES = 100;

    private final FormData data = new FormData();
    private final Set<String> languages = new LinkedHashSet<>();

    private SettingsForm() {}

    /** Returns the form as it is shown for these stored texts. */
    static SettingsForm of(StoredSettings settings, Map<String, String> stored) {
        SettingsForm form = new SettingsForm();
        for (Setting<?> setting : EditableSettings.ALL) {
            if (EditableSettings.isEditable(settings.value(setting, stored))) {
                form.data.with(setting.name(), stored.getOrDefault(setting.name(), ""));
            }
        }
        for (String language : settings.languages(stored)) {
            form.languages.add(language);
            form.data.with(ABOUT + language, stored.getOrDefault(StoredSettings.aboutName(language), ""));
        }
        form.data.with(LOGO, stored.getOrDefault(StoredSettings.LOGO, "")).sealed();
        return form;
    }

    /** Reads the submitted values. Texts in a language that is no longer one of the library are read, too. */
    static SettingsForm sent(Visit visit, StoredSettings settings, Map<String, String> stored) {
        SettingsForm form = of(settings, stored);
        for (Setting<?> setting : EditableSettings.ALL) {
            if (visit.ctx().formParam(setting.name()) != null) {
                form.data.with(setting.name(), visit.field(setting.name()));
            }
        }
        visit.ctx().formParamMap().keySet().stream()
                .filter(name -> name.startsWith(ABOUT) && StoredSettings.isLanguage(language(name)))
                .limit(MOST_LANGUAGES)
                .forEach(name -> {
                    form.languages.add(language(name));
                    form.data.with(name, visit.field(name).replace("\r\n", "\n"));
                });
        form.data.with(FormData.SEEN, visit.field(FormData.SEEN));
        return form;
    }

    private static String language(String field) {
        return field.substring(ABOUT.length());
    }

    FormData data() {
        return data;
    }

    /** Returns the languages in which the form has a field for the text about the library. */
    List<String> languages() {
        return List.copyOf(languages);
    }

    /** Adds a message to each field with a value that is not valid. An empty value is always valid: it means the default. */
    void check(Visit visit) {
        for (Setting<?> setting : EditableSettings.ALL) {
            String text = data.value(setting.name());
            if (!text.isEmpty() && EditableSettings.parsed(setting, text).isEmpty()) {
                data.refuse(setting.name(), visit.say("settings.field." + setting.name() + ".wrong"));
            }
        }
        for (String language : languages) {
            if (data.value(ABOUT + language).length() > LONGEST_ABOUT) {
                data.refuse(ABOUT + language, visit.say("settings.about.long", LONGEST_ABOUT));
            }
        }
    }

    /** Returns whether the form was shown for these stored texts. */
    boolean isBasedOn(StoredSettings settings, Map<String, String> stored) {
        return data.isBasedOn(of(settings, stored).data);
    }

    /**
     * Returns the texts to store by name, for a form whose values are valid. An empty text means that nothing is stored.
     *
     * @param stored the stored texts; a setting that the configuration sets is left out
     */
    Map<String, String> texts(StoredSettings settings, Map<String, String> stored) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Setting<?> setting : EditableSettings.ALL) {
            if (EditableSettings.isEditable(settings.value(setting, stored))) {
                texts.put(setting.name(), canonical(setting, data.value(setting.name())));
            }
        }
        languages.forEach(language -> texts.put(StoredSettings.aboutName(language), data.value(ABOUT + language)));
        return texts;
    }

    /** Returns a text in the form in which it is stored: languages in lower case, each only once. */
    private static String canonical(Setting<?> setting, String text) {
        Optional<List<String>> codes = setting.equals(Settings.LANGUAGES)
                ? EditableSettings.parsed(Settings.LANGUAGES, text)
                : Optional.empty();
        return codes.map(each -> String.join(",", each)).orElse(text);
    }

    /** Returns the stored values of the fields in which this form differs, for people whose form was outdated. */
    List<Difference> differences(Visit visit, SettingsForm now) {
        List<Difference> all = new ArrayList<>();
        for (Setting<?> setting : EditableSettings.ALL) {
            addDifference(all, visit.say("settings.field." + setting.name()), setting.name(), now);
        }
        for (String language : now.languages) {
            String label = visit.say("settings.about") + ": " + visit.words().languageName(language);
            addDifference(all, label, ABOUT + language, now);
        }
        return all;
    }

    private void addDifference(List<Difference> all, String label, String field, SettingsForm now) {
        if (!data.value(field).equals(now.data.value(field))) {
            all.add(new Difference(label, now.data.value(field)));
        }
    }
}

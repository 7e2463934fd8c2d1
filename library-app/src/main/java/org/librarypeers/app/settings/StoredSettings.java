package org.librarypeers.app.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.ConfiguredValue;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.config.Setting;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.LibraryProfile;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings that are stored in the database, with their names and who may change them. Thread-safe. */
public final class StoredSettings {

    /** The name of the logo. */
    static final String LOGO = "logo";

    private static final String ABOUT = "about.";
    private static final String KIND = "setting";
    private static final Logger LOG = LoggerFactory.getLogger(StoredSettings.class);

    private final LibraryStorage storage;
    private final EditableSettings inForce;
    private final AuditTrail trail;

    /**
     * Creates the access to the settings of a storage.
     *
     * @param inForce the settings in force, which are told of changes
     */
    public StoredSettings(LibraryStorage storage, EditableSettings inForce, AuditTrail trail) {
        this.storage = storage;
        this.inForce = inForce;
        this.trail = trail;
    }

    /** Returns the description of the library in these settings. */
    public static LibraryProfile profile(EditableSettings.Current current) {
        Configuration configuration = current.configuration();
        return new LibraryProfile(
                configuration.get(Settings.NAME),
                configuration.get(Settings.LANGUAGES),
                Optional.ofNullable(current.stored().get(LOGO))
                        .flatMap(LogoText::logo)
                        .orElse(null),
                about(current.stored()),
                configuration.find(Settings.CONTACT).orElse(null));
    }

    /** Returns the name of the text about the library in a language. */
    static String aboutName(String language) {
        return ABOUT + language;
    }

    /** Returns the text about the library among stored texts. Languages that are not valid are left out. */
    static LocalizedText about(Map<String, String> stored) {
        LocalizedText about = LocalizedText.empty();
        for (Map.Entry<String, String> entry : stored.entrySet()) {
            String language = entry.getKey().startsWith(ABOUT) ? entry.getKey().substring(ABOUT.length()) : "";
            if (isLanguage(language)) {
                about = about.with(language, entry.getValue());
            }
        }
        return about;
    }

    /** Returns whether a text is the code of a language, as it is written among the settings. */
    static boolean isLanguage(String code) {
        try {
            return LocalizedText.language(code).equals(code);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the stored texts by name. */
    Map<String, String> read() {
        return storage.settings().all();
    }

    /** Returns the value of a setting that is in force with these stored texts. */
    <T> ConfiguredValue<T> value(Setting<T> setting, Map<String, String> stored) {
        return inForce.with(stored).value(setting);
    }

    /** Returns the languages of the library with these stored texts, followed by the others in which the text about it is written. */
    List<String> languages(Map<String, String> stored) {
        Set<String> all = new LinkedHashSet<>(
                Objects.requireNonNull(value(Settings.LANGUAGES, stored).value()));
        all.addAll(about(stored).languages());
        return List.copyOf(all);
    }

    /**
     * Changes settings, and records each change with the old and the new text.
     *
     * @param isCurrent returns whether the change is based on these stored texts
     * @param changes the new texts by name; an empty text removes a setting
     * @return whether the settings were saved; otherwise nothing was changed, because the change is not based on what is stored
     */
    boolean save(Predicate<Map<String, String>> isCurrent, Map<String, String> changes) {
        boolean saved = storage.inTransaction(() -> {
            Map<String, String> before = storage.settings().allForUpdate();
            if (!isCurrent.test(before)) {
                return false;
            }
            changes.forEach((name, text) -> change(name, before.get(name), text.isEmpty() ? null : text));
            return true;
        });
        if (saved) {
            apply();
        }
        return saved;
    }

    private void change(String name, @Nullable String before, @Nullable String after) {
        if (Objects.equals(before, after)) {
            return;
        }
        Map<String, String> details = new TreeMap<>();
        if (before != null) {
            details.put("from", before);
        }
        if (after == null) {
            storage.settings().remove(name);
        } else {
            storage.settings().put(name, after);
            details.put("to", after);
        }
        trail.record(new AuditTrail.Note(AuditAction.SETTING_CHANGED, new Subject(KIND, name, null), details));
    }

    /** Applies the settings in this process immediately. Other processes apply them a few seconds later. */
    private void apply() {
        try {
            inForce.reload();
        } catch (StorageException e) {
            LOG.debug("The changed settings apply a few seconds later", e);
        }
    }
}

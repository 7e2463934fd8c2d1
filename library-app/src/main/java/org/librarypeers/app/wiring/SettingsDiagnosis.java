package org.librarypeers.app.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.ConfiguredValue;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.config.Setting;
import org.librarypeers.app.wiring.Doctor.Finding;
import org.librarypeers.app.wiring.Doctor.Level;

/** The part of an examination that is about the settings that administrators changed on the pages. */
final class SettingsDiagnosis {

    private static final String PART = "settings";

    private SettingsDiagnosis() {}

    /** Compares the stored texts with the configuration, and returns what was found: one finding for each stored setting. */
    static List<Finding> of(Configuration configured, Map<String, String> stored) {
        Configuration merged = EditableSettings.merged(configured, stored);
        List<Finding> findings = new ArrayList<>();
        for (Setting<?> setting : EditableSettings.ALL) {
            String text = stored.get(setting.name());
            if (text != null) {
                findings.add(of(text, configured.value(setting), merged.value(setting)));
            }
        }
        return findings;
    }

    private static Finding of(String text, ConfiguredValue<?> configured, ConfiguredValue<?> merged) {
        String name = merged.setting().name();
        if (!EditableSettings.isEditable(configured)) {
            return new Finding(
                    Level.OK,
                    PART,
                    name + " is set at " + configured.origin() + ", so that the value of the page of the settings does"
                            + " not count");
        }
        if (text.equals(merged.text())) {
            return new Finding(Level.OK, PART, name + " = " + merged.shown() + " (" + merged.origin() + ")");
        }
        return new Finding(
                Level.WARNING,
                PART,
                "the stored value of " + name + " is not valid, so that the default counts; correct it on the page of"
                        + " the settings");
    }
}

package org.librarypeers.http.wire;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import tools.jackson.databind.JsonNode;

/** Changes to the content of a resource, as a client sends them. Fields that the object lacks stay unchanged. */
final class ContentChanges {

    private final JsonNode object;
    private final String language;
    private final @Nullable ResourceContent before;

    ContentChanges(JsonNode object, String language, @Nullable ResourceContent before) {
        this.object = object;
        this.language = language;
        this.before = before;
    }

    ResourceContent applied() {
        try {
            LocalizedText title =
                    Texts.requireTitle(text("title", before == null ? LocalizedText.empty() : before.title()), object);
            ResourceContent.Builder content = before == null
                    ? ResourceContent.titled(title)
                    : before.toBuilder().title(title);
            content.description(text("description", before == null ? LocalizedText.empty() : before.description()));
            content.attribution(text("attribution", before == null ? LocalizedText.empty() : before.attribution()));
            content.studyTime(studyTime(before == null ? StudyTime.UNKNOWN : before.studyTime()));
            if (object.has("born_on")) {
                content.bornOn(Texts.string(object, "born_on")
                        .map(text -> OrbTime.readBornOn(text)
                                .orElseThrow(() -> new InvalidDocumentException("born_on " + Remarks.shown(text)
                                        + " is not a date; write it as 2019-12-31, 2019-12 or 2019")))
                        .orElse(null));
            }
            return content.build();
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Returns the text after the changes. The field without a language is in the language of the request; fields that state
     * their language are applied after it.
     */
    private LocalizedText text(String field, LocalizedText unchanged) {
        LocalizedText text = unchanged;
        if (object.has(field)) {
            text = with(text, language, field);
        }
        for (Map.Entry<String, String> each : Texts.languages(object, field).entrySet()) {
            text = with(text, each.getKey(), each.getValue());
        }
        return text;
    }

    private LocalizedText with(LocalizedText text, String in, String key) {
        try {
            return text.with(in, Texts.string(object, key).orElse(""));
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(key + ": " + e.getMessage(), e);
        }
    }

    private StudyTime studyTime(StudyTime unchanged) {
        int number = unchanged.number();
        if (object.has("study_time_number")) {
            number = number(Texts.string(object, "study_time_number").orElse("0"));
        }
        StudyTime.Unit unit = unchanged.unit();
        if (object.has("study_time_unit")) {
            Optional<String> word = Texts.string(object, "study_time_unit").map(String::strip);
            unit = word.flatMap(StudyTime.Unit::ofWord).orElse(null);
            if (word.isPresent() && unit == null) {
                throw new InvalidDocumentException("study_time_unit " + Remarks.shown(word.get())
                        + " is not valid; use mins, hours, days or weeks");
            }
        }
        return new StudyTime(number, unit);
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits.strip());
        } catch (NumberFormatException e) {
            throw new InvalidDocumentException(
                    "study_time_number " + Remarks.shown(digits) + " is not a whole number in the valid range", e);
        }
    }
}

package org.librarypeers.http.wire;

import java.util.Map;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import tools.jackson.databind.JsonNode;

/**
 * The fields that an object contains, applied to stored content. A field that the object lacks leaves the stored value
 * unchanged. Each language of a text is a separate field.
 */
final class PresentFields {

    private final JsonNode object;
    private final String defaultLanguage;

    PresentFields(JsonNode object, String defaultLanguage) {
        JsonNode flat = object;
        for (String field : Texts.OF_RESOURCE) {
            flat = Texts.spread(flat, field);
        }
        this.object = flat;
        this.defaultLanguage = defaultLanguage;
    }

    /**
     * Returns the stored title with the fields of the object.
     *
     * @param read the title that was read from the object; may be empty
     */
    LocalizedText titleOnto(LocalizedText stored, LocalizedText read) {
        return text("title", stored, read);
    }

    /**
     * Returns the stored content with the fields of the object.
     *
     * @param read the content that was read from the object, with the title that results
     */
    ResourceContent appliedTo(ResourceContent stored, ResourceContent read) {
        ResourceContent.Builder content = stored.toBuilder()
                .title(read.title())
                .description(text("description", stored.description(), read.description()))
                .attribution(text("attribution", stored.attribution(), read.attribution()))
                .studyTime(studyTime(stored.studyTime(), read.studyTime()))
                .bornOn(one("born_on", stored, read).bornOn())
                .image(one("image", stored, read).image())
                .tags(one("tags", stored, read).tags());
        for (AttachmentKind kind : AttachmentKind.values()) {
            String list = AttachmentFields.of(kind).list();
            content.attachments(kind, one(list, stored, read).attachments(kind));
        }
        return content.build();
    }

    /** Returns the study time. One field may contain both number and unit: {@code 30 min}. */
    private StudyTime studyTime(StudyTime stored, StudyTime read) {
        boolean hasNumber = object.has("study_time_number") || read.number() > 0;
        boolean hasUnit = object.has("study_time_unit") || read.unit() != null;
        return new StudyTime(hasNumber ? read.number() : stored.number(), hasUnit ? read.unit() : stored.unit());
    }

    private <T> T one(String field, T stored, T read) {
        return object.has(field) ? read : stored;
    }

    private LocalizedText text(String field, LocalizedText stored, LocalizedText read) {
        Map<String, String> keys = Texts.languages(object, field);
        LocalizedText text = stored;
        for (String language : keys.keySet()) {
            text = text.with(language, read.in(language).orElse(""));
        }
        if (object.has(field) && !keys.containsKey(defaultLanguage)) {
            boolean empty = Texts.string(object, field).isEmpty();
            text = read.in(defaultLanguage).isPresent() || empty
                    ? text.with(defaultLanguage, read.in(defaultLanguage).orElse(""))
                    : text;
        }
        return text;
    }
}

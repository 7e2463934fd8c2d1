package org.librarypeers.app.resources;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.resources.ResourceForm.FileRow;
import org.librarypeers.app.resources.ResourceForm.LinkRow;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

/** A check of the submitted form of a resource. Adds an error message for each invalid field. */
final class ResourceFormCheck {

    /** The maximum number of tags or categories that an error message suggests. */
    private static final int MOST_OFFERED = 8;

    private final Visit visit;
    private final ResourceForm form;
    private final FormData filled;
    private final TagVocabulary vocabulary;

    ResourceFormCheck(Visit visit, ResourceForm form, TagVocabulary vocabulary) {
        this.visit = visit;
        this.form = form;
        this.filled = form.filled();
        this.vocabulary = vocabulary;
    }

    /**
     * Checks the form.
     *
     * @param now the current content of the resource; null for a new one
     */
    void check(@Nullable ResourceContent now) {
        checkTexts(now);
        checkLinks(now == null ? List.of() : now.attachments(AttachmentKind.LINK));
        for (FileRow file : form.files()) {
            checkLength("file-" + file.guid(), "resources.file.title", file.title(), ResourceContent.MAX_TITLE);
        }
        List<String> newTags = form.newTags();
        for (int i = 0; i < newTags.size(); i++) {
            if (!newTags.get(i).isEmpty()) {
                checkTag("tag-" + i, newTags.get(i));
            }
        }
        checkCount("resources.field.tags", form.tags().size() + newTags.size(), ResourceContent.MAX_TAGS);
        checkCount("resources.field.links", form.links().size(), ResourceContent.MAX_ATTACHMENTS);
    }

    private void checkTexts(@Nullable ResourceContent now) {
        String title = filled.value("title");
        boolean titled =
                now != null && !now.title().with(form.language(), title).isEmpty();
        if (title.isEmpty() && !titled) {
            filled.refuse("title", visit.say("resources.title.missing"));
        }
        form.touched(now).stream()
                .filter(name -> !filled.value(name).isEmpty())
                .forEach(name -> checkText(name, filled.value(name)));
    }

    private void checkText(String field, String value) {
        String label = field.equals("file-title") ? "resources.file.title" : "resources.field." + field;
        if (value.length() > ResourceFields.longest(field)) {
            checkLength(field, label, value, ResourceFields.longest(field));
        } else if (field.equals("study") && !value.matches("\\d{1,5}")) {
            filled.refuse(field, visit.say("resources.study.wrong"));
        } else if (field.equals("born") && ResourceFields.date(value).isEmpty()) {
            filled.refuse(field, visit.say("resources.born.wrong"));
        }
    }

    private void checkLinks(List<Attachment> now) {
        Map<String, Attachment> known =
                now.stream().collect(Collectors.toMap(link -> link.guid().toString(), link -> link));
        List<LinkRow> links = form.links();
        for (int i = 0; i < links.size(); i++) {
            checkLink("link-" + i, links.get(i), known.get(links.get(i).guid()));
        }
    }

    private void checkLink(String field, LinkRow row, @Nullable Attachment known) {
        // The title is always checked, because a stored title is never too long.
        checkLength(field, "resources.link.title", row.title(), ResourceContent.MAX_TITLE);
        if (known == null || !known.url().equals(row.url())) {
            checkLength(field, "resources.link.url", row.url(), Attachment.MAX_URL);
        }
        String wrong = ResourceFields.wrongLink(row, known);
        if (wrong != null) {
            filled.refuse(field, visit.say(wrong));
        }
    }

    private void checkTag(String field, String typed) {
        // The category, the colon, a space and the name.
        checkLength(field, "resources.tag.new", typed, 2 * Tag.MAX_NAME + 2);
        TagVocabulary.Meaning meaning = vocabulary.meaning(typed);
        if (meaning instanceof TagVocabulary.Meaning.Several several) {
            String all = several.labels().stream().limit(MOST_OFFERED).collect(Collectors.joining(" · "));
            filled.refuse(field, visit.say("resources.tag.several", typed, all));
        } else if (meaning instanceof TagVocabulary.Meaning.Unknown) {
            List<String> categories = vocabulary.categories(MOST_OFFERED);
            String example = (categories.isEmpty() ? "Audience" : categories.get(0)) + ": " + typed;
            filled.refuse(
                    field,
                    visit.say(
                            "resources.tag.unknown",
                            typed,
                            example,
                            categories.size(),
                            String.join(" · ", categories)));
        } else if (meaning instanceof TagVocabulary.Meaning.Unusable) {
            filled.refuse(field, visit.say("resources.tag.wrong", Tag.MAX_NAME));
        }
    }

    private void checkLength(String field, String label, String value, int most) {
        if (value.length() > most) {
            filled.refuse(field, visit.say("common.long", visit.say(label), value.length(), most));
        }
    }

    private void checkCount(String label, int count, int most) {
        if (count > most) {
            filled.refuse("all", visit.say("resources.many", visit.say(label), most));
        }
    }
}

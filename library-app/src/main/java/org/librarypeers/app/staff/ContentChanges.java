package org.librarypeers.app.staff;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;

/** What differs between two states of a resource, field by field. */
public final class ContentChanges {

    private static final int SHOWN = 400;

    private final Visit visit;
    private final List<Change> changes = new ArrayList<>();

    /**
     * That a field says something else.
     *
     * @param field what it is called
     * @param language the language of the text; null for what has none
     * @param before what it said; empty for nothing
     * @param after what it says; empty for nothing
     */
    public record Change(String field, @Nullable String language, String before, String after) {}

    private ContentChanges(Visit visit) {
        this.visit = visit;
    }

    /** What became of the one in the other, in the visitor's words. */
    static List<Change> between(Visit visit, ResourceContent before, ResourceContent after) {
        ContentChanges all = new ContentChanges(visit);
        all.text("title", before.title(), after.title(), false);
        all.text("description", before.description(), after.description(), true);
        all.text("attribution", before.attribution(), after.attribution(), false);
        all.add("study", null, all.studyTime(before), all.studyTime(after));
        all.add("born", null, all.born(before), all.born(after));
        all.add("image", null, Objects.toString(before.image(), ""), Objects.toString(after.image(), ""));
        all.add("tags", null, tags(before), tags(after));
        all.add("links", null, all.links(before), all.links(after));
        all.add("files", null, all.files(before), all.files(after));
        if (all.changes.isEmpty() && !before.equals(after)) {
            all.changes.add(new Change(visit.say("resources.change.other"), null, "", ""));
        }
        return List.copyOf(all.changes);
    }

    private void text(String field, LocalizedText before, LocalizedText after, boolean html) {
        SortedSet<String> languages = new TreeSet<>(before.languages());
        languages.addAll(after.languages());
        for (String language : languages) {
            String was = before.in(language).orElse("");
            String is = after.in(language).orElse("");
            String wasText = html ? SafeHtml.text(was) : was;
            String isText = html ? SafeHtml.text(is) : is;
            boolean onlyMarkup = wasText.equals(isText);
            add(field, language, onlyMarkup ? was : wasText, onlyMarkup ? is : isText);
        }
    }

    private void add(String field, @Nullable String language, String before, String after) {
        if (!before.equals(after)) {
            String name = visit.say("resources.field." + field);
            changes.add(new Change(name, language, around(before, after), around(after, before)));
        }
    }

    /** The text from shortly before where it begins to differ from the other. */
    private static String around(String text, String other) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int same = 0;
        int shorter = Math.min(text.length(), other.length());
        while (same < shorter && text.charAt(same) == other.charAt(same)) {
            same++;
        }
        int from = whole(text, Math.max(0, Math.min(same - SHOWN / 4, text.length() - SHOWN)));
        int to = whole(text, Math.min(text.length(), from + SHOWN));
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }

    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private String studyTime(ResourceContent content) {
        StudyTime time = content.studyTime();
        String number = time.number() == 0 ? "" : String.valueOf(time.number());
        String unit = time.unit() == null
                ? ""
                : visit.say("resources.unit." + time.unit().word());
        return (number + " " + unit).strip();
    }

    private String born(ResourceContent content) {
        LocalDateTime time = content.bornOn();
        return time == null ? "" : visit.words().day(time.toLocalDate());
    }

    private static String tags(ResourceContent content) {
        return content.tags().stream().map(ResourceForm::label).sorted().collect(Collectors.joining(" · "));
    }

    private String links(ResourceContent content) {
        return content.links().stream()
                .map(link -> (titles(link.title()) + " " + link.url()).strip())
                .collect(Collectors.joining(" · "));
    }

    private String files(ResourceContent content) {
        return content.files().stream()
                .map(file -> (titles(file.title()) + " " + file.url().replaceFirst("^.*/", "")).strip())
                .collect(Collectors.joining(" · "));
    }

    private static String titles(LocalizedText title) {
        return title.languages().stream()
                .map(language -> title.in(language).orElse(""))
                .distinct()
                .collect(Collectors.joining(" / "));
    }
}

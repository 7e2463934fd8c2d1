package org.librarypeers.app.staff;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Filled;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/**
 * A resource as somebody writes it in one language: what of it was typed, and what it makes of the resource's content. What the
 * content says in other languages stays.
 */
public final class ResourceForm {

    private static final int EMPTY_ROWS = 3;
    private static final int MAX_STUDY = 100_000;

    private final String language;
    private final Filled filled;
    private final List<LinkRow> links;
    private final List<FileRow> files;
    private final List<String> tags;

    /** A link as it is typed; its GUID is empty if it is new, and an empty address takes it away. */
    public record LinkRow(String guid, String title, String url) {}

    /** A file of the resource, and whether it is to be taken away. */
    public record FileRow(String guid, String title, String url, boolean removed) {}

    private ResourceForm(String language, Filled filled, List<LinkRow> links, List<FileRow> files, List<String> tags) {
        this.language = language;
        this.filled = filled;
        this.links = links;
        this.files = files;
        this.tags = tags;
    }

    /** The form for that content; null for a new one. */
    static ResourceForm of(@Nullable ResourceContent content, String language) {
        if (content == null) {
            return new ResourceForm(language, new Filled(), List.of(), List.of(), List.of());
        }
        StudyTime time = content.studyTime();
        Filled filled = new Filled()
                .with("title", content.title().in(language).orElse(""))
                .with("description", content.description().in(language).orElse(""))
                .with("attribution", content.attribution().in(language).orElse(""))
                .with("study", time.number() == 0 ? "" : Integer.toString(time.number()))
                .with("unit", time.unit() == null ? "" : time.unit().word())
                .with(
                        "born",
                        content.bornOn() == null
                                ? ""
                                : content.bornOn().toLocalDate().toString())
                .with("image", content.image());
        List<LinkRow> links = content.links().stream()
                .map(link -> new LinkRow(link.guid().toString(), text(link.title(), language), link.url()))
                .toList();
        List<FileRow> files = content.files().stream()
                .map(file -> new FileRow(file.guid().toString(), text(file.title(), language), file.url(), false))
                .toList();
        List<String> tags = content.tags().stream()
                .map(tag -> tag.category() + ": " + tag.name())
                .toList();
        return new ResourceForm(language, filled, links, files, tags);
    }

    private static String text(LocalizedText text, String language) {
        return text.in(language).orElse("");
    }

    /** The form as it was sent. */
    static ResourceForm read(Visit visit, String language) {
        Filled filled = new Filled();
        for (String field : List.of("title", "description", "attribution", "study", "unit", "born", "image")) {
            filled.with(field, visit.field(field));
        }
        List<String> guids = visit.ctx().formParams("link-guid");
        List<String> titles = visit.ctx().formParams("link-title");
        List<String> urls = visit.ctx().formParams("link-url");
        List<LinkRow> links = new ArrayList<>();
        for (int i = 0; i < Math.min(urls.size(), Math.min(guids.size(), titles.size())); i++) {
            if (!urls.get(i).isBlank() || !titles.get(i).isBlank()) {
                links.add(new LinkRow(
                        guids.get(i).strip(), titles.get(i).strip(), urls.get(i).strip()));
            }
        }
        List<String> fileGuids = visit.ctx().formParams("file-guid");
        List<String> fileTitles = visit.ctx().formParams("file-title");
        List<String> fileUrls = visit.ctx().formParams("file-url");
        List<String> removed = visit.ctx().formParams("file-remove");
        List<FileRow> files = new ArrayList<>();
        for (int i = 0; i < Math.min(fileGuids.size(), Math.min(fileTitles.size(), fileUrls.size())); i++) {
            String guid = fileGuids.get(i).strip();
            files.add(new FileRow(guid, fileTitles.get(i).strip(), fileUrls.get(i), removed.contains(guid)));
        }
        List<String> tags = visit.ctx().formParams("tag").stream()
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
        return new ResourceForm(language, filled, links, files, tags);
    }

    /** The language in which the texts are. */
    public String language() {
        return language;
    }

    /** The single fields, and what is wrong with any of the form. */
    public Filled filled() {
        return filled;
    }

    /** The links, and some empty rows for more. */
    public List<LinkRow> links() {
        List<LinkRow> rows = new ArrayList<>(links);
        for (int i = 0; i < EMPTY_ROWS; i++) {
            rows.add(new LinkRow("", "", ""));
        }
        return rows;
    }

    /** The files that are there already. */
    public List<FileRow> files() {
        return files;
    }

    /** The tags, as "Category: Name", and some empty places for more. */
    public List<String> tags() {
        List<String> rows = new ArrayList<>(tags);
        for (int i = 0; i < EMPTY_ROWS; i++) {
            rows.add("");
        }
        return rows;
    }

    /** Notes in the visitor's words what is wrong, as seen from the content that the form is about; null for a new one. */
    void check(Visit visit, @Nullable ResourceContent before) {
        boolean elsewhere =
                before != null && before.title().languages().stream().anyMatch(other -> !other.equals(language));
        String title = filled.value("title");
        if (title.isEmpty() && !elsewhere) {
            filled.refuse("title", visit.say("resources.title.missing"));
        } else if (title.length() > ResourceContent.MAX_TITLE) {
            filled.refuse("title", visit.say("resources.title.long", ResourceContent.MAX_TITLE));
        }
        String study = filled.value("study");
        if (!study.isEmpty() && (!study.matches("\\d{1,6}") || Integer.parseInt(study) > MAX_STUDY)) {
            filled.refuse("study", visit.say("resources.study.wrong"));
        }
        if (!filled.value("born").isEmpty() && day(filled.value("born")) == null) {
            filled.refuse("born", visit.say("resources.born.wrong"));
        }
        for (LinkRow link : links) {
            if (link.url().isEmpty()
                    || SafeHtml.address(link.url()) == null
                    || link.url().length() > Link.MAX_URL) {
                filled.refuse(
                        "links", visit.say("resources.links.wrong", link.url().isEmpty() ? link.title() : link.url()));
            }
        }
        for (String tag : tags) {
            if (tagOf(tag) == null) {
                filled.refuse("tags", visit.say("resources.tags.wrong", tag));
            }
        }
    }

    private static @Nullable LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return day.getYear() >= 1 && day.getYear() <= 9_999 ? day : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Tag tagOf(String text) {
        String[] parts = text.split(":", 2);
        try {
            return parts.length == 2 ? Tag.of(parts[0].strip(), parts[1].strip()) : Tag.of("Other", text.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The content that the form makes of another one; of a form that was checked and found good.
     *
     * @throws IllegalArgumentException if it cannot be kept for a reason that {@link #check} does not know
     */
    ResourceContent content(@Nullable ResourceContent before) {
        LocalizedText none = LocalizedText.empty();
        LocalizedText title = (before == null ? none : before.title()).with(language, filled.value("title"));
        ResourceContent.Builder builder = before == null ? ResourceContent.titled(title) : before.toBuilder();
        String study = filled.value("study");
        return builder.title(title)
                .description(description(before == null ? none : before.description()))
                .attribution((before == null ? none : before.attribution()).with(language, filled.value("attribution")))
                .studyTime(new StudyTime(
                        study.isEmpty() ? 0 : Integer.parseInt(study),
                        StudyTime.Unit.ofWord(filled.value("unit")).orElse(null)))
                .bornOn(born(before))
                .image(filled.value("image").isEmpty() ? null : filled.value("image"))
                .tags(tags(before))
                .links(links(before))
                .files(files(before))
                .build();
    }

    /** What nobody changed stays as it is, to the letter. */
    private LocalizedText description(LocalizedText before) {
        String written = filled.value("description").replaceAll("\\R", "\n");
        boolean same = written.equals(before.in(language).orElse("").strip().replaceAll("\\R", "\n"));
        return same ? before : before.with(language, SafeHtml.kept(written));
    }

    /** A day that is the same keeps its time. */
    private @Nullable LocalDateTime born(@Nullable ResourceContent before) {
        LocalDate day = day(filled.value("born"));
        LocalDateTime old = before == null ? null : before.bornOn();
        boolean same = old != null && old.toLocalDate().equals(day);
        return day == null ? null : same ? old : day.atTime(LocalTime.MIDNIGHT);
    }

    private List<Tag> tags(@Nullable ResourceContent before) {
        Map<Tag.Key, Tag> known = before == null
                ? Map.of()
                : before.tags().stream().collect(Collectors.toMap(Tag::key, tag -> tag, (one, other) -> one));
        List<Tag> all = new ArrayList<>();
        for (String text : tags) {
            Tag tag = tagOf(text);
            if (tag != null) {
                all.add(known.getOrDefault(tag.key(), tag));
            }
        }
        return all;
    }

    private List<Link> links(@Nullable ResourceContent before) {
        Map<String, Link> known = new HashMap<>();
        if (before != null) {
            before.links().forEach(link -> known.put(link.guid().toString(), link));
        }
        List<Link> all = new ArrayList<>();
        for (LinkRow row : links) {
            Link old = known.get(row.guid());
            LocalizedText title = (old == null ? LocalizedText.empty() : old.title()).with(language, row.title());
            int order = all.size() + 1;
            all.add(
                    old == null
                            ? new Link(Guid.random(), title, LocalizedText.empty(), row.url(), order, 0)
                            : new Link(old.guid(), title, old.description(), row.url(), order, old.sizeBytes()));
        }
        return all;
    }

    private List<FileLink> files(@Nullable ResourceContent before) {
        Map<String, FileRow> rows = new HashMap<>();
        files.forEach(row -> rows.put(row.guid(), row));
        List<FileLink> all = new ArrayList<>();
        for (FileLink file : before == null ? List.<FileLink>of() : before.files()) {
            FileRow row = rows.get(file.guid().toString());
            if (row == null) {
                all.add(file);
            } else if (!row.removed()) {
                all.add(new FileLink(
                        file.guid(),
                        file.title().with(language, row.title()),
                        file.description(),
                        file.url(),
                        file.order(),
                        file.sizeBytes()));
            }
        }
        return all;
    }
}

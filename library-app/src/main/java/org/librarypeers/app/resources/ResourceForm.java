package org.librarypeers.app.resources;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/**
 * The form of a resource, with its texts in one language. Content that the form did not show, such as other languages or
 * concurrent additions, is kept when it is saved. Not thread-safe.
 */
public final class ResourceForm {

    /** The number of empty rows for further links and for further tags. */
    private static final int EMPTY_ROWS = 2;

    private static final int MORE_ROWS = 4;

    private static final List<String> TEXTS =
            List.of("title", "description", "attribution", "study", "unit", "born", "file-title");

    private final FormData filled = new FormData();
    private final String language;
    private final int revision;
    private final List<LinkRow> links = new ArrayList<>();
    private final List<FileRow> files = new ArrayList<>();
    private final List<TagRow> tags = new ArrayList<>();
    private final List<String> newTags = new ArrayList<>();
    private boolean imageRemoved;

    /**
     * A link.
     *
     * @param guid the GUID of an existing link; empty for a new one
     */
    public record LinkRow(String guid, String title, String url) {

        boolean isEmpty() {
            return title.isEmpty() && url.isEmpty();
        }
    }

    /**
     * An existing file.
     *
     * @param url its address if a page may link to it; null otherwise
     * @param name the file name in its address
     */
    public record FileRow(
            String guid, String title, @Nullable String url, String name, long sizeBytes, boolean removed) {}

    /** An existing tag, and whether it is kept. */
    public record TagRow(String value, boolean kept) {}

    private ResourceForm(String language, int revision) {
        this.language = language;
        this.revision = revision;
    }

    /** Returns an empty form for a new resource. */
    static ResourceForm empty(String language) {
        ResourceForm form = new ResourceForm(language, 0);
        form.addEmptyRows(EMPTY_ROWS, EMPTY_ROWS);
        return form;
    }

    /** Returns a form with the content of a resource. */
    static ResourceForm of(ResourceContent content, int revision, String language) {
        ResourceForm form = new ResourceForm(language, revision);
        fill(form.filled, content, language);
        content.attachments(AttachmentKind.LINK)
                .forEach(link -> form.links.add(
                        new LinkRow(link.guid().toString(), ResourceFields.line(link.title(), language), link.url())));
        content.attachments(AttachmentKind.FILE)
                .forEach(file -> form.files.add(row(file, ResourceFields.line(file.title(), language), false)));
        content.tags().forEach(tag -> form.tags.add(new TagRow(TagVocabulary.label(tag), true)));
        form.addEmptyRows(EMPTY_ROWS, EMPTY_ROWS);
        return form;
    }

    private static FormData fill(FormData filled, ResourceContent content, String language) {
        StudyTime.Unit unit = content.studyTime().unit();
        int number = content.studyTime().number();
        return filled.with("title", ResourceFields.line(content.title(), language))
                .with("description", typedDescription(content, language))
                .with("attribution", content.attribution().in(language).orElse(""))
                .with("study", number == 0 ? "" : String.valueOf(number))
                .with("unit", unit == null ? "" : unit.word())
                .with("born", day(content));
    }

    /** Returns the names of the fields whose submitted value differs from the shown one. */
    Set<String> touched(@Nullable ResourceContent now) {
        FormData shown = now == null ? new FormData() : fill(new FormData(), now, language);
        return TEXTS.stream()
                .filter(name -> !ResourceFields.isSame(shown.value(name), value(name)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the submitted form.
     *
     * @param now the current content of the resource; null for a new one
     */
    static ResourceForm sent(Visit visit, @Nullable ResourceContent now, String language) {
        String read = visit.field("revision");
        ResourceForm form = new ResourceForm(language, read.matches("\\d{1,9}") ? Integer.parseInt(read) : 0);
        TEXTS.forEach(name -> form.filled.with(name, ResourceFields.readable(visit.field(name))));
        List<String> guids = visit.ctx().formParams("link-guid");
        List<String> titles = visit.ctx().formParams("link-title");
        List<String> urls = visit.ctx().formParams("link-url");
        int rows = Math.min(guids.size(), Math.min(titles.size(), urls.size()));
        for (int i = 0; i < rows; i++) {
            form.links.add(new LinkRow(
                    guids.get(i).strip(), ResourceFields.line(titles.get(i)), ResourceFields.line(urls.get(i))));
        }
        List<String> kept = visit.ctx().formParams("tag");
        visit.ctx().formParams("tag-shown").forEach(tag -> form.tags.add(new TagRow(tag, kept.contains(tag))));
        visit.ctx().formParams("tag-new").forEach(tag -> form.newTags.add(ResourceFields.line(tag)));
        form.imageRemoved = !visit.field("image-remove").isEmpty();
        if (now != null) {
            List<String> removed = visit.ctx().formParams("file-remove");
            now.attachments(AttachmentKind.FILE).forEach(file -> {
                String guid = file.guid().toString();
                String typed = visit.ctx().formParam("file-title-" + guid);
                String title = typed == null ? ResourceFields.line(file.title(), language) : ResourceFields.line(typed);
                form.files.add(row(file, title, removed.contains(guid)));
            });
        }
        return form;
    }

    private static FileRow row(Attachment file, String title, boolean removed) {
        String name = file.url().replaceFirst("[?#].*$", "").replaceFirst("^.*/", "");
        return new FileRow(
                file.guid().toString(), title, SafeHtml.address(file.url()), name, file.sizeBytes(), removed);
    }

    private static String day(ResourceContent content) {
        BornOn date = content.bornOn();
        return date == null
                ? ""
                : date.precision() == BornOn.Precision.TIME
                        ? date.time().toLocalDate().toString()
                        : date.toString();
    }

    static String typedDescription(ResourceContent content, String language) {
        return content.description().in(language).map(RichText::typed).orElse("");
    }

    /**
     * Adds empty rows to links and tags.
     *
     * @param more the list for which the user requested more rows: {@code links} or {@code tags}
     */
    void addRows(String more) {
        int wantedLinks = more.equals("links") ? MORE_ROWS : EMPTY_ROWS;
        int wantedTags = more.equals("tags") ? MORE_ROWS : EMPTY_ROWS;
        links.removeIf(row -> row.guid().isEmpty() && row.isEmpty());
        newTags.removeIf(String::isEmpty);
        addEmptyRows(wantedLinks, wantedTags);
    }

    private void addEmptyRows(int moreLinks, int moreTags) {
        Stream.generate(() -> new LinkRow("", "", "")).limit(moreLinks).forEach(links::add);
        Stream.generate(() -> "").limit(moreTags).forEach(newTags::add);
    }

    /**
     * Checks whether all values can be saved, and adds an error for each invalid field. Unchanged text fields are not checked.
     */
    void check(Visit visit, @Nullable ResourceContent now, TagVocabulary vocabulary) {
        new ResourceFormCheck(visit, this, vocabulary).check(now);
    }

    /**
     * Returns the content of the resource after this form is saved.
     *
     * @param now the current content; null for a new resource
     * @param vocabulary the tags of this library
     */
    ResourceContent applied(@Nullable ResourceContent now, TagVocabulary vocabulary) {
        Set<String> touched = touched(now);
        ResourceContent.Builder content = now == null
                ? ResourceContent.titled(LocalizedText.of(language, value("title")))
                : now.toBuilder().title(ResourceFields.titled(now.title(), language, value("title")));
        LocalizedText description = now == null ? LocalizedText.empty() : now.description();
        // Unchanged fields are kept as they are, even if this form could not produce them.
        if (touched.contains("description")) {
            description = description.with(language, RichText.html(value("description")));
        }
        content.description(description);
        if (touched.contains("attribution")) {
            LocalizedText attribution = now == null ? LocalizedText.empty() : now.attribution();
            content.attribution(attribution.with(language, value("attribution")));
        }
        if (touched.contains("study") || touched.contains("unit")) {
            int number = value("study").isEmpty() ? 0 : Integer.parseInt(value("study"));
            StudyTime.Unit unit = StudyTime.Unit.ofWord(value("unit")).orElse(null);
            content.studyTime(new StudyTime(number, unit));
        }
        if (touched.contains("born")) {
            content.bornOn(ResourceFields.date(value("born")).orElse(null));
        }
        if (imageRemoved) {
            content.image(null);
        }
        content.tags(allTags(now == null ? List.of() : now.tags(), vocabulary));
        List<Attachment> linksNow = now == null ? List.of() : now.attachments(AttachmentKind.LINK);
        List<Attachment> filesNow = now == null ? List.of() : now.attachments(AttachmentKind.FILE);
        content.attachments(AttachmentKind.LINK, ResourceFields.links(linksNow, links, language));
        content.attachments(AttachmentKind.FILE, ResourceFields.files(filesNow, files, language));
        return content.build();
    }

    private List<Tag> allTags(List<Tag> now, TagVocabulary vocabulary) {
        Map<String, Boolean> shown = new LinkedHashMap<>();
        tags.forEach(row -> shown.put(row.value(), row.kept()));
        Map<String, Tag> all = new LinkedHashMap<>();
        now.stream()
                .filter(tag -> shown.getOrDefault(TagVocabulary.label(tag), true))
                .forEach(tag -> all.put(TagVocabulary.label(tag), tag));
        newTags.stream().filter(typed -> !typed.isEmpty()).forEach(typed -> {
            if (vocabulary.meaning(typed) instanceof TagVocabulary.Meaning.One one) {
                all.putIfAbsent(TagVocabulary.label(one.tag()), one.tag());
            }
        });
        return List.copyOf(all.values());
    }

    private String value(String name) {
        return filled.value(name);
    }

    /** Returns the values of the text fields, and the errors of all fields. */
    public FormData filled() {
        return filled;
    }

    /** Returns the code of the language of the texts. */
    public String language() {
        return language;
    }

    /** Returns the number of the revision that the editor read. */
    public int revision() {
        return revision;
    }

    /** Returns a copy of this form, without its errors, that is based on another revision. */
    ResourceForm basedOn(int another) {
        ResourceForm form = new ResourceForm(language, another);
        TEXTS.forEach(name -> form.filled.with(name, value(name)));
        form.links.addAll(links);
        form.files.addAll(files);
        form.tags.addAll(tags);
        form.newTags.addAll(newTags);
        form.imageRemoved = imageRemoved;
        return form;
    }

    /** Returns the links, followed by empty rows. */
    public List<LinkRow> links() {
        return List.copyOf(links);
    }

    /** Returns the existing files. */
    public List<FileRow> files() {
        return List.copyOf(files);
    }

    /** Returns the existing tags. */
    public List<TagRow> tags() {
        return List.copyOf(tags);
    }

    /** Returns the added tags, followed by empty rows. */
    public List<String> newTags() {
        return List.copyOf(newTags);
    }

    /** Returns whether the image is to be removed. */
    public boolean imageRemoved() {
        return imageRemoved;
    }

    /** Returns the description as safe HTML for a rich-text editor. */
    public String writtenDescription() {
        return RichText.html(value("description"));
    }
}

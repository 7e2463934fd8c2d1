package org.librarypeers.app.review;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.pictures.NamedPictures;
import org.librarypeers.app.web.HostNames;
import org.librarypeers.app.web.PagePictures;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

/**
 * The complete content of a resource, for a reviewer to read.
 *
 * @param texts the texts in each language, the visitor's language first
 * @param links the links
 * @param files the files
 * @param tags the tags
 * @param studyTime the study time as text; empty if unknown
 * @param bornOn the date when it was made, as text; empty if unknown
 * @param image the address of the image; null if it is missing
 * @param picture the copy of the image; null while it is not fetched
 */
public record ReviewableContent(
        List<LanguageTexts> texts,
        List<ReviewableAttachment> links,
        List<ReviewableAttachment> files,
        List<Tagged> tags,
        String studyTime,
        String bornOn,
        @Nullable String image,
        PagePictures.@Nullable PagePicture picture) {

    private static final Pattern EXTENSION = Pattern.compile("\\.([A-Za-z0-9]{1,5})$");

    /**
     * The texts in one language.
     *
     * @param name the name of the language
     * @param title the title; empty if it is missing
     * @param description the description; null if it is missing
     * @param attribution the attribution; empty if it is missing
     */
    public record LanguageTexts(
            String language,
            String direction,
            String name,
            String title,
            @Nullable SafeHtml description,
            String attribution) {}

    /**
     * A link or a file.
     *
     * @param titles the title in each language
     * @param descriptions the description in each language
     * @param url the address, unchanged
     * @param address the address to which a page may link: the same one, or that of the copy here; null if the address is unsafe
     * @param isCopy whether the link leads to the copy of the file that a bundle brought here
     * @param otherSpelling the other spelling of an internationalized host, which may resemble another host; null if there is
     *     none
     * @param extension the extension in the address, in upper case; empty if it is missing
     * @param size the size as text; empty if unknown
     * @param dead the mark if the address did not work when it was last checked; null otherwise
     */
    public record ReviewableAttachment(
            List<Wording.Text> titles,
            List<Described> descriptions,
            String url,
            @Nullable String address,
            boolean isCopy,
            @Nullable String otherSpelling,
            String extension,
            String size,
            DeadLinkMarks.@Nullable DeadLinkMark dead) {}

    /**
     * A tag. Readers see its names and descriptions. They come from the first library that sent the tag.
     *
     * @param name the category and the name
     * @param names the same in other languages
     * @param descriptions the summary and the description in each language
     */
    public record Tagged(String name, List<Wording.Text> names, List<Described> descriptions) {

        /** Returns whether the tag has other names or descriptions. */
        public boolean saysMore() {
            return !names.isEmpty() || !descriptions.isEmpty();
        }
    }

    /** HTML with its language and writing direction. */
    public record Described(String language, String direction, SafeHtml html) {}

    /**
     * Returns the content of the revision to review.
     *
     * @param here returns the path of the copy of a file that this library has; empty if it has none
     * @param dead the marks of dead links, by their addresses
     */
    static ReviewableContent of(
            Visit visit,
            Resource resource,
            Function<String, Optional<String>> here,
            Map<String, DeadLinkMarks.DeadLinkMark> dead) {
        ResourceContent content = resource.toReview().content();
        String base = NamedPictures.base(resource);
        PagePictures pictures = visit.pictures(NamedPictures.of(content, base));
        String bornOn = content.bornOn() == null ? "" : visit.words().date(content.bornOn());
        return new ReviewableContent(
                texts(visit, content, pictures, base),
                attachments(visit, content.attachments(AttachmentKind.LINK), here, dead),
                attachments(visit, content.attachments(AttachmentKind.FILE), here, dead),
                content.tags().stream().map(tag -> tagged(tag, visit.words())).toList(),
                visit.words().studyTime(content.studyTime()),
                bornOn,
                content.image(),
                pictures.small(content.image()));
    }

    /** Returns the number of links and files that did not work when they were last checked. */
    public int deadLinks() {
        return (int) Stream.concat(links.stream(), files.stream())
                .filter(attachment -> attachment.dead() != null)
                .map(ReviewableAttachment::url)
                .distinct()
                .count();
    }

    private static List<LanguageTexts> texts(Visit visit, ResourceContent content, PagePictures pictures, String base) {
        Set<String> languages = new LinkedHashSet<>();
        languages.add(visit.title(content).language());
        Set<String> others = new TreeSet<>(content.title().languages());
        others.addAll(content.description().languages());
        others.addAll(content.attribution().languages());
        languages.addAll(others);
        List<LanguageTexts> texts = new ArrayList<>();
        for (String language : languages) {
            texts.add(new LanguageTexts(
                    language,
                    new Wording.Text(language, "").direction(),
                    visit.words().languageName(language),
                    content.title().in(language).orElse(""),
                    content.description()
                            .in(language)
                            .map(html -> SafeHtml.checked(html, visit.words(), pictures, base))
                            .orElse(null),
                    content.attribution().in(language).orElse("")));
        }
        return texts;
    }

    private static Tagged tagged(Tag tag, Wording words) {
        String name = tag.category() + ": " + tag.name();
        Set<String> languages = new TreeSet<>(tag.categories().languages());
        languages.addAll(tag.names().languages());
        List<Wording.Text> names = languages.stream()
                .map(language -> new Wording.Text(
                        language,
                        tag.categories().in(language).orElse(tag.category()) + ": "
                                + tag.names().in(language).orElse(tag.name())))
                .filter(text -> !text.value().equals(name))
                .toList();
        List<Described> descriptions = Stream.of(tag.summary(), tag.description())
                .flatMap(text -> described(text, words).stream())
                .toList();
        return new Tagged(name, names, descriptions);
    }

    private static List<Described> described(LocalizedText texts, Wording words) {
        return texts.texts().entrySet().stream()
                .map(text -> new Described(
                        text.getKey(),
                        new Wording.Text(text.getKey(), "").direction(),
                        SafeHtml.checked(text.getValue(), words)))
                .toList();
    }

    private static List<ReviewableAttachment> attachments(
            Visit visit,
            List<Attachment> attachments,
            Function<String, Optional<String>> here,
            Map<String, DeadLinkMarks.DeadLinkMark> dead) {
        return attachments.stream()
                .map(attachment -> attachment(
                        visit, attachment, here.apply(attachment.url()).orElse(null), dead.get(attachment.url())))
                .toList();
    }

    private static ReviewableAttachment attachment(
            Visit visit, Attachment attachment, @Nullable String here, DeadLinkMarks.@Nullable DeadLinkMark dead) {
        String url = attachment.url();
        long bytes = attachment.sizeBytes();
        return new ReviewableAttachment(
                attachment.title().texts().entrySet().stream()
                        .map(text -> new Wording.Text(text.getKey(), text.getValue()))
                        .toList(),
                described(attachment.description(), visit.words()),
                url,
                SafeHtml.address(here == null ? url : here),
                here != null,
                HostNames.otherSpelling(url),
                extension(url),
                bytes == 0 ? "" : visit.words().size(bytes),
                dead);
    }

    /** Returns the extension in the address, which may differ from the real type of the file. */
    private static String extension(String url) {
        try {
            String path = URI.create(url.strip()).getPath();
            Matcher extension = EXTENSION.matcher(path == null ? "" : path);
            return extension.find() ? extension.group(1).toUpperCase(Locale.ROOT) : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}

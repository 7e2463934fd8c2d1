package org.librarypeers.app.reader;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.pictures.NamedPictures;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.PagePictures;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.catalogue.CatalogueEntry;

/**
 * A resource as a list entry.
 *
 * @param address the path of its page
 * @param description the beginning of the description, or the part with the search words; may be empty
 * @param tags its first tags
 * @param languages the names of its languages
 * @param source the name of the library that made it; null if it was made here
 * @param day the day of its last change in this library, as text
 * @param picture its picture, or a drawing of its kind
 */
public record Card(
        String address,
        HighlightedText title,
        HighlightedText description,
        List<TagLink> tags,
        List<String> languages,
        @Nullable String source,
        int links,
        int files,
        String day,
        CardPicture picture) {

    private static final int LONGEST_TITLE = 160;
    private static final int LONGEST_DESCRIPTION = 220;
    private static final int LONGEST_SOURCE = 80;
    private static final int MOST_TAGS = 4;
    private static final int MOST_LANGUAGES = 6;

    /**
     * A tag with a link to its resources.
     *
     * @param name the name in the reader's language
     * @param address the path of the tag's page
     */
    public record TagLink(Text name, String address) {}

    /** Creates a card with copies of the lists. */
    public Card {
        tags = List.copyOf(tags);
        languages = List.copyOf(languages);
    }

    static List<Card> of(List<CatalogueEntry> entries, ReadingLanguages reading, Highlighting found) {
        PagePictures pictures = reading.visit()
                .pictures(entries.stream()
                        .flatMap(entry ->
                                NamedPictures.image(entry.resource().content().image()).stream())
                        .toList());
        return entries.stream()
                .map(entry -> of(entry, reading, found, pictures))
                .toList();
    }

    private static Card of(CatalogueEntry entry, ReadingLanguages any, Highlighting found, PagePictures pictures) {
        Resource resource = entry.resource();
        ResourceContent content = resource.content();
        ReadingLanguages reading = any.of(content);
        Text title = reading.text(content.title());
        return new Card(
                "/resource/" + resource.slug(),
                HighlightedText.of(new Text(title.language(), Excerpt.of(title.value(), LONGEST_TITLE)), found),
                HighlightedText.of(found.excerpt(reading.plain(content.description()), LONGEST_DESCRIPTION), found),
                tags(entry, reading).stream().limit(MOST_TAGS).toList(),
                content.title().languages().stream()
                        .limit(MOST_LANGUAGES)
                        .map(reading.words()::languageName)
                        .toList(),
                resource.origin() instanceof Origin.FromPeer source
                        ? Excerpt.of(source.sourceName(), LONGEST_SOURCE)
                        : null,
                content.attachments(AttachmentKind.LINK).size(),
                content.attachments(AttachmentKind.FILE).size(),
                reading.words().day(resource.updated()),
                CardPicture.of(content, pictures.small(content.image())));
    }

    static List<TagLink> tags(CatalogueEntry entry, ReadingLanguages reading) {
        return IntStream.range(0, entry.taggings().size())
                .mapToObj(i -> new TagLink(
                        reading.name(entry.resource().content().tags().get(i)),
                        "/tag/" + entry.taggings().get(i).slug()))
                .toList();
    }
}

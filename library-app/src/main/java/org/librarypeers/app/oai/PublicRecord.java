package org.librarypeers.app.oai;

import java.net.URLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Tag;

/**
 * A public resource, as its records describe it.
 *
 * @param resource the resource
 * @param home the address of this library, without a trailing slash
 * @param library the name of this library
 * @param language the language in which the library has the names of its tags
 */
record PublicRecord(Resource resource, String home, String library, String language) {

    /** The folded names of the category whose tags are licenses. */
    private static final Set<String> LICENSES = Set.of("license", "licence");

    ResourceContent content() {
        return resource.content();
    }

    /** Returns the address of the page of the resource. */
    String page() {
        return home + "/resource/" + resource.slug();
    }

    /** Returns the GUID as a URI, which is the same in all libraries. */
    String urn() {
        return "urn:uuid:" + resource.guid();
    }

    /** Returns the absolute address of an attachment. A file of this library has a path. */
    String address(Attachment attachment) {
        return attachment.url().startsWith("/") ? home + attachment.url() : attachment.url();
    }

    /** Returns the media types that the addresses of the attachments reveal, without duplicates. */
    Set<String> mediaTypes() {
        return content().attachments().stream()
                .map(attachment -> attachment.url().replaceAll("[?#].*", ""))
                .map(path -> URLConnection.getFileNameMap().getContentTypeFor(path))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the tags that name a license. */
    List<Tag> licenses() {
        return content().tags().stream().filter(PublicRecord::isLicense).toList();
    }

    /** Returns the other tags, in their order. */
    List<Tag> subjects() {
        return content().tags().stream().filter(tag -> !isLicense(tag)).toList();
    }

    /** Returns tags by category, in their order. No list is empty. */
    static List<List<Tag>> byCategory(List<Tag> tags) {
        Map<String, List<Tag>> grouped = new LinkedHashMap<>();
        tags.forEach(tag -> grouped.computeIfAbsent(Spelling.folded(tag.category()), key -> new ArrayList<>())
                .add(tag));
        return List.copyOf(grouped.values());
    }

    private static boolean isLicense(Tag tag) {
        return LICENSES.contains(Spelling.folded(tag.category()));
    }

    /** Returns the names of a tag by language. */
    LocalizedText name(Tag tag) {
        return named(tag.name(), tag.names());
    }

    /** Returns the names of the category of a tag by language. */
    LocalizedText category(Tag tag) {
        return named(tag.category(), tag.categories());
    }

    private LocalizedText named(String name, LocalizedText names) {
        return names.in(language).isPresent() ? names : names.with(language, name);
    }

    /** Returns the name of the library that made the resource. */
    String maker() {
        return resource.origin() instanceof Origin.FromPeer source ? source.sourceName() : library;
    }

    /** Returns the address of the resource in the library that made it, or of that library. Null if it was made here. */
    @Nullable
    String source() {
        return resource.origin() instanceof Origin.FromPeer from
                ? Optional.ofNullable(from.sourceUrl()).orElse(from.sourceHost())
                : null;
    }
}

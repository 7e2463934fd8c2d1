package org.librarypeers.http.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TextCut;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.ListedResource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;

/** A writer of a resource, its attachments and its tags. Except in the full form, it writes only what existing sites can save. */
final class ResourceWriter {

    /** The extension in the last segment of a path. */
    private static final Pattern EXTENSION = Pattern.compile("/[^/]*\\.([^./]+)$");

    private static final int ORB_IMAGE = 200;
    private static final int ORB_TAG_IMAGE = 100;
    private static final int ORB_SOURCE = 200;
    private static final int ORB_ADDRESS = 500;

    private final JsonGenerator out;
    private final Site site;
    private final boolean full;
    private final Set<Guid> repeated;
    private final String language;
    private final List<String> preferred;
    private @Nullable Instant lastTime;
    private String lastTimeText = "";
    private final Map<Long, SerializableString> copies = new HashMap<>();
    private boolean copiesTags;

    ResourceWriter(JsonGenerator out, Site site, String language, boolean full) {
        this(out, site, language, full, Set.of());
    }

    /**
     * Creates a writer for a site.
     *
     * @param repeated the GUIDs that are not written with their attachments, because other resources have them too
     */
    ResourceWriter(JsonGenerator out, Site site, String language, boolean full, Set<Guid> repeated) {
        this.out = out;
        this.site = site;
        this.full = full;
        this.repeated = repeated;
        this.language = language;
        this.preferred = new ArrayList<>();
        preferred.add(language);
        preferred.addAll(site.languages());
    }

    /** Lets this writer write each tag once, and then copy it. The resources of a page share most of their tags. */
    ResourceWriter copyingTags() {
        copiesTags = true;
        return this;
    }

    void listed(ListedResource resource) {
        out.writeStartObject();
        fields(resource, resource.content().readingOrder(preferred));
        out.writeEndObject();
    }

    private void fields(ListedResource resource, List<String> order) {
        ResourceContent content = resource.content();
        identify("resource", resource.id());
        out.writeStringProperty("guid", resource.guid().toString());
        out.writeStringProperty("slug", resource.slug().value());
        out.writeStringProperty("status", resource.status().word());
        out.writeStringProperty("url", address(resource));
        out.writeStringProperty("create_date", time(resource.created()));
        out.writeStringProperty("update_date", time(resource.updated()));
        text("title", content.title(), order, "");
        text("description", content.description(), order, "");
        text("attribution", content.attribution(), order, null);
        out.writeArrayPropertyStart("languages");
        languagesOf(content.title()).stream()
                .filter(each -> content.title().in(each).isPresent()
                        && content.description().in(each).isPresent())
                .forEach(out::writeString);
        out.writeEndArray();
        StudyTime studyTime = content.studyTime();
        out.writeNumberProperty("study_time_number", studyTime.number());
        string(
                "study_time_unit",
                studyTime.unit() == null ? null : studyTime.unit().word());
        BornOn bornOn = content.bornOn();
        string("born_on", bornOn == null ? null : full ? OrbTime.text(bornOn) : OrbTime.text(bornOn.time()));
        string("image", image(content.image(), ORB_IMAGE));
        source(resource);
    }

    /**
     * Writes the detail form or the full form.
     *
     * @param server the library that serves the full form, the last one of the route; null to write no route
     */
    void complete(CatalogueEntry entry, @Nullable LibraryId server) {
        ResourceContent content = entry.resource().content();
        List<String> order = content.readingOrder(preferred);
        out.writeStartObject();
        fields(ListedResource.of(entry), order);
        for (AttachmentKind kind : AttachmentKind.values()) {
            out.writeArrayPropertyStart(AttachmentFields.of(kind).list());
            content.attachments(kind).stream()
                    .filter(attachment -> isServed(attachment.url()))
                    .forEach(attachment -> attachment(entry, attachment, order, false));
            out.writeEndArray();
        }
        out.writeArrayPropertyStart("tags");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < content.tags().size(); i++) {
            // Existing sites identify tags by name only, and abort their sync at a second tag with the same name.
            if (full || isNew(content.tags().get(i), names)) {
                tagging(entry, i);
            }
        }
        out.writeEndArray();
        if (server != null) {
            out.writeArrayPropertyStart(ResourceReader.ROUTE);
            entry.resource()
                    .origin()
                    .routeThrough(server)
                    .libraries()
                    .forEach(each -> out.writeString(each.toString()));
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private boolean isNew(Tag tag, Set<String> names) {
        Set<String> keys = OrbNames.keys(shown(tag.name(), tag.names()));
        boolean isNew = Collections.disjoint(names, keys);
        if (isNew) {
            names.addAll(keys);
        }
        return isNew;
    }

    /** Writes an attachment as the detail form contains it. */
    void attachment(CatalogueEntry entry, Attachment attachment) {
        attachment(entry, attachment, entry.resource().content().readingOrder(preferred), false);
    }

    /** Writes a file on its own. Inside the detail of a resource, the three additional keys would abort the sync of a v1 peer. */
    void fileByItself(CatalogueEntry entry, Attachment file) {
        attachment(entry, file, entry.resource().content().readingOrder(preferred), true);
    }

    private void attachment(CatalogueEntry entry, Attachment attachment, List<String> order, boolean byItself) {
        AttachmentFields names = AttachmentFields.of(attachment.kind());
        out.writeStartObject();
        identify(names.type(), entry.numberOf(attachment));
        if (!repeated.contains(attachment.guid())) {
            out.writeStringProperty("guid", attachment.guid().toString());
        }
        out.writeStringProperty(names.address(), site.absolute(attachment.url()));
        text("title", attachment.title(), order, "");
        text("description", attachment.description(), order, "");
        out.writeNumberProperty("order_by", attachment.order());
        if (full || names.hasSize()) {
            out.writeNumberProperty("file_size", size(attachment.sizeBytes()));
        }
        if (byItself) {
            String extension = extension(attachment.url());
            out.writeStringProperty("file_extension", extension);
            out.writeBooleanProperty("is_embeddable", extension.equals("pdf"));
            out.writeNullProperty("sha1");
        }
        out.writeEndObject();
    }

    private static String extension(String address) {
        Matcher ending = EXTENSION.matcher(address.replaceFirst("[?#].*$", ""));
        return ending.find() ? ending.group(1).toLowerCase(Locale.ROOT) : "";
    }

    void tagging(CatalogueEntry entry, int index) {
        CatalogueEntry.Tagging tagging = entry.taggings().get(index);
        out.writeStartObject();
        identify("resourcetag", tagging.id());
        out.writeStringProperty("create_date", time(tagging.created()));
        Tag tag = entry.resource().content().tags().get(index);
        out.writeName("tag");
        CatalogueTag numbered = new CatalogueTag(tagging.tag(), tagging.slug(), tag);
        if (copiesTags) {
            out.writeRawValue(copies.computeIfAbsent(tagging.tag(), id -> written(numbered)));
        } else {
            tag(numbered);
        }
        out.writeEndObject();
    }

    private SerializableString written(CatalogueTag tag) {
        return OrbJson.text(other -> new ResourceWriter(other, site, language, full).tag(tag));
    }

    void tag(CatalogueTag entry) {
        Tag tag = entry.tag();
        out.writeStartObject();
        identify("tag", entry.id());
        name("category", tag.category(), tag.categories());
        name("name", tag.name(), tag.names());
        text("description", tag.description(), preferred, null);
        text("summary", tag.summary(), preferred, null);
        string("image", image(tag.image(), ORB_TAG_IMAGE));
        out.writeBooleanProperty("published", true);
        out.writeStringProperty("url", address(entry));
        if (full) {
            out.writeStringProperty("guid", tag.guid().toString());
        }
        out.writeEndObject();
    }

    void tagInShort(CatalogueTag entry) {
        Tag tag = entry.tag();
        out.writeStartObject();
        identify("tags", entry.id());
        out.writeStringProperty("category", shown(tag.category(), tag.categories()));
        out.writeStringProperty("name", shown(tag.name(), tag.names()));
        string("image", image(tag.image(), ORB_TAG_IMAGE));
        out.writeStringProperty("url", address(entry));
        out.writeEndObject();
    }

    /**
     * Writes a category on its own.
     *
     * @param order the place of the category among all categories
     */
    void category(CatalogueCategory category, int order) {
        out.writeStartObject();
        identify("category", category.id());
        name("name", category.name(), category.names());
        out.writeNumberProperty("order_by", order);
        out.writeStringProperty(
                "slug",
                Slug.of(category.name(), Guid.ofTag(category.name(), "")).value());
        out.writeBooleanProperty("top_level", false);
        out.writeEndObject();
    }

    private void identify(String type, long id) {
        out.writeNumberProperty("id", id);
        out.writeStringProperty("resource_uri", uri(type, id));
    }

    private void string(String field, @Nullable String value) {
        if (value == null) {
            out.writeNullProperty(field);
        } else {
            out.writeStringProperty(field, value);
        }
    }

    /** Returns a time as text. The times of a resource and its taggings are often the same. */
    private String time(Instant time) {
        if (!time.equals(lastTime)) {
            lastTime = time;
            lastTimeText = OrbTime.text(time);
        }
        return lastTimeText;
    }

    private static String uri(String type, long id) {
        return "/api/v1/" + type + "/" + id + "/";
    }

    private String address(CatalogueTag tag) {
        return site.base() + "/tag/view/" + tag.slug();
    }

    private String address(ListedResource resource) {
        return site.base() + "/resource/view/" + resource.slug();
    }

    private void source(ListedResource resource) {
        Origin.FromPeer source = resource.origin()
                .<Optional<Origin.FromPeer>>match(local -> Optional.empty(), Optional::of)
                .orElse(null);
        if (source == null) {
            out.writeNullProperty("source_name");
            out.writeNullProperty("source_host");
            out.writeStringProperty("source_url", address(resource));
            return;
        }
        String url = source.sourceUrl();
        boolean harmless = full || url == null || WebAddress.isHarmless(url);
        out.writeStringProperty(
                "source_name", full ? source.sourceName() : TextCut.start(source.sourceName(), ORB_SOURCE));
        string("source_host", unlessTooLong(source.sourceHost(), ORB_SOURCE));
        string("source_url", harmless ? unlessTooLong(url, ORB_SOURCE) : null);
    }

    /**
     * Writes a text without a language, and under the key of each language. The key of a default language (of this site or of
     * existing sites) is left out if the text exists only in other languages, or if it differs from the text without a
     * language. Readers would otherwise lose the text that they received, or abort.
     *
     * @param order the languages of the text without a language, the preferred one first
     * @param unset the value if there is no text
     */
    private void text(String field, LocalizedText text, List<String> order, @Nullable String unset) {
        String shown = text.isEmpty() ? unset : text.best(order);
        string(field, shown);
        for (String each : languagesOf(text)) {
            String words = text.in(each).orElse(unset);
            boolean first = each.equals(site.defaultLanguage()) || each.equals(ResourceDocument.FIRST_OF_ORB);
            boolean missing = first && !text.isEmpty() && text.in(each).isEmpty();
            if (!missing && (Objects.equals(words, shown) || !isForbiddenToDiffer(each))) {
                string(Texts.key(field, each), words);
            }
        }
    }

    private boolean isForbiddenToDiffer(String each) {
        return !full && each.equals(ResourceDocument.FIRST_OF_ORB) && language.equals(ResourceDocument.FIRST_OF_ORB);
    }

    /** Writes the name of a tag or category, which has a text of its own and optional translations. */
    private void name(String field, String own, LocalizedText texts) {
        out.writeStringProperty(field, full ? own : shown(own, texts));
        Map<String, @Nullable String> names = new LinkedHashMap<>();
        languagesOf(texts).forEach(each -> names.put(each, texts.in(each).orElse(null)));
        if (!full) {
            String first = texts.in(site.defaultLanguage()).orElse(own);
            names.put(site.defaultLanguage(), first);
            // Existing sites save a tag without this key as a tag without a name.
            names.put(
                    ResourceDocument.FIRST_OF_ORB,
                    texts.in(ResourceDocument.FIRST_OF_ORB).orElse(first));
        }
        names.forEach((each, name) -> string(Texts.key(field, each), name));
    }

    /** Returns the name to show. In the first language of existing sites, the key of that language has the same value. */
    private String shown(String own, LocalizedText texts) {
        return texts.in(language).or(() -> texts.in(site.defaultLanguage())).orElse(own);
    }

    private Collection<String> languagesOf(LocalizedText text) {
        if (site.languages().containsAll(text.languages())) {
            return site.languages();
        }
        Set<String> languages = new LinkedHashSet<>(site.languages());
        languages.addAll(text.languages());
        return languages;
    }

    /**
     * Returns the address of an image; null if readers might be unable to fetch it. Existing sites fetch images while they
     * read, and abort if an address is invalid or does not answer.
     */
    private @Nullable String image(@Nullable String address, int longest) {
        if (address == null) {
            return null;
        }
        String absolute = site.absolute(address);
        return full || site.isKnownToAnswer(absolute) ? unlessTooLong(absolute, longest) : null;
    }

    private @Nullable String unlessTooLong(@Nullable String value, int longest) {
        return value == null || (!full && value.length() > longest) ? null : value;
    }

    /**
     * Returns whether an address is written. Existing sites limit its length, and make a link of every address, even a harmful
     * one.
     */
    private boolean isServed(String address) {
        String absolute = site.absolute(address);
        return full || (absolute.length() <= ORB_ADDRESS && WebAddress.isHarmless(absolute));
    }

    /** Returns the size as it is written. Existing sites store sizes in 32 bits. */
    private long size(long bytes) {
        return full ? bytes : Math.min(bytes, Integer.MAX_VALUE);
    }
}

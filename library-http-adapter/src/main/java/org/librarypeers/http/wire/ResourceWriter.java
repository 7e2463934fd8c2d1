package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TextCut;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A writer of a resource, its attachments and its tags. Except in the full form, it writes only what existing sites can save. */
final class ResourceWriter {

    /** The extension in the last segment of a path. */
    private static final Pattern EXTENSION = Pattern.compile("/[^/]*\\.([^./]+)$");

    private static final int ORB_IMAGE = 200;
    private static final int ORB_TAG_IMAGE = 100;
    private static final int ORB_SOURCE = 200;
    private static final int ORB_ADDRESS = 500;

    private final Site site;
    private final boolean full;
    private final Set<Guid> repeated;
    private final String language;
    private final List<String> preferred;

    ResourceWriter(Site site, String language, boolean full) {
        this(site, language, full, Set.of());
    }

    /**
     * Creates a writer for a site.
     *
     * @param repeated the GUIDs that are not written with their attachments, because other resources have them too
     */
    ResourceWriter(Site site, String language, boolean full, Set<Guid> repeated) {
        this.site = site;
        this.full = full;
        this.repeated = repeated;
        this.language = language;
        this.preferred = new ArrayList<>();
        preferred.add(language);
        preferred.addAll(site.languages());
    }

    ObjectNode listed(CatalogueEntry entry) {
        Resource resource = entry.resource();
        ResourceContent content = resource.content();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("id", entry.id());
        object.put("resource_uri", uri("resource", entry.id()));
        object.put("guid", resource.guid().toString());
        object.put("slug", resource.slug().value());
        object.put("status", resource.status().word());
        object.put("url", address(resource));
        object.put("create_date", OrbTime.text(resource.created()));
        object.put("update_date", OrbTime.text(resource.updated()));
        List<String> order = content.readingOrder(preferred);
        text(object, "title", content.title(), order, "");
        text(object, "description", content.description(), order, "");
        text(object, "attribution", content.attribution(), order, null);
        ArrayNode languages = object.putArray("languages");
        languagesOf(content.title()).stream()
                .filter(language -> content.title().in(language).isPresent()
                        && content.description().in(language).isPresent())
                .forEach(languages::add);
        StudyTime studyTime = content.studyTime();
        object.put("study_time_number", studyTime.number());
        object.put(
                "study_time_unit",
                studyTime.unit() == null ? null : studyTime.unit().word());
        BornOn bornOn = content.bornOn();
        object.put("born_on", bornOn == null ? null : full ? OrbTime.text(bornOn) : OrbTime.text(bornOn.time()));
        object.put("image", image(content.image(), ORB_IMAGE));
        source(object, resource);
        return object;
    }

    ObjectNode complete(CatalogueEntry entry) {
        ObjectNode object = listed(entry);
        ResourceContent content = entry.resource().content();
        for (AttachmentKind kind : AttachmentKind.values()) {
            ArrayNode list = object.putArray(AttachmentFields.of(kind).list());
            content.attachments(kind).stream()
                    .filter(attachment -> isServed(attachment.url()))
                    .forEach(attachment -> list.add(attachment(entry, attachment)));
        }
        ArrayNode tags = object.putArray("tags");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < content.tags().size(); i++) {
            ObjectNode tagging = tagging(entry, i);
            Set<String> keys = OrbNames.keys(tagging.path("tag").path("name").asString());
            // Existing sites identify tags by name only, and abort their sync at a second tag with the same name.
            if (full || Collections.disjoint(names, keys)) {
                names.addAll(keys);
                tags.add(tagging);
            }
        }
        return object;
    }

    ObjectNode attachment(CatalogueEntry entry, Attachment attachment) {
        AttachmentFields names = AttachmentFields.of(attachment.kind());
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        identify(object, names.type(), entry.numberOf(attachment));
        guid(object, attachment.guid());
        object.put(names.address(), site.absolute(attachment.url()));
        List<String> order = entry.resource().content().readingOrder(preferred);
        text(object, "title", attachment.title(), order, "");
        text(object, "description", attachment.description(), order, "");
        object.put("order_by", attachment.order());
        if (full || names.hasSize()) {
            object.put("file_size", size(attachment.sizeBytes()));
        }
        return object;
    }

    /**
     * Returns a file on its own. Inside the detail of a resource, the three additional keys would abort the sync of a v1 peer.
     */
    ObjectNode fileByItself(CatalogueEntry entry, Attachment file) {
        ObjectNode object = attachment(entry, file);
        String extension = extension(file.url());
        object.put("file_extension", extension);
        object.put("is_embeddable", extension.equals("pdf"));
        object.putNull("sha1");
        return object;
    }

    private static String extension(String address) {
        Matcher ending = EXTENSION.matcher(address.replaceFirst("[?#].*$", ""));
        return ending.find() ? ending.group(1).toLowerCase(Locale.ROOT) : "";
    }

    ObjectNode tagging(CatalogueEntry entry, int index) {
        CatalogueEntry.Tagging tagging = entry.taggings().get(index);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        identify(object, "resourcetag", tagging.id());
        object.put("create_date", OrbTime.text(tagging.created()));
        Tag tag = entry.resource().content().tags().get(index);
        object.set("tag", tag(new CatalogueTag(tagging.tag(), tagging.slug(), tag)));
        return object;
    }

    ObjectNode tag(CatalogueTag entry) {
        Tag tag = entry.tag();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        identify(object, "tag", entry.id());
        name(object, "category", tag.category(), tag.categories());
        name(object, "name", tag.name(), tag.names());
        text(object, "description", tag.description(), preferred, null);
        text(object, "summary", tag.summary(), preferred, null);
        object.put("image", image(tag.image(), ORB_TAG_IMAGE));
        object.put("published", true);
        object.put("url", address(entry));
        if (full) {
            object.put("guid", tag.guid().toString());
        }
        return object;
    }

    ObjectNode tagInShort(CatalogueTag entry) {
        Tag tag = entry.tag();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        identify(object, "tags", entry.id());
        object.put("category", shown(tag.category(), tag.categories()));
        object.put("name", shown(tag.name(), tag.names()));
        object.put("image", image(tag.image(), ORB_TAG_IMAGE));
        object.put("url", address(entry));
        return object;
    }

    /**
     * Returns a category on its own.
     *
     * @param order the place of the category among all categories
     */
    ObjectNode category(CatalogueCategory category, int order) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        identify(object, "category", category.id());
        name(object, "name", category.name(), category.names());
        object.put("order_by", order);
        object.put(
                "slug",
                Slug.of(category.name(), Guid.ofTag(category.name(), "")).value());
        object.put("top_level", false);
        return object;
    }

    private void guid(ObjectNode object, Guid guid) {
        if (!repeated.contains(guid)) {
            object.put("guid", guid.toString());
        }
    }

    private static void identify(ObjectNode object, String type, long id) {
        object.put("id", id);
        object.put("resource_uri", uri(type, id));
    }

    private static String uri(String type, long id) {
        return "/api/v1/" + type + "/" + id + "/";
    }

    private String address(CatalogueTag tag) {
        return site.base() + "/tag/view/" + tag.slug();
    }

    private String address(Resource resource) {
        return site.base() + "/resource/view/" + resource.slug();
    }

    private void source(ObjectNode object, Resource resource) {
        resource.origin()
                .match(
                        local -> object.putNull("source_name")
                                .putNull("source_host")
                                .put("source_url", address(resource)),
                        source -> source(object, source));
    }

    private ObjectNode source(ObjectNode object, Origin.FromPeer source) {
        String url = source.sourceUrl();
        boolean harmless = full || url == null || WebAddress.isHarmless(url);
        return object.put("source_name", full ? source.sourceName() : TextCut.start(source.sourceName(), ORB_SOURCE))
                .put("source_host", unlessTooLong(source.sourceHost(), ORB_SOURCE))
                .put("source_url", harmless ? unlessTooLong(url, ORB_SOURCE) : null);
    }

    /**
     * Writes a text without a language, and under the key of each language. The key of a default language (of this site or of
     * existing sites) is left out if the text exists only in other languages, or if it differs from the text without a
     * language. Readers would otherwise lose the text that they received, or abort.
     *
     * @param order the languages of the text without a language, the preferred one first
     * @param unset the value if there is no text
     */
    private void text(ObjectNode object, String field, LocalizedText text, List<String> order, @Nullable String unset) {
        String shown = text.isEmpty() ? unset : text.best(order);
        object.put(field, shown);
        for (String each : languagesOf(text)) {
            String words = text.in(each).orElse(unset);
            boolean first = each.equals(site.defaultLanguage()) || each.equals(ResourceDocument.FIRST_OF_ORB);
            boolean missing = first && !text.isEmpty() && text.in(each).isEmpty();
            if (!missing && (Objects.equals(words, shown) || !isForbiddenToDiffer(each))) {
                object.put(Texts.key(field, each), words);
            }
        }
    }

    private boolean isForbiddenToDiffer(String each) {
        return !full && each.equals(ResourceDocument.FIRST_OF_ORB) && language.equals(ResourceDocument.FIRST_OF_ORB);
    }

    /** Writes the name of a tag or category, which has a text of its own and optional translations. */
    private void name(ObjectNode object, String field, String own, LocalizedText texts) {
        object.put(field, full ? own : shown(own, texts));
        languagesOf(texts)
                .forEach(each ->
                        object.put(Texts.key(field, each), texts.in(each).orElse(null)));
        if (!full) {
            String first = texts.in(site.defaultLanguage()).orElse(own);
            object.put(Texts.key(field, site.defaultLanguage()), first);
            // Existing sites save a tag without this key as a tag without a name.
            object.put(
                    Texts.key(field, ResourceDocument.FIRST_OF_ORB),
                    texts.in(ResourceDocument.FIRST_OF_ORB).orElse(first));
        }
    }

    /** Returns the name to show. In the first language of existing sites, the key of that language has the same value. */
    private String shown(String own, LocalizedText texts) {
        return texts.in(language).or(() -> texts.in(site.defaultLanguage())).orElse(own);
    }

    private Set<String> languagesOf(LocalizedText text) {
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

package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private final OrbFields fields;
    private final List<String> preferred;
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
        this.fields = new OrbFields(out, site, language, full);
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
        writeListed(resource, resource.content().readingOrder(preferred));
        out.writeEndObject();
    }

    private void writeListed(ListedResource resource, List<String> order) {
        ResourceContent content = resource.content();
        fields.identify("resource", resource.id());
        out.writeStringProperty("guid", resource.guid().toString());
        out.writeStringProperty("slug", resource.slug().value());
        out.writeStringProperty("status", resource.status().word());
        out.writeStringProperty("url", address(resource));
        out.writeStringProperty("create_date", fields.time(resource.created()));
        out.writeStringProperty("update_date", fields.time(resource.updated()));
        fields.text("title", content.title(), order, "");
        fields.text("description", content.description(), order, "");
        fields.text("attribution", content.attribution(), order, null);
        out.writeArrayPropertyStart("languages");
        fields.languagesOf(content.title()).stream()
                .filter(each -> content.title().in(each).isPresent()
                        && content.description().in(each).isPresent())
                .forEach(out::writeString);
        out.writeEndArray();
        StudyTime studyTime = content.studyTime();
        out.writeNumberProperty("study_time_number", studyTime.number());
        fields.string(
                "study_time_unit",
                studyTime.unit() == null ? null : studyTime.unit().word());
        BornOn bornOn = content.bornOn();
        fields.string("born_on", bornOn == null ? null : full ? OrbTime.text(bornOn) : OrbTime.text(bornOn.time()));
        fields.string("image", fields.image(content.image(), ORB_IMAGE));
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
        writeListed(ListedResource.of(entry), order);
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
        Set<String> keys = OrbNames.keys(fields.shown(tag.name(), tag.names()));
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
        fields.identify(names.type(), entry.numberOf(attachment));
        if (!repeated.contains(attachment.guid())) {
            out.writeStringProperty("guid", attachment.guid().toString());
        }
        out.writeStringProperty(names.address(), site.absolute(attachment.url()));
        fields.text("title", attachment.title(), order, "");
        fields.text("description", attachment.description(), order, "");
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
        fields.identify("resourcetag", tagging.id());
        out.writeStringProperty("create_date", fields.time(tagging.created()));
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
        fields.identify("tag", entry.id());
        fields.name("category", tag.category(), tag.categories());
        fields.name("name", tag.name(), tag.names());
        fields.text("description", tag.description(), preferred, null);
        fields.text("summary", tag.summary(), preferred, null);
        fields.string("image", fields.image(tag.image(), ORB_TAG_IMAGE));
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
        fields.identify("tags", entry.id());
        out.writeStringProperty("category", fields.shown(tag.category(), tag.categories()));
        out.writeStringProperty("name", fields.shown(tag.name(), tag.names()));
        fields.string("image", fields.image(tag.image(), ORB_TAG_IMAGE));
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
        fields.identify("category", category.id());
        fields.name("name", category.name(), category.names());
        out.writeNumberProperty("order_by", order);
        out.writeStringProperty(
                "slug",
                Slug.of(category.name(), Guid.ofTag(category.name(), "")).value());
        out.writeBooleanProperty("top_level", false);
        out.writeEndObject();
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
        fields.string("source_host", fields.unlessTooLong(source.sourceHost(), ORB_SOURCE));
        fields.string("source_url", harmless ? fields.unlessTooLong(url, ORB_SOURCE) : null);
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

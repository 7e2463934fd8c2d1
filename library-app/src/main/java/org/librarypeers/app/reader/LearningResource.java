package org.librarypeers.app.reader;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.SingleLineJson;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;

/** The description of a public resource for search engines, as a schema.org LearningResource in JSON-LD. */
final class LearningResource implements Content {

    private static final String TYPE = "@type";
    private static final String NAME = "name";

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /**
     * Describes a resource as a reader sees it.
     *
     * @param view what the page shows
     * @param absolute returns the absolute address of a path
     * @param library the name of this library
     */
    LearningResource(Resource resource, ResourceView view, UnaryOperator<String> absolute, String library) {
        ResourceContent content = resource.content();
        fields.put("@context", "https://schema.org");
        fields.put(TYPE, "LearningResource");
        fields.put("url", absolute.apply(view.path()));
        fields.put("identifier", "urn:uuid:" + resource.guid());
        fields.put(NAME, view.title().value());
        put("description", view.summary());
        fields.put("inLanguage", content.title().languages());
        fields.put("isAccessibleForFree", true);
        put(
                "image",
                view.picture() == null ? null : absolute.apply(view.picture().address()));
        put("timeRequired", duration(content.studyTime()));
        put("dateCreated", content.bornOn() == null ? null : content.bornOn().toString());
        fields.put("dateModified", resource.updated().toString());
        put("keywords", keywords(view));
        put(
                "license",
                view.licenses().isEmpty() ? null : view.licenses().get(0).name().value());
        put(
                "creditText",
                view.attribution().value().isEmpty() ? null : view.attribution().value());
        put("isBasedOn", view.provenance().original());
        put("provider", organization(resource.origin() instanceof Origin.FromPeer from ? from.sourceName() : library));
        put("publisher", organization(library));
        put("encoding", files(content, absolute));
        put("hasPart", links(content));
    }

    private void put(String field, @Nullable Object value) {
        if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
            fields.put(field, value);
        }
    }

    private static Map<String, String> organization(String name) {
        return Map.of(TYPE, "Organization", NAME, name);
    }

    private static String address(String address, UnaryOperator<String> absolute) {
        return address.startsWith("/") ? absolute.apply(address) : address;
    }

    private static List<String> keywords(ResourceView view) {
        return view.tags().stream()
                .flatMap(group -> group.tags().stream())
                .map(tag -> tag.name().value())
                .toList();
    }

    /** Returns a duration by ISO 8601; null if the time or its unit is unknown. */
    private static @Nullable String duration(StudyTime time) {
        StudyTime.Unit unit = time.unit();
        if (time.number() == 0 || unit == null) {
            return null;
        }
        return switch (unit) {
            case MINS -> "PT" + time.number() + "M";
            case HOURS -> "PT" + time.number() + "H";
            case DAYS -> "P" + time.number() + "D";
            case WEEKS -> "P" + time.number() + "W";
        };
    }

    private static List<Map<String, String>> files(ResourceContent content, UnaryOperator<String> absolute) {
        List<Map<String, String>> files = new ArrayList<>();
        for (Attachment file : content.attachments(AttachmentKind.FILE)) {
            String address = SafeHtml.address(file.url());
            if (address != null) {
                Map<String, String> media = new LinkedHashMap<>();
                media.put(TYPE, "MediaObject");
                media.put("contentUrl", address(address, absolute));
                if (file.sizeBytes() > 0) {
                    media.put("contentSize", String.valueOf(file.sizeBytes()));
                }
                files.add(media);
            }
        }
        return files;
    }

    private static List<Map<String, String>> links(ResourceContent content) {
        return content.attachments(AttachmentKind.LINK).stream()
                .map(link -> SafeHtml.address(link.url()))
                .filter(address -> address != null && address.startsWith("http"))
                .map(address -> Map.of(TYPE, "WebPage", "url", address))
                .toList();
    }

    @Override
    public void writeTo(TemplateOutput output) {
        // A text could end the script element otherwise.
        output.writeContent(SingleLineJson.json(fields).replace("<", "\\u003c"));
    }
}

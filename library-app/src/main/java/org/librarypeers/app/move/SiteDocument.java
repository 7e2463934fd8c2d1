package org.librarypeers.app.move;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.librarypeers.http.wire.ReadResource;
import org.librarypeers.http.wire.ResourceDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a site in the form in which its API sent them. So they are read exactly as a sync reads the site, and other
 * libraries, which read them there before, see no change.
 */
final class SiteDocument {

    private static final String UTC = "Z";

    private final Dump dump;
    private final SiteMedia media;
    private final String language;

    /**
     * Creates the documents of a site.
     *
     * @param language the language of texts whose columns do not name one
     */
    SiteDocument(Dump dump, SiteMedia media, String language) {
        this.dump = dump;
        this.media = media;
        this.language = language;
    }

    /**
     * Reads a resource with its tags, links and files.
     *
     * @param tags the tags of the resource, in order
     * @throws org.librarypeers.http.wire.InvalidDocumentException if it has no usable title
     */
    ReadResource resource(DumpRow row, String guid, List<DumpRow> tags) {
        ObjectNode object = texts(row, List.of("title", "description", "attribution"));
        object.put("guid", guid);
        copy(row, object, "study_time_number", "study_time_unit", "source_name", "source_host", "source_url");
        row.text("born_on").ifPresent(time -> object.put("born_on", time.endsWith(UTC) ? withoutZone(time) : time));
        row.text("image").ifPresent(path -> object.put("image", media.address(path)));
        for (Map.Entry<String, JsonNode> text : object.properties()) {
            if (text.getKey().startsWith("description") && text.getValue().isString()) {
                media.needs(text.getValue().asString());
            }
        }
        ArrayNode links = object.putArray("urls");
        dump.parts("resourceurl", row).forEach(link -> links.add(attachment(link, "url", "file_size")));
        ArrayNode files = object.putArray("files");
        dump.parts("resourcefile", row).forEach(file -> {
            ObjectNode document = attachment(file);
            file.text("file").ifPresent(path -> document.put("file", media.address(path)));
            files.add(document);
        });
        ArrayNode taggings = object.putArray("tags");
        tags.forEach(tag -> taggings.add(tag(tag)));
        return ResourceDocument.read(object, language);
    }

    private static String withoutZone(String time) {
        return time.substring(0, time.length() - UTC.length());
    }

    private static ObjectNode attachment(DumpRow row, String... columns) {
        ObjectNode object = texts(row, List.of("title", "description"));
        copy(row, object, "guid", "order_by");
        copy(row, object, columns);
        return object;
    }

    /** Returns a tag with its category, as the API sent it. */
    ObjectNode tag(DumpRow row) {
        ObjectNode object = texts(row, List.of("name", "description", "summary"));
        row.text("image").ifPresent(path -> object.put("image", media.address(path)));
        DumpRow category =
                row.reference("category").map(key -> dump.row("category", key)).orElse(null);
        if (category != null) {
            texts(category, List.of("name"))
                    .properties()
                    .forEach(
                            text -> object.set("category" + text.getKey().substring("name".length()), text.getValue()));
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("tag", object);
        return whole;
    }

    /** Copies the texts in all languages. */
    private static ObjectNode texts(DumpRow row, List<String> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> column : row.fields().properties()) {
            String name = column.getKey();
            if (fields.stream().anyMatch(field -> name.equals(field) || name.startsWith(field + "_"))) {
                object.set(name, column.getValue());
            }
        }
        return object;
    }

    private static void copy(DumpRow row, ObjectNode object, String... columns) {
        for (String column : columns) {
            if (row.fields().has(column)) {
                object.set(column, row.fields().get(column));
            }
        }
    }

    /** Passes the languages in which a resource has a title. */
    static void languages(ReadResource read, Consumer<String> found) {
        read.resource().content().title().languages().forEach(found);
    }
}

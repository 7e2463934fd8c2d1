package org.librarypeers.app.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.librarypeers.app.api.OrbSchema.FieldType;
import org.librarypeers.app.api.OrbSchema.Trait;
import org.librarypeers.domain.Guid;

/** The schemas of all kinds of objects in the API. */
final class OrbSchemas {

    private OrbSchemas() {}

    /** Returns all schemas by kind, sorted by name, for a library with the given languages. */
    static Map<String, OrbSchema> of(List<String> languages) {
        Map<String, OrbSchema> all = new TreeMap<>();
        all.put("resource", resource(languages));
        all.put("resourcefile", file(languages));
        all.put("resourceurl", link(languages));
        all.put("resourcetag", tagging(languages));
        all.put("tag", tag(languages));
        all.put("tags", tagInShort(languages));
        all.put("category", category(languages));
        return all;
    }

    private static OrbSchema resource(List<String> languages) {
        return new OrbSchema("GET,POST,PUT", languages)
                .identified()
                .translated("title", "")
                .translated("description", "")
                .translated("attribution", null)
                .nullField("born_on", FieldType.DATETIME)
                .defaulting("create_date", FieldType.DATETIME, true, Trait.BLANK)
                .defaulting("update_date", FieldType.DATETIME, true, Trait.BLANK)
                .related("files", FieldType.MANY, "resourcefile")
                .related("tags", FieldType.MANY, "resourcetag")
                .related("urls", FieldType.MANY, "resourceurl")
                .defaulting("guid", FieldType.STRING, Guid.random().toString(), Trait.NULLABLE, Trait.UNIQUE)
                .field("image", FieldType.FILE, Trait.NULLABLE)
                .defaulting("languages", FieldType.LIST, List.of(), Trait.READONLY)
                .field("slug", FieldType.STRING, Trait.NULLABLE, Trait.UNIQUE)
                .field("source_host", FieldType.STRING)
                .field("source_name", FieldType.STRING)
                .field("source_url", FieldType.STRING)
                .defaulting("status", FieldType.STRING, "pending")
                .defaulting("study_time_number", FieldType.INTEGER, 0, Trait.NULLABLE)
                .field("study_time_unit", FieldType.STRING, Trait.NULLABLE)
                .field("url", FieldType.STRING, Trait.READONLY)
                .filtered("status", "exact")
                .filtered("update_date", "lte", "gte")
                .ordered("update_date");
    }

    private static OrbSchema file(List<String> languages) {
        return part("GET,DELETE", languages)
                .field("file", FieldType.FILE)
                .field("file_extension", FieldType.STRING, Trait.READONLY)
                .field("is_embeddable", FieldType.BOOLEAN, Trait.READONLY)
                .field("sha1", FieldType.STRING, Trait.NULLABLE);
    }

    private static OrbSchema link(List<String> languages) {
        return part("GET,POST,DELETE", languages)
                .defaulting("file_size", FieldType.INTEGER, 0)
                .field("url", FieldType.STRING);
    }

    private static OrbSchema part(String methods, List<String> languages) {
        return new OrbSchema(methods, languages)
                .identified()
                .translated("title", "")
                .translated("description", "")
                .defaulting("guid", FieldType.STRING, Guid.random().toString(), Trait.NULLABLE, Trait.UNIQUE)
                .defaulting("order_by", FieldType.INTEGER, 0);
    }

    private static OrbSchema tagging(List<String> languages) {
        return new OrbSchema("GET,POST,DELETE", languages)
                .identified()
                .defaulting("create_date", FieldType.DATETIME, true, Trait.BLANK)
                .related("tag", FieldType.ONE, "tag");
    }

    private static OrbSchema tag(List<String> languages) {
        return new OrbSchema("GET,POST", languages)
                .identified()
                .translated("name", null)
                .translated("category", null)
                .translated("description", null)
                .translated("summary", null)
                .field("image", FieldType.FILE, Trait.NULLABLE)
                .defaulting("published", FieldType.BOOLEAN, true, Trait.BLANK)
                .field("url", FieldType.STRING, Trait.READONLY)
                .filtered("name")
                .filtered("category", "exact");
    }

    private static OrbSchema tagInShort(List<String> languages) {
        return new OrbSchema("GET", languages)
                .identified()
                .field("name", FieldType.STRING)
                .field("category", FieldType.STRING, Trait.READONLY)
                .field("image", FieldType.FILE, Trait.NULLABLE)
                .defaulting("resources", FieldType.LIST, List.of(), Trait.READONLY)
                .field("url", FieldType.STRING, Trait.READONLY)
                .filtered("name")
                .filtered("category", "exact");
    }

    private static OrbSchema category(List<String> languages) {
        return new OrbSchema("GET", languages)
                .identified()
                .translated("name", null)
                .defaulting("order_by", FieldType.INTEGER, 0)
                .field("slug", FieldType.STRING, Trait.NULLABLE, Trait.UNIQUE)
                .defaulting("top_level", FieldType.BOOLEAN, false, Trait.BLANK);
    }
}

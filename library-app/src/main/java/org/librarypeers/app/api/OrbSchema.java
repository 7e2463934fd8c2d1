package org.librarypeers.app.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of one kind of object: its fields, and the fields that lists can be filtered and sorted by. */
final class OrbSchema {

    private static final String NO_DEFAULT = "No default provided.";

    private final String methods;
    private final Map<String, ObjectNode> fields = new TreeMap<>();
    private final Map<String, List<String>> filters = new TreeMap<>();
    private final List<String> orders = new ArrayList<>();
    private final List<String> languages;

    /**
     * Creates a schema without fields.
     *
     * @param methods the methods of its addresses, for example {@code GET,POST}
     * @param languages the languages of translated fields
     */
    OrbSchema(String methods, List<String> languages) {
        this.methods = methods;
        this.languages = languages;
    }

    /** The type of a field: its name in the schema, and its help text. */
    enum FieldType {
        STRING("string", "Unicode string data. Ex: \"Hello World\""),
        INTEGER("integer", "Integer data. Ex: 2673"),
        BOOLEAN("boolean", "Boolean data. Ex: True"),
        DATETIME("datetime", "A date & time as a string. Ex: \"2010-11-10T03:07:43\""),
        LIST("list", "A list of data. Ex: ['abc', 26.73, 8]"),
        FILE("string", "A file URL as a string. Ex: \"http://media.example.com/media/photos/my_photo.jpg\""),
        ONE("related", "A single related resource. Can be either a URI or set of nested resource data."),
        MANY(
                "related",
                "Many related resources. Can be either a list of URIs or list of individually nested resource data.");

        final String word;
        final String help;

        FieldType(String word, String help) {
            this.word = word;
            this.help = help;
        }
    }

    /** A property of a field. */
    enum Trait {
        NULLABLE,
        BLANK,
        READONLY,
        UNIQUE
    }

    /** Adds a field without a default. */
    OrbSchema field(String name, FieldType type, Trait... traits) {
        put(name, name.replace('_', ' '), type, NO_DEFAULT, traits);
        return this;
    }

    /** Adds a field whose default is null. */
    OrbSchema nullField(String name, FieldType type) {
        put(name, name.replace('_', ' '), type, null, Trait.NULLABLE);
        return this;
    }

    /** Adds a field with a default: a string, a number, a boolean, or an empty list. */
    OrbSchema defaulting(String name, FieldType type, Object byDefault, Trait... traits) {
        put(name, name.replace('_', ' '), type, byDefault, traits);
        return this;
    }

    /** Adds the fields {@code id} and {@code resource_uri}. */
    OrbSchema identified() {
        put("id", "ID", FieldType.INTEGER, "", Trait.BLANK, Trait.UNIQUE).put("primary_key", true);
        return field("resource_uri", FieldType.STRING, Trait.READONLY);
    }

    /** Adds a text field and one field per language for its translations. With a null default, the field is nullable. */
    OrbSchema translated(String name, @Nullable String byDefault) {
        Trait[] own = byDefault == null ? new Trait[] {Trait.NULLABLE} : new Trait[0];
        put(name, name, FieldType.STRING, byDefault, own);
        for (String language : languages) {
            String key = name + "_" + language.replace('-', '_');
            put(key, name + " [" + language + "]", FieldType.STRING, byDefault, Trait.NULLABLE);
        }
        return this;
    }

    /** Adds a field for one or many nested objects of another kind. */
    OrbSchema related(String name, FieldType type, String kind) {
        ObjectNode field = put(name, name, type, NO_DEFAULT, Trait.NULLABLE);
        field.put("related_schema", OrbApi.ROOT + kind + "/schema/");
        field.put("related_type", type == FieldType.MANY ? "to_many" : "to_one");
        return this;
    }

    /** Permits filtering by a field with the given comparisons. If none are given, all comparisons are permitted. */
    OrbSchema filtered(String name, String... comparisons) {
        filters.put(name, List.of(comparisons));
        return this;
    }

    /** Permits sorting by a field. */
    OrbSchema ordered(String name) {
        orders.add(name);
        return this;
    }

    private ObjectNode put(
            String name, String verboseName, FieldType type, @Nullable Object byDefault, Trait... traits) {
        Set<Trait> are = Set.of(traits);
        ObjectNode field = JsonNodeFactory.instance.objectNode();
        field.put("blank", are.contains(Trait.BLANK));
        if (byDefault instanceof List<?>) {
            field.putArray("default");
        } else {
            field.putPOJO("default", byDefault);
        }
        field.put("help_text", type.help);
        field.put("nullable", are.contains(Trait.NULLABLE));
        field.put("primary_key", false);
        field.put("readonly", are.contains(Trait.READONLY));
        field.put("type", type.word);
        field.put("unique", are.contains(Trait.UNIQUE));
        field.put("verbose_name", verboseName);
        fields.put(name, field);
        return field;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    Set<String> fieldNames() {
        return fields.keySet();
    }

    /** Returns this schema as JSON. */
    ObjectNode document() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        for (String key : List.of("allowed_detail_http_methods", "allowed_list_http_methods")) {
            ArrayNode allowed = schema.putArray(key);
            List.of(methods.toLowerCase(Locale.ROOT).split(",")).forEach(allowed::add);
        }
        schema.put("default_format", "application/json");
        schema.put("default_limit", Paging.DEFAULT_LIMIT);
        ObjectNode all = schema.putObject("fields");
        fields.forEach((name, field) -> all.set(name, field.deepCopy()));
        if (!filters.isEmpty()) {
            ObjectNode filtering = schema.putObject("filtering");
            filters.forEach((name, comparisons) -> {
                if (comparisons.isEmpty()) {
                    filtering.put(name, 1);
                } else {
                    comparisons.forEach(filtering.withArray("/" + name)::add);
                }
            });
        }
        if (!orders.isEmpty()) {
            orders.forEach(schema.putArray("ordering")::add);
        }
        return schema;
    }

    /**
     * A filter in a request.
     *
     * @param field the field to compare
     * @param comparison the comparison, for example {@code gte}
     * @param value the value to compare with
     */
    record Filter(String field, String comparison, String value) {}

    /** The comparisons that can follow a field name and two underscores in a parameter. */
    private static final Set<String> COMPARISONS = Set.of(
            "exact",
            "iexact",
            "contains",
            "icontains",
            "startswith",
            "istartswith",
            "endswith",
            "iendswith",
            "in",
            "gt",
            "gte",
            "lt",
            "lte",
            "range",
            "isnull",
            "regex",
            "iregex");

    /**
     * Returns the filters among the query parameters. Parameters that name no field are ignored.
     *
     * @throws RefusedException if filtering by a field, or with that comparison, is not permitted
     */
    List<Filter> filters(Map<String, List<String>> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> has(parameter.getKey().split("__", 2)[0]))
                .map(parameter -> filter(
                        parameter.getKey(),
                        parameter.getValue().get(parameter.getValue().size() - 1)))
                .toList();
    }

    private Filter filter(String parameter, String value) {
        String[] parts = parameter.split("__", -1);
        String field = parts[0];
        boolean compared = parts.length > 1 && COMPARISONS.contains(parts[parts.length - 1]);
        String comparison = compared ? parts[parts.length - 1] : "exact";
        List<String> allowed = filters.get(field);
        if (allowed == null) {
            throw RefusedException.badRequest("The '" + field + "' field does not allow filtering.");
        }
        if (!allowed.isEmpty() && !allowed.contains(comparison)) {
            throw RefusedException.badRequest(
                    "'" + comparison + "' is not an allowed filter on the '" + field + "' field.");
        }
        if (parts.length > (compared ? 2 : 1)) {
            throw RefusedException.badRequest("The '" + field + "' field does not support relations.");
        }
        return new Filter(field, comparison, value);
    }

    /**
     * Returns the field to sort by, or null if the request names none. A leading hyphen means descending order.
     *
     * @throws RefusedException if sorting by that field is not permitted
     */
    @Nullable
    String order(Map<String, List<String>> parameters) {
        List<String> requested = parameters.getOrDefault("order_by", List.of());
        for (String order : requested) {
            String field = order.split("__", 2)[0].replaceFirst("^-", "");
            if (!has(field)) {
                throw RefusedException.badRequest("No matching '" + field + "' field for ordering on.");
            }
            if (!orders.contains(field)) {
                throw RefusedException.badRequest("The '" + field + "' field does not allow ordering.");
            }
        }
        return requested.isEmpty() ? null : requested.get(0);
    }
}

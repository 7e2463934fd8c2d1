package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The API as a page shows it, read from its OpenAPI description.
 *
 * @param groups the operations by the first parts of their paths
 * @param objects the kinds of objects with their fields
 */
public record ApiGuide(List<Group> groups, List<ObjectKind> objects) {

    private static final String API = "/api/v1/";

    /** The group of operations that do not concern a kind of object. It comes last. */
    private static final String SERVICE = "service";

    /** The operations on one kind of object. */
    public record Group(String name, List<Operation> operations) {}

    /**
     * An operation.
     *
     * @param method the HTTP method in capital letters
     * @param needsAccount whether the request needs an API key
     * @param parameters the parameters that the path does not explain
     * @param example a command that sends the request
     */
    public record Operation(
            String id,
            String method,
            String path,
            String summary,
            boolean needsAccount,
            List<Parameter> parameters,
            Map<String, String> responses,
            String example) {}

    /**
     * A parameter of an operation.
     *
     * @param place {@code path} or {@code query}
     */
    public record Parameter(String name, String place, String type, boolean required, String description) {}

    /** A kind of object. */
    public record ObjectKind(String name, List<Field> fields) {}

    /** A field of an object. */
    public record Field(String name, String type) {}

    /**
     * Reads the description.
     *
     * @param absolute returns the absolute address of a path, for the examples
     */
    static ApiGuide of(JsonNode description, UnaryOperator<String> absolute) {
        Map<String, List<Operation>> groups = new LinkedHashMap<>();
        description
                .path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(method -> groups.computeIfAbsent(group(path.getKey()), name -> new ArrayList<>())
                                .add(operation(path.getKey(), method.getKey(), method.getValue(), absolute))));
        List<Group> sorted = new ArrayList<>();
        groups.forEach((name, operations) -> sorted.add(new Group(name, operations)));
        sorted.sort(Comparator.comparing(group -> group.name().equals(SERVICE)));
        return new ApiGuide(sorted, objects(description.at("/components/schemas")));
    }

    private static String group(String path) {
        if (path.startsWith("/api/upload/")) {
            return "upload";
        }
        return path.startsWith(API) && path.length() > API.length()
                ? path.substring(API.length()).split("/")[0]
                : SERVICE;
    }

    private static Operation operation(String path, String method, JsonNode operation, UnaryOperator<String> absolute) {
        Map<String, String> responses = new LinkedHashMap<>();
        operation
                .path("responses")
                .propertyStream()
                .forEach(response -> responses.put(
                        response.getKey(),
                        response.getValue().path("description").asString("")));
        boolean needsAccount = operation.has("security");
        return new Operation(
                operation.path("operationId").asString(),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asString(),
                needsAccount,
                operation
                        .path("parameters")
                        .valueStream()
                        .filter(parameter -> parameter.has("description"))
                        .map(ApiGuide::parameter)
                        .toList(),
                responses,
                example(path, method, operation, needsAccount, absolute));
    }

    private static Parameter parameter(JsonNode parameter) {
        return new Parameter(
                parameter.path("name").asString(),
                parameter.path("in").asString(),
                parameter.at("/schema/type").asString(),
                parameter.path("required").asBoolean(),
                parameter.path("description").asString(""));
    }

    private static String example(
            String path, String method, JsonNode operation, boolean needsAccount, UnaryOperator<String> absolute) {
        StringBuilder command = new StringBuilder("curl");
        if (!method.equals("get")) {
            command.append(" -X ").append(method.toUpperCase(Locale.ROOT));
        }
        if (needsAccount) {
            command.append(" -H 'Authorization: ApiKey USER:KEY'");
        }
        command.append(body(operation.path("requestBody").path("content")));
        // curl would expand what is left in braces.
        String address = path.replace("{id}", "1").replace("{ids}", "1;2").replaceAll("[{}]", "");
        String query = operation
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("required").asBoolean()
                        && parameter.path("in").asString().equals("query"))
                .map(parameter -> "?" + parameter.path("name").asString() + "=water")
                .findFirst()
                .orElse("");
        return command.append(" '")
                .append(absolute.apply(address))
                .append(query)
                .append('\'')
                .toString();
    }

    private static String body(JsonNode content) {
        if (content.has("application/json")) {
            return " -H 'Content-Type: application/json' -d @object.json";
        }
        StringBuilder fields = new StringBuilder();
        content.at("/multipart~1form-data/schema/properties")
                .propertyStream()
                .forEach(field -> fields.append(" -F ")
                        .append(field.getKey())
                        .append(field.getValue().has("format") ? "=@" + field.getKey() : "=…"));
        return fields.toString();
    }

    private static List<ObjectKind> objects(JsonNode schemas) {
        return schemas.propertyStream()
                .map(schema -> new ObjectKind(
                        schema.getKey(),
                        schema.getValue()
                                .path("properties")
                                .propertyStream()
                                .map(field -> new Field(field.getKey(), type(field.getValue())))
                                .toList()))
                .toList();
    }

    private static String type(JsonNode field) {
        String reference = reference(field);
        if (reference != null) {
            return reference;
        }
        JsonNode type = field.path("type");
        String name = type.isArray() ? type.get(0).asString() + ", null" : type.asString("");
        String items = reference(field.path("items"));
        return items == null ? name : name + " of " + items;
    }

    private static @Nullable String reference(JsonNode field) {
        JsonNode reference = field.get("$ref");
        return reference == null ? null : reference.asString().replaceFirst(".*/", "");
    }
}

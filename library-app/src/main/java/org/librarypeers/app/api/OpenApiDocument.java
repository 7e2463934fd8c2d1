package org.librarypeers.app.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.librarypeers.http.wire.DigestDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.1 description of the API. The object schemas are derived from {@link OrbSchemas}. */
final class OpenApiDocument {

    /** The names of the kinds of objects in operation ids. */
    private static final Map<String, String> NAMES = Map.of(
            "resource", "Resource",
            "resourcefile", "ResourceFile",
            "resourceurl", "ResourceUrl",
            "resourcetag", "ResourceTag",
            "tag", "Tag",
            "tags", "TagInShort",
            "category", "Category");

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final Map<String, OrbSchema> schemas;

    /** Creates the description for a library with these content languages, the default first. */
    OpenApiDocument(List<String> languages) {
        this.schemas = OrbSchemas.of(languages);
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Library Peer Network")
                .put("version", "1")
                .put(
                        "description",
                        "The ORB v1 API of the existing sites, and the full feed for libraries that run this software."
                                + " Follow meta.next unchanged.");
        security();
        document.putObject("paths");
        schemas.forEach((kind, schema) -> properties(kind, schema));
        operations();
    }

    /** Returns the description, without the address of the server. */
    ObjectNode document() {
        return document;
    }

    private void security() {
        ObjectNode schemes = document.withObject("/components/securitySchemes");
        schemes.putObject("apiKey")
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "Authorization")
                .put("description", "ApiKey USER:KEY, or the parameters username and api_key in the query or form.");
        schemes.putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "sessionid")
                .put(
                        "description",
                        "For resources only. To write, also send the cookie csrftoken as the header X-CSRFToken.");
    }

    private void operations() {
        get("listEndpoints", OrbApi.ROOT, "Lists the endpoints of the API", false);
        for (String kind : schemas.keySet()) {
            String path = OrbApi.ROOT + kind + "/";
            String name = NAMES.getOrDefault(kind, kind);
            String one = path + "{id}/";
            String several = path + "set/{ids}/";
            get("describe" + name, path + "schema/", "Describes the fields of " + kind + " objects", true);
            get("get" + name + "Set", several, "Returns the objects with these ids, separated by semicolons", true);
            list(get("list" + name, path, "Returns a page of " + kind + " objects", true), kind);
            answers(get("get" + name, one, "Returns one object by id", true), "200", kind);
        }
        ObjectNode search =
                get("searchResources", OrbApi.ROOT + "resource/search/", "Searches resources, best match first", true);
        parameter(search, "q", "string", "Whole words, or beginnings of words", true);
        parameter(search, "page", "integer", "Page number, from 1; a page has 20 resources", false);
        digests();
        ObjectNode detail = (ObjectNode) document.at("/paths/~1api~1v1~1resource~1{id}~1/get");
        parameter(detail, "full", "boolean", "Return all fields that libraries with this software exchange", false);
        writing();
        upload("image", List.of("resource_id", "image_file"));
        upload("file", List.of("resource_id", "title", "description", "order_by", "resource_file"));
        get("getHealth", "/health", "Reports whether the library works", false);
        get("getLiveness", "/health/live", "Reports that the process answers", false);
        get("getReadiness", "/health/ready", "Reports whether each part of the library works", false);
        get(
                "getMetrics",
                "/metrics",
                "Returns the metrics for Prometheus, with the header Authorization: Bearer TOKEN",
                false);
        get("getDescription", "/openapi.json", "Returns this document", false);
        get("getPicture", "/picture/{file}", "Returns a scaled copy of a picture", false);
        ObjectNode media = get("getFile", "/media/{kind}/{sha256}/{name}", "Returns an uploaded file or image", false);
        media.withObject("/responses").putObject("206").put("description", "The requested range");
    }

    private void digests() {
        ObjectNode digests = get(
                "getDigests",
                DigestDocument.PATH,
                "Returns digests of the approved resources in ranges of GUIDs",
                true);
        parameter(digests, DigestDocument.RANGES, "string", "Such as 3fa-3fb,8c-8c7; default: all", false);
        parameter(digests, DigestDocument.PARTS, "integer", "Parts of a range, from 2 to 256", false);
    }

    private void writing() {
        String resources = OrbApi.ROOT + "resource/";
        body(operation("createResource", "post", resources, "Adds a pending resource", true), "resource", "201");
        body(
                operation("changeResource", "put", resources + "{id}/", "Changes the given fields", true),
                "resource",
                "200");
        body(
                operation("createTag", "post", OrbApi.ROOT + "tag/", "Adds a tag in the category Other", true),
                "tag",
                "201");
        for (String kind : List.of("resourcetag", "resourceurl")) {
            String summary = "Adds a " + kind + " to a resource";
            body(operation("add" + NAMES.get(kind), "post", OrbApi.ROOT + kind + "/", summary, true), kind, "201");
        }
        for (String kind : List.of("resourcetag", "resourceurl", "resourcefile")) {
            String summary = "Removes a " + kind + " from its resource";
            operation("remove" + NAMES.get(kind), "delete", OrbApi.ROOT + kind + "/{id}/", summary, true)
                    .withObject("/responses")
                    .putObject("204")
                    .put("description", "Done");
        }
    }

    private ObjectNode get(String id, String path, String summary, boolean forAccounts) {
        ObjectNode operation = operation(id, "get", path, summary, forAccounts);
        operation.withObject("/responses").putObject("200").put("description", "The object or page");
        return operation;
    }

    /**
     * Adds an operation.
     *
     * @param id its name, which generated clients use; unique
     * @param forAccounts whether it needs an account
     */
    private ObjectNode operation(String id, String method, String path, String summary, boolean forAccounts) {
        ObjectNode operation =
                paths(path).putObject(method).put("operationId", id).put("summary", summary);
        ObjectNode responses = operation.putObject("responses");
        if (forAccounts) {
            operation.putArray("security").addObject().putArray("apiKey");
            responses.putObject("401").put("description", "Missing, wrong or insufficient credentials");
        }
        Pattern.compile("\\{(\\w+)}")
                .matcher(path)
                .results()
                .forEach(name -> operation
                        .withArray("/parameters")
                        .addObject()
                        .put("name", name.group(1))
                        .put("in", "path")
                        .put("required", true)
                        .putObject("schema")
                        .put("type", "string"));
        return operation;
    }

    private ObjectNode paths(String path) {
        return document.withObject("/paths/" + path.replace("/", "~1"));
    }

    private void list(ObjectNode operation, String kind) {
        parameter(operation, "limit", "integer", "Objects per page (default: 20; at most 1000)", false);
        parameter(operation, "offset", "integer", "Number of objects to skip (default: 0)", false);
        if (kind.equals("resource")) {
            parameter(operation, "order_by", "string", "update_date or -update_date (default: by title)", false);
            parameter(operation, "status", "string", "Only resources with this status", false);
            parameter(operation, "update_date__gte", "string", "Changed at this time or later, in UTC", false);
            parameter(operation, "update_date__lte", "string", "Changed at this time or earlier, in UTC", false);
            parameter(
                    operation,
                    "full",
                    "boolean",
                    "Complete objects and deletions (status: deleted), ordered by feed position",
                    false);
            parameter(operation, "after", "string", "Start of the page, as given in meta.next", false);
        } else if (kind.startsWith("tag")) {
            parameter(
                    operation,
                    "name",
                    "string",
                    "Exact name; suffixes such as __icontains select another comparison",
                    false);
            parameter(operation, "category", "string", "Name of a category, ignoring case", false);
        }
        ObjectNode page = operation
                .withObject("/responses/200/content/application~1json/schema")
                .put("type", "object");
        ObjectNode properties = page.putObject("properties");
        properties.putObject("meta").put("type", "object");
        properties
                .putObject("objects")
                .put("type", "array")
                .putObject("items")
                .put("$ref", "#/components/schemas/" + kind);
    }

    private static void parameter(
            ObjectNode operation, String name, String type, String description, boolean required) {
        ObjectNode parameter = operation.withArray("/parameters").addObject();
        parameter.put("name", name).put("in", "query").put("required", required).put("description", description);
        parameter.putObject("schema").put("type", type);
    }

    private static void answers(ObjectNode operation, String status, String kind) {
        operation
                .withObject("/responses/" + status + "/content/application~1json/schema")
                .put("$ref", "#/components/schemas/" + kind);
    }

    private static void body(ObjectNode operation, String kind, String status) {
        operation
                .withObject("/requestBody/content/application~1json/schema")
                .put("$ref", "#/components/schemas/" + kind);
        operation.withObject("/responses/" + status).put("description", "The object after the change");
        operation.withObject("/responses/400").put("description", "The data is invalid; the body says why");
        answers(operation, status, kind);
    }

    private void upload(String what, List<String> fields) {
        ObjectNode operation = operation(
                "upload" + what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1),
                "post",
                "/api/upload/" + what + "/",
                "Uploads the " + what + " to a resource that the account created",
                true);
        ObjectNode form = operation
                .withObject("/requestBody/content/multipart~1form-data/schema")
                .put("type", "object");
        ObjectNode properties = form.putObject("properties");
        fields.forEach(field -> {
            ObjectNode property = properties.putObject(field).put("type", "string");
            if (field.endsWith("_file")) {
                property.put("format", "binary");
            }
        });
        operation.withObject("/responses/201").put("description", "Done");
        operation.withObject("/responses/400").put("description", "The upload is invalid; the body says why");
    }

    private void properties(String kind, OrbSchema schema) {
        ObjectNode object = document.withObject("/components/schemas/" + kind).put("type", "object");
        ObjectNode properties = object.putObject("properties");
        schema.document().path("fields").propertyStream().forEach(field -> {
            ObjectNode property = properties.putObject(field.getKey());
            String type = field.getValue().path("type").asString();
            switch (type) {
                case "datetime" ->
                    type(property, "string", field.getValue().path("nullable").asBoolean());
                case "list" -> property.put("type", "array");
                case "related" -> related(property, field.getValue());
                default ->
                    type(property, type, field.getValue().path("nullable").asBoolean());
            }
        });
    }

    private static void type(ObjectNode property, String type, boolean nullable) {
        if (nullable) {
            ArrayNode types = property.putArray("type");
            types.add(type).add("null");
        } else {
            property.put("type", type);
        }
    }

    private static void related(ObjectNode property, JsonNode field) {
        String kind = field.path("related_schema").asString().split("/")[3];
        boolean many = field.path("related_type").asString().equals("to_many");
        ObjectNode one = many ? property.put("type", "array").putObject("items") : property;
        one.put("$ref", "#/components/schemas/" + kind);
    }
}

package org.librarypeers.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A parser that reads one JSON value as a tree with a limited number of nodes. Three bytes of JSON can become a hundred bytes
 * of tree, so a limit on the body alone does not limit the memory.
 */
final class BoundedTree {

    /**
     * The maximum number of nodes of one value. A resource with the most tags, links and files, in a dozen languages, has
     * fewer.
     */
    private static final int MAX_NODES = 200_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private int left = MAX_NODES;

    private BoundedTree() {}

    /**
     * Reads the value at the parser's current token, and leaves the parser at the end of the value.
     *
     * @return the value; null if it has too many nodes
     */
    static @Nullable JsonNode read(JsonParser parser) {
        BoundedTree tree = new BoundedTree();
        JsonNode value = tree.value(parser);
        return tree.left < 0 ? null : value;
    }

    private JsonNode value(JsonParser parser) {
        left--;
        if (left < 0) {
            parser.skipChildren();
            return NODES.nullNode();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.currentToken() == JsonToken.VALUE_TRUE);
            case VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue());
            case VALUE_NUMBER_INT -> integer(parser);
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object(JsonParser parser) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            JsonNode value = value(parser);
            if (left >= 0) {
                object.set(name, value);
            }
        }
        return object;
    }

    private ArrayNode array(JsonParser parser) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode value = value(parser);
            if (left >= 0) {
                array.add(value);
            }
        }
        return array;
    }

    /** Returns the number as a node; a null node for NaN and infinities, which Python writes into JSON. */
    private static JsonNode number(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
    }

    /** Returns the number as a node. A number that does not fit into a {@code long} becomes a string of its digits. */
    private static JsonNode integer(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? NODES.stringNode(parser.getString())
                : NODES.numberNode(parser.getLongValue());
    }
}

package org.librarypeers.http.wire;

import java.io.OutputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reader and writer of JSON in the form of existing sites. It limits the size and the depth of the JSON that it
 * reads.
 */
public final class OrbJson {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_STRING = 64 * 1024 * 1024;
    private static final int MAX_NAME = 1_000;

    /** The factory for reading and writing within the limits. It is shared because it recycles buffers. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES, JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** The factory for answers of peers. It also accepts text that is not valid JSON but has only one possible meaning. */
    private static final JsonFactory FORGIVING = FACTORY.rebuild()
            .enable(
                    JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectWriter WRITER = MAPPER.writer().with(prettyPrinter());

    private OrbJson() {}

    private static DefaultPrettyPrinter prettyPrinter() {
        Separators separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Spacing.AFTER)
                .withObjectEntrySpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayElementSpacing(Spacing.AFTER)
                .withArrayEmptySeparator("");
        DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    /**
     * Returns the JSON exactly as existing sites write it, in UTF-8: sorted keys, an indentation of 4 spaces, a space after
     * each comma, no unnecessary escapes.
     */
    public static byte[] write(JsonNode node) {
        return WRITER.writeValueAsBytes(node);
    }

    /** Returns the object that the writer writes, as a tree. */
    static ObjectNode tree(Consumer<JsonGenerator> writer) {
        return MAPPER.valueToTree(new JacksonSerializable.Base() {
            @Override
            public void serialize(JsonGenerator out, SerializationContext context) {
                writer.accept(out);
            }

            @Override
            public void serializeWithType(JsonGenerator out, SerializationContext context, TypeSerializer type) {
                writer.accept(out);
            }
        });
    }

    /** Returns the output of the writer as compact JSON that can be copied into other JSON. */
    static SerializableString text(Consumer<JsonGenerator> writer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            writer.accept(out);
        }
        return new SerializedString(text.toString());
    }

    /** Returns a generator of compact JSON in UTF-8. The caller closes it, which closes the stream. */
    public static JsonGenerator compact(OutputStream out) {
        return MAPPER.createGenerator(out);
    }

    /**
     * Reads one JSON value.
     *
     * @throws InvalidDocumentException if the text is not exactly one JSON value, is nested too deeply, or contains a number,
     *     name or string that is too long
     */
    public static JsonNode read(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.isMissingNode()) {
                throw new InvalidDocumentException("body is empty; JSON is expected");
            }
            return node;
        } catch (JacksonException e) {
            throw new InvalidDocumentException("body is not valid JSON" + where(e), e);
        }
    }

    /** Returns the line and column of a failure, for a message; empty if unknown. The text itself is not included. */
    public static String where(JacksonException failure) {
        return failure.getLocation() == null
                ? ""
                : ", line " + failure.getLocation().getLineNr() + " column "
                        + failure.getLocation().getColumnNr();
    }

    /** Returns the factory of parsers that apply the limits and accept only valid JSON. Use it to read files token by token. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /**
     * Returns the factory of parsers that apply the limits, for the answers of peers. The parsers also accept NaN and
     * infinities as numbers, control characters in strings, and a comma after the last element.
     */
    public static JsonFactory forgivingFactory() {
        return FORGIVING;
    }

    /** Creates one page of a list. The addresses of the next and the previous page are null if there is no such page. */
    public static ObjectNode page(
            int limit,
            int offset,
            long total,
            @Nullable String next,
            @Nullable String previous,
            List<ObjectNode> objects) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.set("meta", meta(limit, offset, total, next, previous));
        ArrayNode list = page.putArray("objects");
        objects.forEach(list::add);
        return page;
    }

    /** Creates the part of a page that describes it, as {@link #page} contains it. */
    public static ObjectNode meta(int limit, int offset, long total, @Nullable String next, @Nullable String previous) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("limit", limit)
                .put("next", next)
                .put("offset", offset)
                .put("previous", previous)
                .put("total_count", total);
    }

    /** Returns a time as {@code YYYY-MM-DDTHH:MM:SS[.ffffff]} in UTC. */
    public static String time(Instant time) {
        return OrbTime.text(time);
    }

    /** Returns a time as {@code YYYY-MM-DDTHH:MM:SS[.ffffff]}. */
    public static String time(LocalDateTime time) {
        return OrbTime.text(time);
    }
}

package org.librarypeers.app.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A streaming reader of the objects in a file. Its memory use does not grow with the size of the file. The file holds
 * JSON objects one after another (each on one line, or indented), in arrays, or in saved list responses
 * ({@code {"meta": …, "objects": […]}}).
 */
public final class ImportedObjects {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final JsonMapper JSON = JsonMapper.builder(OrbJson.factory())
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonParser parser;
    private final Sink sink;
    private final BooleanSupplier continues;

    /** A receiver of the objects, in the order of the file. */
    public interface Sink {

        /**
         * Receives a value that should be a resource.
         *
         * @param where the line, and the number of the object in its array
         * @param characters the length of the value in the file
         */
        void found(String where, JsonNode value, long characters);

        /** Receives the reason why the rest of the file is unreadable. */
        void unreadable(String where, String why);
    }

    private ImportedObjects(JsonParser parser, Sink sink, BooleanSupplier continues) {
        this.parser = parser;
        this.sink = sink;
        this.continues = continues;
    }

    /**
     * Reads a file to its end, or until {@code continues} returns false.
     *
     * @throws CharacterCodingException if the file is not UTF-8
     * @throws IOException if the file cannot be read
     */
    public static void read(InputStream file, Sink sink, BooleanSupplier continues) throws IOException {
        try (Reader text = text(file);
                JsonParser parser = JSON.createParser(text)) {
            new ImportedObjects(parser, sink, continues).read();
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    private static IOException failure(JacksonException failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .map(IOException.class::cast)
                .findFirst()
                .orElseThrow(() -> failure);
    }

    private static Reader text(InputStream file) throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    private void read() throws IOException {
        int begun = 1;
        try {
            while (continues.getAsBoolean() && parser.nextToken() != null) {
                begun = line();
                value();
            }
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            sink.unreadable("line " + begun, "invalid JSON" + OrbJson.where(e) + " (" + e.getOriginalMessage() + ")");
        }
    }

    private void value() {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            elements();
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            object();
        } else {
            found("line " + line());
        }
    }

    private void found(String where) {
        long begin = offset();
        JsonNode value = JSON.readTree(parser);
        sink.found(where, value, offset() - begin);
    }

    private void elements() {
        int number = 0;
        while (continues.getAsBoolean() && parser.nextToken() != JsonToken.END_ARRAY) {
            number++;
            found("line " + line() + ", object " + number);
        }
    }

    /** Reads a resource, or a list response whose {@code objects} are resources. */
    private void object() {
        String where = "line " + line();
        long begin = offset();
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        boolean list = false;
        while (continues.getAsBoolean() && parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("objects") && !resource.has("guid")) {
                list = true;
                elements();
            } else {
                resource.set(name, JSON.readTree(parser));
            }
        }
        if (!list && continues.getAsBoolean()) {
            sink.found(where, resource, offset() - begin);
        }
    }

    private long offset() {
        return parser.currentLocation().getCharOffset();
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}

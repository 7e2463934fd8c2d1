package org.librarypeers.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ReadResource;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.Fetched;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads what peers answer, one object at a time. One bad object does not spoil the others. */
final class AnswerReader {

    /** What may stand in an address as the number of a resource. */
    static final Pattern REMOTE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern RESOURCE_URI = Pattern.compile("/api/v1/resource/([A-Za-z0-9_-]{1,64})/");
    private static final Pattern AFTER = Pattern.compile("[?&]after=(\\d{1,18})(?:&|$)");
    private static final int MAX_OBJECTS = 10_000;
    private static final Fetched TOO_LARGE = new Fetched.Unreadable("object is too large to be read");

    private final String base;

    /**
     * For one peer.
     *
     * @param base the peer's scheme and host
     */
    AnswerReader(String base) {
        this.base = base;
    }

    /** What reads one kind of answer. */
    private interface Reading<T> {
        T from(JsonParser parser) throws AnswerException;
    }

    /** Reads a page of the list. */
    Listing listing(InputStream body) throws IOException, AnswerException {
        return reading(body, this::listing);
    }

    /** Reads the answer to a question for one resource. */
    Fetched detail(InputStream body) throws IOException, AnswerException {
        return reading(body, parser -> {
            JsonNode object = BoundedTree.read(parser);
            return object == null ? TOO_LARGE : isApproved(object) ? resource(object) : new Fetched.Gone();
        });
    }

    private static <T> T reading(InputStream body, Reading<T> reading) throws IOException, AnswerException {
        try (JsonParser parser = OrbJson.factory().createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() == null) {
                throw new AnswerException.Malformed("nothing instead of JSON");
            }
            T answer = reading.from(parser);
            if (parser.nextToken() != null) {
                throw new AnswerException.Malformed("JSON that goes on after its end");
            }
            return answer;
        } catch (UnexpectedEndOfInputException e) {
            throw (EOFException) new EOFException("body ended early").initCause(e);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new AnswerException.Malformed(unreadable(e) + OrbJson.where(e), e);
        }
    }

    private static String unreadable(JacksonException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "JSON that is nested too deeply, or holds endless names or numbers";
        }
        boolean encoding = String.valueOf(failure.getOriginalMessage()).startsWith("Invalid UTF-8");
        return encoding ? "text that is not UTF-8" : "JSON that cannot be read";
    }

    private Listing listing(JsonParser parser) throws AnswerException {
        JsonNode meta = null;
        List<Listing.Listed> objects = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("meta") && value == JsonToken.START_OBJECT) {
                meta = BoundedTree.read(parser);
            } else if (name.equals("objects") && value == JsonToken.START_ARRAY) {
                objects = objects(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (meta == null || objects == null) {
            throw new AnswerException.Malformed("JSON without meta and objects");
        }
        return new Listing(
                objects,
                string(meta, "next"),
                meta.path("next").isNull() || string(meta, "next") != null,
                after(meta),
                Math.max(0, meta.path("limit").asInt(0)),
                Math.max(-1, meta.path("total_count").asInt(-1)));
    }

    private List<Listing.Listed> objects(JsonParser parser) throws AnswerException {
        List<Listing.Listed> objects = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (objects.size() == MAX_OBJECTS) {
                throw new AnswerException.Malformed("a page of more than " + MAX_OBJECTS + " objects");
            }
            JsonNode object = BoundedTree.read(parser);
            objects.add(listed(object == null ? JsonNodeFactory.instance.missingNode() : object));
        }
        return objects;
    }

    private Listing.Listed listed(JsonNode object) {
        PeerTime updated = PeerTime.of(string(object, "update_date")).orElse(null);
        String version = updated == null ? digest(object) : updated.literal();
        boolean complete = List.of("tags", "urls", "files").stream()
                .allMatch(part -> object.path(part).isArray());
        String remoteId = remoteId(object);
        Fetched body = complete
                ? resource(object)
                : remoteId == null ? new Fetched.Unreadable("object of the list has no id") : null;
        String id = remoteId == null ? "without-id-" + digest(object) : remoteId;
        return new Listing.Listed(
                new ChangePage.Item(id, guid(object), version, body), updated, isApproved(object), complete);
    }

    private Fetched resource(JsonNode object) {
        try {
            ReadResource read = ResourceDocument.readFrom(object, base);
            return new Fetched.Body(read.resource(), read.remarks());
        } catch (InvalidDocumentException e) {
            return new Fetched.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isApproved(JsonNode object) {
        String status = string(object, "status");
        return status == null || status.equals("approved");
    }

    private static @Nullable String remoteId(JsonNode object) {
        String id = string(object, "id");
        if (id != null && REMOTE_ID.matcher(id).matches()) {
            return id;
        }
        String uri = string(object, "resource_uri");
        Matcher form = RESOURCE_URI.matcher(uri == null ? "" : uri);
        return form.matches() ? form.group(1) : null;
    }

    private static @Nullable Guid guid(JsonNode object) {
        String guid = string(object, "guid");
        return guid == null ? null : Guid.parse(guid).orElse(null);
    }

    /** Where the full feed goes on. The last page, which has no next one, says it in its meta. */
    private static @Nullable Long after(JsonNode meta) {
        String next = string(meta, "next");
        Matcher parameter = AFTER.matcher(next == null ? "" : next);
        String after = parameter.find() ? parameter.group(1) : string(meta, "after");
        return after != null && after.matches("\\d{1,18}") ? Long.valueOf(after) : null;
    }

    private static @Nullable String string(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isString() || value.isNumber() ? value.asString() : null;
    }

    /** Stands in for an update date that is missing. */
    private static String digest(JsonNode object) {
        try {
            byte[] text = object.isMissingNode() ? new byte[0] : OrbJson.write(object);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

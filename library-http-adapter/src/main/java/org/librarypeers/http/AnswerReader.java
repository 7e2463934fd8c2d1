package org.librarypeers.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Sha256;
import org.librarypeers.http.wire.DigestDocument;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ReadResource;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeSummary;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A parser for the answers of one peer. It reads one object at a time. An unreadable object does not affect the others. */
final class AnswerReader {

    /** The form of a resource id that can be part of a path. */
    static final Pattern REMOTE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern RESOURCE_URI = Pattern.compile("/api/v1/resource/([A-Za-z0-9_-]{1,64})/");
    private static final Pattern AFTER = Pattern.compile("[?&]after=(\\d{1,18})(?:&|$)");
    private static final Pattern NO_NEXT =
            Pattern.compile("\\s*(?:|null|none|undefined|false)\\s*", Pattern.CASE_INSENSITIVE);
    private static final int SHORT_DIGEST = 12;
    private static final int MAX_OBJECTS = 10_000;
    private static final Fetched TOO_LARGE =
            new Fetched.Unreadable(QuarantineReason.Kind.TOO_LARGE, "the object is too large to be read");

    private final String base;

    /** The names of unreadable rows, by the digests of their texts. */
    private final Map<String, String> unreadableRows = new HashMap<>();

    /**
     * Creates a parser for one peer.
     *
     * @param base scheme and host of the peer, without a slash at the end
     */
    AnswerReader(String base) {
        this.base = base;
    }

    /** A function that reads one kind of answer. */
    private interface AnswerParser<T> {
        T from(JsonParser parser) throws AnswerException;
    }

    /**
     * Reads a page of the list. A row that cannot be parsed becomes an unreadable row, named by its place. All other rows are
     * read.
     */
    Listing listing(InputStream body) throws IOException, AnswerException {
        Utf8Reader text = new Utf8Reader(body);
        Page page = new Page(text);
        try {
            return reading(text, page::read);
        } catch (AnswerException.Malformed | EOFException e) {
            if (!page.isAmongRows || !page.recoverRows(String.valueOf(e.getMessage()))) {
                throw e;
            }
            return page.listing();
        }
    }

    /** Reads the answer to a request for one resource. A resource that is not approved is reported as {@link Fetched.Gone}. */
    Fetched detail(InputStream body) throws IOException, AnswerException {
        return reading(new Utf8Reader(body), parser -> {
            JsonNode object = BoundedTree.read(parser);
            return object == null ? TOO_LARGE : isApproved(object) ? resource(object) : new Fetched.Gone();
        });
    }

    /** Reads the answer to a request for digests. */
    List<RangeSummary> summaries(InputStream body, List<GuidRange> ranges) throws IOException, AnswerException {
        return reading(new Utf8Reader(body), parser -> {
            JsonNode answer = BoundedTree.read(parser);
            try {
                return DigestDocument.read(answer == null ? JsonNodeFactory.instance.missingNode() : answer, ranges);
            } catch (InvalidDocumentException e) {
                throw new AnswerException.Malformed("digests that cannot be used: " + e.getMessage(), e);
            }
        });
    }

    private static <T> T reading(Utf8Reader text, AnswerParser<T> reading) throws IOException, AnswerException {
        try (JsonParser parser = OrbJson.forgivingFactory().createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new AnswerException.Malformed("an empty body instead of JSON");
            }
            T answer = reading.from(parser);
            if (parser.nextToken() != null) {
                throw new AnswerException.Malformed("JSON with further content after its end");
            }
            return answer;
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            // The parser reports a truncated word, such as the first half of "true", as an unknown word.
            if (text.endsWithinWord() || e instanceof UnexpectedEndOfInputException) {
                throw (EOFException) new EOFException("body ended early").initCause(e);
            }
            throw new AnswerException.Malformed(unreadable(e) + OrbJson.where(e), e);
        }
    }

    private static String unreadable(JacksonException failure) {
        return failure instanceof StreamConstraintsException
                ? "JSON that is nested too deeply, or contains overlong names or numbers"
                : "JSON that cannot be parsed";
    }

    /** A page of the list while it is being read. */
    private final class Page {

        private final Utf8Reader text;
        private @Nullable JsonNode meta;
        private @Nullable List<Listing.Listed> objects;
        private boolean isAmongRows;

        Page(Utf8Reader text) {
            this.text = text;
        }

        Listing read(JsonParser parser) throws AnswerException {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("meta") && value == JsonToken.START_OBJECT) {
                    meta = BoundedTree.read(parser);
                } else if (name.equals("objects") && value == JsonToken.START_ARRAY) {
                    readObjects(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (meta == null || objects == null) {
                throw new AnswerException.Malformed("JSON without meta and objects");
            }
            return listing();
        }

        private void readObjects(JsonParser parser) throws AnswerException {
            List<Listing.Listed> rows = new ArrayList<>();
            objects = rows;
            isAmongRows = true;
            text.keepFrom(parser.currentLocation().getCharOffset());
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                requireFewer(rows);
                JsonNode object = BoundedTree.read(parser);
                rows.add(listed(object == null ? JsonNodeFactory.instance.missingNode() : object));
                text.keepFrom(parser.currentLocation().getCharOffset());
            }
            isAmongRows = false;
        }

        private void requireFewer(List<Listing.Listed> rows) throws AnswerException {
            if (rows.size() == MAX_OBJECTS) {
                isAmongRows = false;
                throw new AnswerException.Malformed("a page of more than " + Count.of(MAX_OBJECTS, "object"));
            }
        }

        /**
         * Reads the rows that follow the last row that was read.
         *
         * @param why why the first of them cannot be parsed
         * @return whether the page is complete: the end of the list and {@code meta} were found
         */
        boolean recoverRows(String why) throws IOException, AnswerException {
            String rest = text.rest();
            RowRecovery.Found found = rest == null
                    ? null
                    : RowRecovery.of(rest, AnswerReader::isRow).orElse(null);
            if (found == null) {
                return false;
            }
            List<Listing.Listed> rows = Objects.requireNonNull(objects);
            List<RowRecovery.Piece> pieces = found.pieces();
            for (int i = 0; i < pieces.size(); i++) {
                requireFewer(rows);
                JsonNode row = pieces.get(i).row();
                if (row != null) {
                    rows.add(listed(row));
                } else {
                    addUnreadable(rows, pieces.get(i).text(), nextId(pieces.subList(i, pieces.size())), why);
                }
            }
            meta = found.meta() == null ? meta : meta(found.meta());
            return meta != null;
        }

        Listing listing() {
            JsonNode read = Objects.requireNonNull(meta);
            return new Listing(
                    Objects.requireNonNull(objects),
                    next(read),
                    read.path("next").isNull() || read.path("next").isString(),
                    after(read),
                    Math.max(0, read.path("limit").asInt(0)),
                    Math.max(-1, read.path("total_count").asInt(-1)));
        }
    }

    /**
     * Adds a row that cannot be read. It is named by the nearest readable row before it, otherwise by the row after it,
     * otherwise by its digest. If the same row appears in several answers, it keeps its first name.
     */
    private void addUnreadable(List<Listing.Listed> rows, String text, @Nullable String nextId, String why) {
        String version = Sha256.shortHex(text.getBytes(StandardCharsets.UTF_8));
        int before = rows.size() - 1;
        while (before >= 0 && !rows.get(before).isReadable()) {
            before--;
        }
        int distance = rows.size() - before;
        String place;
        if (before >= 0) {
            place = (distance == 1 ? "after " : distance + " after ")
                    + rows.get(before).item().remoteId();
        } else if (distance == 1 && nextId != null) {
            place = "before " + nextId;
        } else {
            place = "with the digest " + version.substring(0, SHORT_DIGEST);
        }
        String name = unreadableRows.computeIfAbsent(version, unknown -> place);
        String reason = "row " + (rows.size() + 1) + " of the answer (" + place + ") cannot be read: " + why;
        rows.add(Listing.Listed.unreadable(name, version, reason));
    }

    private static @Nullable String nextId(List<RowRecovery.Piece> pieces) {
        return pieces.stream()
                .map(RowRecovery.Piece::row)
                .filter(Objects::nonNull)
                .findFirst()
                .map(AnswerReader::remoteId)
                .orElse(null);
    }

    private static @Nullable JsonNode meta(String text) {
        try {
            return OrbJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidDocumentException e) {
            return null;
        }
    }

    /** Returns whether an object is a row of the list, as opposed to a part of a row, such as a tag. */
    private static boolean isRow(JsonNode object) {
        String uri = string(object, "resource_uri");
        return uri == null
                ? object.has("guid") && (object.has("update_date") || object.has("status"))
                : RESOURCE_URI.matcher(uri).matches();
    }

    /** Returns an object of the list as an item. */
    ChangePage.Item item(JsonNode object) {
        return listed(object).item();
    }

    private Listing.Listed listed(JsonNode object) {
        PeerTime updated = PeerTime.of(string(object, "update_date")).orElse(null);
        String version = updated == null ? digest(object) : updated.literal();
        Guid deleted = ResourceDocument.DELETED.equals(string(object, "status")) ? guid(object) : null;
        if (deleted != null) {
            return Listing.Listed.deletion(deleted, version, updated);
        }
        boolean complete = List.of("tags", "urls", "files").stream()
                .allMatch(part -> object.path(part).isArray());
        String remoteId = remoteId(object);
        Fetched body = complete
                ? resource(object)
                : remoteId == null
                        ? new Fetched.Unreadable(QuarantineReason.Kind.NO_ID, "the object in the list has no id")
                        : null;
        ChangePage.Item item = remoteId == null
                ? ChangePage.Item.row("without id " + digest(object), guid(object), version, body)
                : new ChangePage.Item(remoteId, guid(object), version, body);
        return new Listing.Listed(item, updated, isApproved(object), complete);
    }

    private Fetched resource(JsonNode object) {
        try {
            ReadResource read = ResourceDocument.readFrom(object, base);
            return new Fetched.Body(read.resource(), read.remarks());
        } catch (InvalidDocumentException e) {
            return new Fetched.Unreadable(e.reason());
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

    /**
     * Returns the feed position after which the full feed continues; null if it is missing. The last page, which has no next
     * page, states it in {@code meta}.
     */
    private static @Nullable Long after(JsonNode meta) {
        String next = next(meta);
        Matcher parameter = AFTER.matcher(next == null ? "" : next);
        String after = parameter.find() ? parameter.group(1) : string(meta, "after");
        return after != null && after.matches("\\d{1,18}") ? Long.valueOf(after) : null;
    }

    /** Returns the address of the next page; null if it is missing, which sites write in several ways. */
    private static @Nullable String next(JsonNode meta) {
        JsonNode next = meta.path("next");
        return next.isString() && !NO_NEXT.matcher(next.asString()).matches() ? next.asString() : null;
    }

    private static @Nullable String string(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isString() || value.isNumber() ? value.asString() : null;
    }

    /** Returns a digest that identifies an object without an update date or an id. */
    private static String digest(JsonNode object) {
        return Sha256.shortHex(object.isMissingNode() ? new byte[0] : OrbJson.write(object));
    }
}

package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeDigest;
import org.librarypeers.sync.peer.RangeSummary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request for digests of what a library serves, and its answer. GUIDs are 32 hexadecimal digits without hyphens. The zeros at the
 * end of the first GUID of a range, and the digits {@code f} at the end of the last one, are left out.
 *
 * <pre>{@code
 * GET /api/v1/resource/digest/?parts=16&ranges=3fa-3fb,8c-8c7
 * {"ranges": [{"parts": [["3fa7", 812, "Kq5…"], ["3fb", 811, "x0c…"]]},     each part: its end, its count, its digest
 *             {"rows": [["8c02…", "17", "2026-11-30T14:02:11.5"]]}]}          each row: GUID, id, update date
 * }</pre>
 */
public final class DigestDocument {

    /** The path of the endpoint. */
    public static final String PATH = "/api/v1/resource/digest/";

    /** The parameter with the number of parts. */
    public static final String PARTS = "parts";

    /** The parameter with the ranges. */
    public static final String RANGES = "ranges";

    private static final int DIGITS = 32;
    private static final int MOST_PARTS = 1_000;
    private static final int MOST_ROWS = 10_000;
    private static final int PART_VALUES = 3;
    private static final Pattern RANGE = Pattern.compile("[0-9a-f]{0,32}-[0-9a-f]{0,32}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern REMOTE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern VERSION = Pattern.compile("[ -~]{1,64}");

    private DigestDocument() {}

    /** Returns the path and query of a request. */
    public static String address(List<GuidRange> ranges, int parts) {
        return PATH + "?" + PARTS + "=" + parts + "&" + RANGES + "="
                + ranges.stream()
                        .map(range -> trimmed(range.first(), '0') + "-" + trimmed(range.last(), 'f'))
                        .collect(Collectors.joining(","));
    }

    /**
     * Reads the ranges of a request.
     *
     * @throws InvalidDocumentException if the text is not a list of ranges that are in order and do not overlap
     */
    public static List<GuidRange> ranges(String text) {
        List<GuidRange> ranges = new ArrayList<>();
        for (String range : text.split(",", -1)) {
            if (!RANGE.matcher(range).matches()) {
                throw new InvalidDocumentException("range of GUIDs '" + range + "' is not in a form such as 3fa-3fb");
            }
            int end = range.indexOf('-');
            Guid first = filled(range.substring(0, end), '0');
            Guid last = filled(range.substring(end + 1), 'f');
            boolean follows =
                    ranges.isEmpty() || ranges.get(ranges.size() - 1).last().compareTo(first) < 0;
            if (first.compareTo(last) > 0 || !follows) {
                throw new InvalidDocumentException("ranges of GUIDs are not in order at '" + range + "'");
            }
            ranges.add(new GuidRange(first, last));
        }
        return ranges;
    }

    /** Writes an answer. */
    public static ObjectNode write(List<RangeSummary> summaries) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode ranges = answer.putArray(RANGES);
        for (RangeSummary summary : summaries) {
            ranges.add(summary.<ObjectNode>match(parts -> write(parts), rows -> write(rows)));
        }
        return answer;
    }

    private static ObjectNode write(RangeSummary.Parts parts) {
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        ArrayNode array = range.putArray("parts");
        for (RangeDigest part : parts.parts()) {
            array.addArray()
                    .add(trimmed(part.range().last(), 'f'))
                    .add(part.count())
                    .add(part.value());
        }
        return range;
    }

    private static ObjectNode write(RangeSummary.Rows rows) {
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        ArrayNode array = range.putArray("rows");
        for (RangeSummary.Row row : rows.rows()) {
            array.addArray().add(digits(row.guid())).add(row.remoteId()).add(row.version());
        }
        return range;
    }

    /**
     * Reads an answer.
     *
     * @param ranges the ranges that were requested
     * @throws InvalidDocumentException if the answer does not have this form, or is not for as many ranges
     */
    public static List<RangeSummary> read(JsonNode answer, List<GuidRange> ranges) {
        JsonNode all = answer.path(RANGES);
        if (!all.isArray() || all.size() != ranges.size()) {
            throw new InvalidDocumentException("answer has no digests for the " + ranges.size() + " requested ranges");
        }
        List<RangeSummary> summaries = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            JsonNode range = all.get(i);
            summaries.add(
                    range.path("rows").isArray()
                            ? readRows(range.path("rows"))
                            : readParts(range.path("parts"), ranges.get(i)));
        }
        return summaries;
    }

    private static RangeSummary readParts(JsonNode array, GuidRange range) {
        if (!array.isArray() || array.isEmpty() || array.size() > MOST_PARTS) {
            throw new InvalidDocumentException(
                    "range in the answer has neither rows nor up to " + MOST_PARTS + " parts");
        }
        List<RangeDigest> parts = new ArrayList<>();
        Guid first = range.first();
        for (int i = 0; i < array.size(); i++) {
            JsonNode part = triple(array.get(i));
            Guid last = guid(part.get(0).asString(""), 'f');
            boolean isLast = i == array.size() - 1;
            int order = last.compareTo(range.last());
            if (last.compareTo(first) < 0 || (isLast ? order != 0 : order >= 0)) {
                throw new InvalidDocumentException("parts of a range in the answer are not in order");
            }
            long count = part.get(1).asLong(-1);
            parts.add(new RangeDigest(
                    new GuidRange(first, last), Math.max(0, count), matching(VALUE, part.get(2), "digest")));
            first = isLast ? last : GuidRange.after(last);
        }
        return new RangeSummary.Parts(parts);
    }

    private static RangeSummary readRows(JsonNode array) {
        if (array.size() > MOST_ROWS) {
            throw new InvalidDocumentException("range in the answer has more than " + MOST_ROWS + " rows");
        }
        List<RangeSummary.Row> rows = new ArrayList<>();
        for (JsonNode each : array) {
            JsonNode row = triple(each);
            rows.add(new RangeSummary.Row(
                    guid(row.get(0).asString(""), '0'),
                    matching(REMOTE_ID, row.get(1), "id"),
                    matching(VERSION, row.get(2), "update date")));
        }
        return new RangeSummary.Rows(rows);
    }

    private static JsonNode triple(JsonNode node) {
        if (!node.isArray() || node.size() != PART_VALUES) {
            throw new InvalidDocumentException("row or part in the answer does not have " + PART_VALUES + " values");
        }
        return node;
    }

    private static String matching(Pattern form, JsonNode value, String what) {
        String text = value.asString("");
        if (!form.matcher(text).matches()) {
            throw new InvalidDocumentException("row or part in the answer has no valid " + what);
        }
        return text;
    }

    private static Guid guid(String digits, char filler) {
        if (digits.length() > DIGITS || !RANGE.matcher(digits + "-").matches()) {
            throw new InvalidDocumentException("row or part in the answer has no valid GUID");
        }
        return filled(digits, filler);
    }

    private static String digits(Guid guid) {
        return guid.toString().replace("-", "");
    }

    private static String trimmed(Guid guid, char filler) {
        String digits = digits(guid);
        int end = digits.length();
        while (end > 0 && digits.charAt(end - 1) == filler) {
            end--;
        }
        return digits.substring(0, end);
    }

    private static Guid filled(String digits, char filler) {
        char[] all = Arrays.copyOf(digits.toCharArray(), DIGITS);
        Arrays.fill(all, digits.length(), DIGITS, filler);
        String hex = new String(all);
        return new Guid(new UUID(
                Long.parseUnsignedLong(hex, 0, DIGITS / 2, 16), Long.parseUnsignedLong(hex, DIGITS / 2, DIGITS, 16)));
    }
}

package org.librarypeers.http;

import java.io.CharArrayReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;

/**
 * A search for the rows of a list after a place where its JSON cannot be parsed. The end of the broken row is unknown, because
 * one extra quotation mark inverts all strings after it. However, each intact row after it can be parsed separately.
 */
final class RowRecovery {

    /** The end of the list and of the answer, with {@code meta} if it comes last. */
    private static final Pattern END =
            Pattern.compile("]\\s*+(?:,\\s*+\"meta\"\\s*+:\\s*+(?<meta>\\{[^{}]*+})\\s*+)?}\\s*+$");

    /** Characters between rows, or left over from a row that was read. */
    private static final Pattern NOTHING = Pattern.compile("[\\s,{}\\[\\]]*+");

    private static final Pattern BETWEEN_OBJECTS = Pattern.compile("(?<=})\\s*+,\\s*+(?=\\{)");

    /** The key and value that identify the resource of a row, but not its tags or attachments. */
    private static final Pattern KEY_OF_ROW =
            Pattern.compile("\"resource_uri\"\\s*+:\\s*+\"/api/v1/resource/[A-Za-z0-9_-]{1,64}/\"");

    /** The limit on the characters parsed in all attempts together, as a multiple of the length of the text. */
    private static final int PASSES = 8;

    private final char[] text;
    private final int end;
    private final Predicate<JsonNode> isRow;
    private final List<Piece> pieces = new ArrayList<>();
    private long left;

    /**
     * A part of the text.
     *
     * @param row the row in this part; null if it cannot be read
     * @param text the text of an unreadable row; otherwise empty
     */
    record Piece(@Nullable JsonNode row, String text) {}

    /**
     * The result of a search.
     *
     * @param pieces the parts, in the order of the text
     * @param meta the text of {@code meta}; null if it does not follow the rows
     */
    record Found(List<Piece> pieces, @Nullable String meta) {}

    private RowRecovery(String text, int end, Predicate<JsonNode> isRow) {
        this.text = text.toCharArray();
        this.end = end;
        this.isRow = isRow;
        this.left = (long) PASSES * text.length();
    }

    /**
     * Searches for rows.
     *
     * @param text the rest of the answer, from the place where a row was expected
     * @param isRow distinguishes rows from other objects, such as parts of rows
     * @return empty if the text does not end as a list does, or takes too long to parse
     */
    static Optional<Found> of(String text, Predicate<JsonNode> isRow) {
        Matcher ending = END.matcher(text);
        if (!ending.find()) {
            return Optional.empty();
        }
        RowRecovery recovery = new RowRecovery(text, ending.start(), isRow);
        return recovery.findRows() ? Optional.of(new Found(recovery.pieces, ending.group("meta"))) : Optional.empty();
    }

    private boolean findRows() {
        int gap = 0;
        int at = 0;
        while (at < end && left > 0) {
            if (text[at] == '{' && mayBegin(at)) {
                CharArrayReader from = new CharArrayReader(text, at, end - at);
                try (JsonParser parser = OrbJson.forgivingFactory().createParser(ObjectReadContext.empty(), from)) {
                    parser.nextToken();
                    JsonNode object = BoundedTree.read(parser);
                    int length = (int) parser.currentLocation().getCharOffset();
                    left -= length;
                    if (object != null && isRow.test(object)) {
                        addUnreadable(gap, at);
                        pieces.add(new Piece(object, ""));
                        gap = at + length;
                        at = gap;
                        continue;
                    }
                } catch (JacksonException e) {
                    left -= Math.max(
                            1, e.getLocation() == null ? 1 : e.getLocation().getCharOffset());
                }
            }
            at++;
        }
        addUnreadable(gap, end);
        return left > 0;
    }

    /** Returns whether a row may begin at an index. The value of a key is not a row. */
    private boolean mayBegin(int at) {
        int before = at - 1;
        while (before >= 0 && Character.isWhitespace(text[before])) {
            before--;
        }
        return before < 0 || text[before] != ':';
    }

    /**
     * Adds the unreadable rows of a part of the text. Each row has the address of its resource. An object without such an
     * address, for example a tag, belongs to the row before it.
     */
    private void addUnreadable(int from, int to) {
        StringBuilder row = new StringBuilder();
        for (String part : BETWEEN_OBJECTS.split(new String(text, from, to - from))) {
            if (KEY_OF_ROW.matcher(part).find() && KEY_OF_ROW.matcher(row).find()) {
                addUnreadable(row.toString());
                row.setLength(0);
            }
            row.append(part).append(',');
        }
        addUnreadable(row.toString());
    }

    private void addUnreadable(String row) {
        if (!NOTHING.matcher(row).matches()) {
            pieces.add(new Piece(null, row.replaceAll("^[\\s,]+|[\\s,]+$", "")));
        }
    }
}

package org.librarypeers.app.move;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.librarypeers.http.wire.OrbTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of a database table, as {@code dumpdata} of Django writes it.
 *
 * @param where the place of the row in the file
 * @param model the name of the table in lower case, without the application
 * @param key the primary key, or the natural one; empty if the row has none
 * @param fields the columns
 */
record DumpRow(String where, String model, String key, ObjectNode fields) {

    /** Returns the number of the row. Empty if its key is not a number from 1. */
    OptionalLong number() {
        try {
            long number = Long.parseLong(key);
            return number > 0 ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns a text. Empty if the column is missing, null or blank. */
    Optional<String> text(String column) {
        JsonNode value = fields.path(column);
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /** Returns a text, or null. */
    @Nullable
    String textOrNull(String column) {
        return text(column).orElse(null);
    }

    boolean is(String column) {
        return fields.path(column).asBoolean(false);
    }

    int integer(String column) {
        return fields.path(column).asInt(0);
    }

    /** Returns the key of the row to which a column refers. Empty if it refers to no row. */
    Optional<String> reference(String column) {
        return Optional.of(keyOf(fields.path(column))).filter(key -> !key.isEmpty());
    }

    /** Returns the keys of the rows to which a column refers. */
    List<String> references(String column) {
        List<String> keys = new ArrayList<>();
        fields.path(column).valueStream().forEach(value -> keys.add(keyOf(value)));
        return keys;
    }

    /** Returns a time. A time without a zone is in UTC, as in the API of these sites. */
    Optional<Instant> time(String column) {
        return text(column).flatMap(OrbTime::read).map(time -> time.toInstant(ZoneOffset.UTC));
    }

    /** Returns a key as text: a number, a word, or the parts of a natural key. */
    static String keyOf(JsonNode value) {
        if (value.isArray()) {
            return String.join(
                    " ", value.valueStream().map(part -> part.asString("")).toList());
        }
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }
}

package org.librarypeers.http.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.Spelling;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one JSON object, each read as what it should be. A value that is absent, null or empty is no value. What cannot be
 * read is left out, and a remark says so.
 */
final class Fields {

    private final ObjectNode object;
    private final String path;
    private final Remarks remarks;
    private final TextCleaner cleaner;

    /**
     * Reads an object.
     *
     * @param path what remarks put before the names of fields, such as {@code tags[2].}; empty for the resource itself
     */
    Fields(JsonNode object, String path, Remarks remarks) {
        this.object = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> this.object.set(field.getKey(), field.getValue()));
        this.path = path;
        this.remarks = remarks;
        this.cleaner = new TextCleaner(remarks);
    }

    void remark(Kind kind, String field, String detail) {
        remarks.add(kind, path + field, detail);
    }

    private void notUnderstood(String field, JsonNode value) {
        remark(Kind.VALUE_NOT_UNDERSTOOD, field, Remarks.shown(value));
    }

    /** Returns the value of a field as text, if it is a text, number or truth value, or a list with just one. */
    Optional<String> string(String field) {
        JsonNode value = object.path(field);
        JsonNode single = value.isArray() && value.size() == 1 ? value.get(0) : value;
        if (single.isContainer()) {
            if (!single.isEmpty()) {
                notUnderstood(field, value);
            }
            return Optional.empty();
        }
        return single.isNull() || single.isMissingNode()
                ? Optional.empty()
                : Optional.of(single.asString()).filter(text -> !text.isBlank());
    }

    /** Returns a name on one line. */
    @Nullable
    String line(String field) {
        return string(field)
                .map(text -> cleaner.line(path + field, text))
                .filter(Spelling::isVisible)
                .orElse(null);
    }

    /** Returns a name on one line, without characters that turn the direction of what follows. */
    @Nullable
    String name(String field) {
        String name = line(field);
        return name == null ? null : cleaner.withoutOverrides(path + field, name);
    }

    /** Returns an address without what no address holds, and without user name and password. */
    @Nullable
    String address(String field) {
        String address = string(field)
                .map(text -> cleaner.address(path + field, text))
                .filter(Spelling::isVisible)
                .orElse(null);
        String plain = address == null ? null : Addresses.withoutCredentials(address);
        if (plain != null && !plain.equals(address)) {
            remark(Kind.CREDENTIALS_REMOVED, field, plain);
        }
        return plain;
    }

    /** Returns a whole number, or the other one if there is none in that range. */
    long number(String field, long least, long most, long otherwise) {
        Optional<String> digits = string(field);
        if (digits.isEmpty()) {
            return otherwise;
        }
        try {
            long number = new BigDecimal(digits.get().strip()).longValueExact();
            if (number >= least && number <= most) {
                return number;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Said below.
        }
        notUnderstood(field, object.path(field));
        return otherwise;
    }

    /** Returns the GUID, if there is one that can be read. */
    Optional<Guid> guid() {
        Optional<String> text = string("guid");
        Optional<Guid> guid = text.flatMap(Guid::parse);
        if (text.isPresent() && guid.isEmpty()) {
            remark(Kind.GUID_DERIVED, "guid", Remarks.shown(text.get()) + " is not a UUID");
        }
        return guid;
    }

    /**
     * Returns a text in all its languages.
     *
     * @param language of the field that does not say its language
     */
    LocalizedText text(String field, String language, int maxLength) {
        return text(field, language, (name, text) -> cleaner.fitting(name, text, maxLength));
    }

    /** As {@link #text}, without characters that turn the direction of what follows. */
    LocalizedText title(String field, String language, int maxLength) {
        return text(
                field,
                language,
                (name, text) -> cleaner.fitting(name, cleaner.withoutOverrides(name, text), maxLength));
    }

    /** As {@link #text}, a text with markup. */
    LocalizedText html(String field, String language, int maxLength) {
        return text(field, language, (name, text) -> cleaner.html(name, text, maxLength));
    }

    /** Returns a name in the languages that it says, without those in which it is too long: half a name is another one. */
    LocalizedText names(String field, int maxLength) {
        spread(field);
        clean(Texts.languages(object, field), (name, sent) -> {
            String text = cleaner.withoutOverrides(name, sent);
            int length = TextCleaner.normalized(text).length();
            if (length <= maxLength) {
                return text;
            }
            remarks.add(Kind.TEXT_LEFT_OUT, name, length + " characters long; at most " + maxLength + " are kept");
            return "";
        });
        return Texts.readLanguages(object, field);
    }

    private interface Shortener {
        String fitting(String field, String text);
    }

    private LocalizedText text(String field, String language, Shortener shortener) {
        spread(field);
        clean(Texts.languages(object, field), shortener);
        clean(Map.of(language, field), shortener);
        return Texts.read(object, field, language);
    }

    /** Replaces the texts under these keys, by language, by what can be kept of them. */
    private void clean(Map<String, String> keys, Shortener shortener) {
        keys.forEach((language, key) -> {
            Optional<String> text = string(key);
            String kept = text.map(words -> shortener.fitting(path + key, cleaner.storable(path + key, words)))
                    .orElse("");
            object.remove(key);
            if (!kept.isBlank()) {
                try {
                    LocalizedText.of(language, kept);
                    object.put(key, kept);
                } catch (IllegalArgumentException e) {
                    remark(Kind.TEXT_LEFT_OUT, key, String.valueOf(e.getMessage()));
                }
            }
        });
    }

    /** Reads {@code "title": {"en": "Water"}} as {@code "title_en": "Water"}. */
    private void spread(String field) {
        JsonNode value = object.path(field);
        boolean byLanguage = value.isObject()
                && !value.isEmpty()
                && value.propertyStream()
                        .allMatch(text -> Texts.isLanguage(text.getKey())
                                && (text.getValue().isString()
                                        || text.getValue().isNull()));
        if (byLanguage) {
            object.remove(field);
            value.properties().forEach(text -> {
                String key = Texts.key(field, text.getKey().toLowerCase(Locale.ROOT));
                if (object.path(key).asString("").isBlank()) {
                    object.set(key, text.getValue());
                }
            });
        }
    }

    /** One entry of a list. */
    record ListEntry(JsonNode value, String path) {}

    /**
     * Returns the entries of a list. Some sites write a list as an object with numbers as keys, or a single entry without a list.
     *
     * @param most so many are returned; one remark says that there are others
     * @param leftOut the kind of that remark
     */
    List<ListEntry> list(String field, int most, Kind leftOut) {
        JsonNode list = object.path(field);
        List<JsonNode> values = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(values::add);
        } else if (list.isObject()
                && list.propertyStream().allMatch(entry -> entry.getKey().matches("\\d{1,9}"))) {
            list.propertyStream().map(Map.Entry::getValue).forEach(values::add);
        } else if (list.isObject()) {
            values.add(list);
        } else {
            string(field).ifPresent(text -> notUnderstood(field, list));
        }
        List<ListEntry> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isNull()) {
                parts.add(new ListEntry(values.get(i), path + field + "[" + i + "]"));
            }
        }
        if (parts.size() <= most) {
            return parts;
        }
        remark(leftOut, field, (parts.size() - most) + " of " + parts.size() + "; at most " + most + " are kept");
        return parts.subList(0, most);
    }
}

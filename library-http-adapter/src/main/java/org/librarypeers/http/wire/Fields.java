package org.librarypeers.http.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.Spelling;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, each read as the type that it should have. A value that is absent, null or empty counts as no
 * value. A value that cannot be read is left out, with a remark.
 */
final class Fields {

    private JsonNode object;
    private final String path;
    private final Remarks remarks;
    private final TextCleaner cleaner;

    /**
     * Creates the fields of an object.
     *
     * @param path the prefix of field names in remarks, such as {@code tags[2].}; empty for the resource itself
     */
    Fields(JsonNode object, String path, Remarks remarks) {
        this.object = object;
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

    /**
     * Returns the text of a field that contains a string, number or boolean, or a list with exactly one of these; otherwise
     * empty.
     */
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

    /** Returns a name on one line; null if it is missing. */
    @Nullable
    String line(String field) {
        return string(field)
                .map(text -> cleaner.line(path + field, text))
                .filter(Spelling::isVisible)
                .orElse(null);
    }

    /** Returns a name on one line, without characters that override the direction of text; null if it is missing. */
    @Nullable
    String name(String field) {
        String name = line(field);
        return name == null ? null : cleaner.withoutOverrides(path + field, name);
    }

    /**
     * Returns an address without characters that are not allowed in addresses, and without user name and password; null if
     * there is none.
     */
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

    /** Returns a whole number from {@code least} to {@code most}; {@code otherwise} if it is missing. */
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
            // The remark is added below.
        }
        notUnderstood(field, object.path(field));
        return otherwise;
    }

    /** Returns the GUID; empty if it is missing or invalid. */
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
     * @param language the language of the field whose key does not name one
     */
    LocalizedText text(String field, String language, int maxLength) {
        return text(field, language, (name, text) -> cleaner.fitting(name, text, maxLength));
    }

    /** Returns a text, as {@link #text} does, without characters that override the direction of text. */
    LocalizedText title(String field, String language, int maxLength) {
        return text(
                field,
                language,
                (name, text) -> cleaner.fitting(name, cleaner.withoutOverrides(name, text), maxLength));
    }

    /** Returns a text with markup, as {@link #text} does. */
    LocalizedText html(String field, String language, int maxLength) {
        return text(field, language, (name, text) -> cleaner.html(name, text, maxLength));
    }

    /**
     * Returns the translations of a name. A translation that is too long is left out, because a shortened name would be a
     * different name.
     */
    LocalizedText names(String field, int maxLength) {
        spread(field);
        return read(Texts.languages(object, field), (name, sent) -> {
            String text = cleaner.withoutOverrides(name, sent);
            int length = TextCleaner.normalized(text).length();
            if (length <= maxLength) {
                return text;
            }
            remarks.add(Kind.TEXT_LEFT_OUT, name, Remarks.tooLong(length, maxLength));
            return "";
        });
    }

    private interface Shortener {
        String fitting(String field, String text);
    }

    /**
     * Returns the text under the field's keys of every language, and under the field itself. The latter is left out if its
     * language has a key, or if it repeats another text.
     */
    private LocalizedText text(String field, String language, Shortener shortener) {
        spread(field);
        Map<String, String> keys = Texts.languages(object, field);
        LocalizedText text = read(keys, shortener);
        Optional<String> own = string(field);
        if (own.isEmpty() || keys.values().stream().anyMatch(key -> own.equals(Texts.string(object, key)))) {
            return text;
        }
        Optional<String> words = read(Map.of(language, field), shortener).in(language);
        boolean isNew = words.isPresent()
                && text.in(language).isEmpty()
                && !text.texts().containsValue(words.get());
        return isNew ? text.with(language, words.get()) : text;
    }

    /** Returns the texts under these keys, which are given by language, as far as they can be saved. */
    private LocalizedText read(Map<String, String> keys, Shortener shortener) {
        Map<String, String> texts = new TreeMap<>();
        keys.forEach((language, key) -> string(key)
                .map(words -> shortener.fitting(path + key, cleaner.storable(path + key, words)))
                .ifPresent(words -> texts.put(language, words)));
        try {
            return new LocalizedText(texts);
        } catch (IllegalArgumentException e) {
            // One by one, so that only the invalid ones are left out.
            texts.entrySet().removeIf(text -> !isValid(text.getKey(), text.getValue(), keys.get(text.getKey())));
            return new LocalizedText(texts);
        }
    }

    private boolean isValid(String language, String text, @Nullable String key) {
        try {
            LocalizedText.of(language, text);
            return true;
        } catch (IllegalArgumentException e) {
            remark(Kind.TEXT_LEFT_OUT, String.valueOf(key), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void spread(String field) {
        object = Texts.spread(object, field);
    }

    /** One entry of a list, with the path that remarks show. */
    record ListEntry(JsonNode value, String path) {}

    /**
     * Returns the entries of a list. Some sites write a list as an object with numbers as keys, or a single entry without a
     * list.
     *
     * @param most the maximum number of entries to return; one remark reports the others
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
        List<ListEntry> entries = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isNull()) {
                entries.add(new ListEntry(values.get(i), path + field + "[" + i + "]"));
            }
        }
        if (entries.size() <= most) {
            return entries;
        }
        String count = String.format(
                Locale.ROOT, "%,d of %,d; at most %,d are allowed", entries.size() - most, entries.size(), most);
        remark(leftOut, field, count);
        return entries.subList(0, most);
    }
}

package org.librarypeers.app.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Sha256;

/** The values of a form, with an error message for each invalid field. Not thread-safe. */
public final class FormData {

    /** The field that holds the digest of the values that the form {@linkplain #sealed showed}. */
    public static final String SEEN = "seen";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();

    /** Reads the fields from the request, without surrounding white space. */
    public static FormData read(Visit visit, String... fields) {
        FormData form = new FormData();
        for (String field : fields) {
            form.with(field, visit.field(field));
        }
        return form;
    }

    /** Sets the value of a field; null makes it empty. Returns this form. */
    public FormData with(String field, @Nullable String value) {
        values.put(field, value == null ? "" : value);
        return this;
    }

    /**
     * Adds a digest of the current values as {@value #SEEN} and returns this form. When the form is sent, the digest shows
     * whether the stored values have changed since the form was shown.
     */
    public FormData sealed() {
        StringBuilder all = new StringBuilder();
        values.forEach((field, value) ->
                all.append(field).append(' ').append(value.length()).append(' ').append(value));
        return with(SEEN, Sha256.hex(all.toString()));
    }

    /** Returns whether the digest of this form equals that of a {@linkplain #sealed sealed} form with the stored values. */
    public boolean isBasedOn(FormData stored) {
        return value(SEEN).equals(stored.value(SEEN));
    }

    /** Returns the value of a field; empty if it is missing. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** Returns the value of a field; null if it is empty or missing. */
    public @Nullable String orNull(String field) {
        String value = value(field);
        return value.isEmpty() ? null : value;
    }

    /** Adds an error message for a field. Only the first message per field is kept. */
    public void refuse(String field, String why) {
        wrong.putIfAbsent(field, why);
    }

    /** Returns the error message for a field; null if it is missing. */
    public @Nullable String wrong(String field) {
        return wrong.get(field);
    }

    /** Returns all error messages. */
    public Collection<String> allWrong() {
        return wrong.values();
    }

    /** Returns whether there are no errors. */
    public boolean isGood() {
        return wrong.isEmpty();
    }
}

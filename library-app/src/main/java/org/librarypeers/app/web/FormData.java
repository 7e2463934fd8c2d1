package org.librarypeers.app.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form as somebody filled it in, and what is wrong with it. For one thread. */
public final class FormData {

    /** The field that holds {@link #sealed what was shown}, in short. */
    public static final String SEEN = "seen";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();

    /** What was typed into these fields, without the space around it. */
    public static FormData read(Visit visit, String... fields) {
        FormData form = new FormData();
        for (String field : fields) {
            form.with(field, visit.field(field));
        }
        return form;
    }

    /** This form, with that in that field. */
    public FormData with(String field, @Nullable String value) {
        values.put(field, value == null ? "" : value);
        return this;
    }

    /**
     * This form, with its values in short as {@value #SEEN}: sent back, it tells whether what is stored is still what the form
     * showed.
     */
    public FormData sealed() {
        StringBuilder all = new StringBuilder();
        values.forEach((field, value) ->
                all.append(field).append(' ').append(value.length()).append(' ').append(value));
        return with(SEEN, HexFormat.of().formatHex(sha256(all.toString())));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether this form was filled in on top of what that {@linkplain #sealed sealed} one shows. */
    public boolean isOnTopOf(FormData stored) {
        return value(SEEN).equals(stored.value(SEEN));
    }

    /** What is in that field; empty if nothing is. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** What is in that field; null if nothing is. */
    public @Nullable String orNull(String field) {
        String value = value(field);
        return value.isEmpty() ? null : value;
    }

    /** Notes what is wrong with that field; the first of several things stays. */
    public void refuse(String field, String why) {
        wrong.putIfAbsent(field, why);
    }

    /** What is wrong with that field, in words; null if nothing is. */
    public @Nullable String wrong(String field) {
        return wrong.get(field);
    }

    /** All that is wrong, in words. */
    public Collection<String> allWrong() {
        return wrong.values();
    }

    /** Whether nothing is wrong. */
    public boolean isGood() {
        return wrong.isEmpty();
    }
}

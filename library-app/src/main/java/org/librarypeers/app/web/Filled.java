package org.librarypeers.app.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form as somebody filled it in, and what is wrong with it. For one thread. */
public final class Filled {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();

    /** What was typed into these fields, without the space around it. */
    public static Filled read(Visit visit, String... fields) {
        Filled form = new Filled();
        for (String field : fields) {
            form.with(field, visit.field(field));
        }
        return form;
    }

    /** This form, with that in that field. */
    public Filled with(String field, @Nullable String value) {
        values.put(field, value == null ? "" : value);
        return this;
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

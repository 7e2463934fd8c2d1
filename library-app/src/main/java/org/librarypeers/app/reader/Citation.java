package org.librarypeers.app.reader;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The citation of a resource.
 *
 * @param author who is credited
 * @param year the year in which the resource was made; null if unknown
 * @param address the absolute address of its page
 * @param key the key of the BibTeX entry, from letters, digits and hyphens
 */
record Citation(
        String author,
        String title,
        String language,
        String library,
        @Nullable Integer year,
        String address,
        String key) {

    private static final DateTimeFormatter VANCOUVER = DateTimeFormatter.ofPattern("yyyy MMM d", Locale.ENGLISH);

    /** Returns the reference in the Vancouver style, which health journals use. */
    String text(LocalDate today) {
        return sentence(author) + " " + title + " [Internet]. " + library + (year == null ? "" : "; " + year)
                + " [cited " + VANCOUVER.format(today) + "]. Available from: " + address;
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** Returns an entry for BibTeX. */
    String bibtex(LocalDate today) {
        Map<String, String> fields = new LinkedHashMap<>();
        // Inner braces keep the capital letters, and an organisation in one piece.
        fields.put("author", "{" + escaped(author) + "}");
        fields.put("title", "{" + escaped(title) + "}");
        fields.put("howpublished", escaped(library));
        if (year != null) {
            fields.put("year", String.valueOf(year));
        }
        fields.put("url", address);
        fields.put("urldate", today.toString());
        fields.put("language", language);
        return fields.entrySet().stream()
                .map(field -> "  " + field.getKey() + " = {" + field.getValue() + "}")
                .collect(Collectors.joining(",\n", "@misc{" + key + ",\n", "\n}"));
    }

    /** Removes commands and braces, and escapes the other characters that have a meaning in TeX. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\{}]", "").replaceAll("([%$#&_])", "\\\\$1").replaceAll("([~^])", "\\\\$1{}");
    }
}

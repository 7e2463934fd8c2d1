package org.librarypeers.http.wire;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;
import tools.jackson.core.JsonGenerator;

/** A writer of single fields. Except in the full form, it writes only values that existing sites can save. */
final class OrbFields {

    private final JsonGenerator out;
    private final Site site;
    private final String language;
    private final boolean full;
    private @Nullable Instant lastTime;
    private String lastTimeText = "";

    OrbFields(JsonGenerator out, Site site, String language, boolean full) {
        this.out = out;
        this.site = site;
        this.language = language;
        this.full = full;
    }

    /** Writes the number and the address in the API of an object. */
    void identify(String type, long id) {
        out.writeNumberProperty("id", id);
        out.writeStringProperty("resource_uri", uri(type, id));
    }

    /** Writes a text, or null. */
    void string(String field, @Nullable String value) {
        if (value == null) {
            out.writeNullProperty(field);
        } else {
            out.writeStringProperty(field, value);
        }
    }

    /** Returns a time as text. The times of a resource and its taggings are often the same. */
    String time(Instant time) {
        if (!time.equals(lastTime)) {
            lastTime = time;
            lastTimeText = OrbTime.text(time);
        }
        return lastTimeText;
    }

    private static String uri(String type, long id) {
        return "/api/v1/" + type + "/" + id + "/";
    }

    /**
     * Writes a text without a language, and under the key of each language. The key of a default language (of this site or of
     * existing sites) is left out if the text exists only in other languages, or if it differs from the text without a
     * language. Readers would otherwise lose the text that they received, or abort.
     *
     * @param order the languages of the text without a language, the preferred one first
     * @param unset the value if there is no text
     */
    void text(String field, LocalizedText text, List<String> order, @Nullable String unset) {
        String shown = text.isEmpty() ? unset : text.best(order);
        string(field, shown);
        for (String each : languagesOf(text)) {
            String words = text.in(each).orElse(unset);
            boolean first = each.equals(site.defaultLanguage()) || each.equals(ResourceDocument.FIRST_OF_ORB);
            boolean missing = first && !text.isEmpty() && text.in(each).isEmpty();
            if (!missing && (Objects.equals(words, shown) || !isForbiddenToDiffer(each))) {
                string(Texts.key(field, each), words);
            }
        }
    }

    private boolean isForbiddenToDiffer(String each) {
        return !full && each.equals(ResourceDocument.FIRST_OF_ORB) && language.equals(ResourceDocument.FIRST_OF_ORB);
    }

    /** Writes the name of a tag or category, which has a text of its own and optional translations. */
    void name(String field, String own, LocalizedText texts) {
        out.writeStringProperty(field, full ? own : shown(own, texts));
        Map<String, @Nullable String> names = new LinkedHashMap<>();
        languagesOf(texts).forEach(each -> names.put(each, texts.in(each).orElse(null)));
        if (!full) {
            String first = texts.in(site.defaultLanguage()).orElse(own);
            names.put(site.defaultLanguage(), first);
            // Existing sites save a tag without this key as a tag without a name.
            names.put(
                    ResourceDocument.FIRST_OF_ORB,
                    texts.in(ResourceDocument.FIRST_OF_ORB).orElse(first));
        }
        names.forEach((each, name) -> string(Texts.key(field, each), name));
    }

    /** Returns the name to show. In the first language of existing sites, the key of that language has the same value. */
    String shown(String own, LocalizedText texts) {
        return texts.in(language).or(() -> texts.in(site.defaultLanguage())).orElse(own);
    }

    /** Returns the languages of the site, and then the others of a text. */
    Collection<String> languagesOf(LocalizedText text) {
        if (site.languages().containsAll(text.languages())) {
            return site.languages();
        }
        Set<String> languages = new LinkedHashSet<>(site.languages());
        languages.addAll(text.languages());
        return languages;
    }

    /**
     * Returns the address of an image; null if readers might be unable to fetch it. Existing sites fetch images while they
     * read, and abort if an address is invalid or does not answer.
     */
    @Nullable
    String image(@Nullable String address, int longest) {
        if (address == null) {
            return null;
        }
        String absolute = site.absolute(address);
        return full || site.isKnownToAnswer(absolute) ? unlessTooLong(absolute, longest) : null;
    }

    /** Returns a value, or null if existing sites cannot save it because of its length. */
    @Nullable
    String unlessTooLong(@Nullable String value, int longest) {
        return value == null || (!full && value.length() > longest) ? null : value;
    }
}

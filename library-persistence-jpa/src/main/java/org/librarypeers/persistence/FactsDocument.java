package org.librarypeers.persistence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.OfferFacts;

/** The JSON form of the facts of an offer. Properties may be added, but never renamed. */
record FactsDocument(
        @JsonProperty("title") Map<String, String> title,
        @JsonProperty("categories") Set<String> categories,
        @JsonProperty("tags") Set<String> tags,
        @JsonProperty("languages") Set<String> languages,
        @JsonProperty("types") Set<String> types,
        @JsonProperty("updated") @Nullable String updated) {

    /** Returns the JSON of the facts, or null if they are not known. */
    static @Nullable String write(@Nullable OfferFacts facts) {
        return facts == null
                ? null
                : Texts.storable(Json.write(new FactsDocument(
                        facts.title().texts(),
                        new TreeSet<>(facts.categories()),
                        new TreeSet<>(facts.tags()),
                        new TreeSet<>(facts.languages()),
                        new TreeSet<>(facts.types()),
                        facts.updated() == null ? null : facts.updated().toString())));
    }

    /** Returns the facts in a column; null if the column is null. */
    static @Nullable OfferFacts read(@Nullable String json) {
        return json == null ? null : Json.read(json, FactsDocument.class).toDomain();
    }

    private OfferFacts toDomain() {
        return new OfferFacts(
                new LocalizedText(title),
                categories,
                tags,
                languages,
                types,
                updated == null ? null : LocalDate.parse(updated));
    }
}

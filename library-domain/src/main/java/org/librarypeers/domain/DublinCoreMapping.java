package org.librarypeers.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a resource that the Dublin Core elements of a repository fill. It has a text form, which contains only the differences from
 * the {@linkplain #DEFAULT default}: {@code subject=tag:Topic; rights=nothing; texts-in=fr}.
 *
 * @param targets the target of every element
 * @param language the language of texts for which a record states none
 */
public record DublinCoreMapping(Map<Element, Target> targets, String language) {

    /** The maximum length of the text form, in characters. */
    public static final int MAX_LENGTH = 2_000;

    private static final String LANGUAGE = "texts-in";
    private static final String TAG = "tag:";

    /** The mapping that is used unless an administrator chooses another one. */
    public static final DublinCoreMapping DEFAULT = new DublinCoreMapping(
            Map.ofEntries(
                    Map.entry(Element.TITLE, Target.of(Field.TITLE)),
                    Map.entry(Element.DESCRIPTION, Target.of(Field.DESCRIPTION)),
                    Map.entry(Element.CREATOR, Target.of(Field.ATTRIBUTION)),
                    Map.entry(Element.CONTRIBUTOR, Target.of(Field.ATTRIBUTION)),
                    Map.entry(Element.RIGHTS, Target.of(Field.ATTRIBUTION)),
                    Map.entry(Element.DATE, Target.of(Field.DATE)),
                    Map.entry(Element.IDENTIFIER, Target.of(Field.LINK)),
                    Map.entry(Element.SUBJECT, Target.tag("Subject")),
                    Map.entry(Element.PUBLISHER, Target.tag("Organisation")),
                    Map.entry(Element.TYPE, Target.tag("Type")),
                    Map.entry(Element.LANGUAGE, Target.tag("Language"))),
            "en");

    /**
     * Completes the targets: an element without one fills nothing.
     *
     * @throws IllegalArgumentException if no element fills the title, or if the language code is invalid
     */
    public DublinCoreMapping {
        Map<Element, Target> all = new EnumMap<>(Element.class);
        for (Element element : Element.values()) {
            all.put(element, targets.getOrDefault(element, Target.of(Field.NOTHING)));
        }
        if (all.values().stream().noneMatch(target -> target.field() == Field.TITLE)) {
            throw new IllegalArgumentException("no Dublin Core element fills the title; add title=title");
        }
        targets = Collections.unmodifiableMap(all);
        language = LocalizedText.language(language);
    }

    /** An element of simple Dublin Core. */
    public enum Element {
        /** The names of the resource. */
        TITLE,
        /** The persons or organizations that made it. */
        CREATOR,
        /** Topics, keywords and classification codes. */
        SUBJECT,
        /** Abstracts and descriptions. */
        DESCRIPTION,
        /** The organizations that published it. */
        PUBLISHER,
        /** Others who contributed. */
        CONTRIBUTOR,
        /** Dates in its life. */
        DATE,
        /** Its genre or nature. */
        TYPE,
        /** Its media type or size. */
        FORMAT,
        /** Addresses and other identifiers. */
        IDENTIFIER,
        /** The work from which it was derived. */
        SOURCE,
        /** Its languages. */
        LANGUAGE,
        /** Related resources. */
        RELATION,
        /** The places and times that it is about. */
        COVERAGE,
        /** Licences and rights. */
        RIGHTS;

        /** Returns the lower-case name, which is that of the XML element. */
        public String word() {
            return EnumWord.of(this);
        }

        /** Returns the element with this {@link #word}. Empty if there is no such element. */
        public static Optional<Element> ofWord(String word) {
            return EnumWord.find(Element.class, word);
        }
    }

    /** A part of a resource that an element can fill. */
    public enum Field {
        /** The title; further ones in the same language are put before the description. */
        TITLE,
        /** The description. */
        DESCRIPTION,
        /** The credits. */
        ATTRIBUTION,
        /** The date on which the resource was made: the earliest that can be read. */
        DATE,
        /** Links: the values that are web addresses. */
        LINK,
        /** Tags of one category. */
        TAG,
        /** No part; the values are not read. */
        NOTHING;

        /** Returns the lower-case name, for the text form. */
        String word() {
            return EnumWord.of(this);
        }
    }

    /**
     * The part of a resource that an element fills.
     *
     * @param field the field
     * @param category the category of the tags; null for other fields
     */
    public record Target(Field field, @Nullable String category) {

        /**
         * Validates the category.
         *
         * @throws IllegalArgumentException if a target for tags has no valid category, or another target has one
         */
        public Target {
            if (field == Field.TAG) {
                category = Checks.line("tag category", category, Tag.MAX_NAME);
                if (category.indexOf(';') >= 0) {
                    throw new IllegalArgumentException("tag category " + Checks.shown(category)
                            + " contains a semicolon, which separates the parts of a mapping");
                }
            } else if (category != null) {
                throw new IllegalArgumentException("only tags have a category, not " + field.word());
            }
        }

        /** Returns the target for a field that needs no category. */
        public static Target of(Field field) {
            return new Target(field, null);
        }

        /** Returns the target for tags of a category. */
        public static Target tag(String category) {
            return new Target(Field.TAG, category);
        }

        private static Target parse(String text) {
            if (text.regionMatches(true, 0, TAG, 0, TAG.length())) {
                return tag(text.substring(TAG.length()));
            }
            return EnumWord.find(Field.class, text.toLowerCase(Locale.ROOT))
                    .filter(field -> field != Field.TAG)
                    .map(Target::of)
                    .orElseThrow(() -> new IllegalArgumentException("a Dublin Core element cannot fill "
                            + Checks.shown(text) + "; use title, description, attribution, date, link, tag:CATEGORY or"
                            + " nothing"));
        }

        @Override
        public String toString() {
            return category == null ? field.word() : TAG + category;
        }
    }

    /** Returns the target of an element. */
    public Target target(Element element) {
        return targets.getOrDefault(element, Target.of(Field.NOTHING));
    }

    /**
     * Parses the text form. An empty text is the default.
     *
     * @throws IllegalArgumentException if the text is invalid; the message is meant for the person who typed it
     */
    public static DublinCoreMapping parse(String text) {
        Checks.storable("mapping", text, MAX_LENGTH);
        Map<Element, Target> targets = new EnumMap<>(DEFAULT.targets);
        String language = DEFAULT.language;
        for (String part : parts(text)) {
            int equals = part.indexOf('=');
            String key = part.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
            String value = part.substring(equals + 1).strip();
            if (key.equals(LANGUAGE)) {
                language = value;
            } else {
                Element element = Element.ofWord(key)
                        .orElseThrow(() -> new IllegalArgumentException("mapping has the part " + Checks.shown(part)
                                + ", which does not begin with a Dublin Core element and =; write, for example,"
                                + " subject=tag:Topic"));
                targets.put(element, Target.parse(value));
            }
        }
        return new DublinCoreMapping(targets, language);
    }

    private static List<String> parts(String text) {
        return Stream.of(text.split("[;\\r\\n]"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Returns the text form. Empty for the default. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        targets.forEach((element, target) -> {
            if (!target.equals(DEFAULT.target(element))) {
                parts.add(element.word() + '=' + target);
            }
        });
        if (!language.equals(DEFAULT.language)) {
            parts.add(LANGUAGE + '=' + language);
        }
        return parts.stream().collect(Collectors.joining("; "));
    }
}

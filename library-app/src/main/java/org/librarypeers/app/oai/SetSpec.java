package org.librarypeers.app.oai;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.DatedSet;

/**
 * The names of sets. They are hierarchical: {@code tag} has a set for each tag, {@code category} one for each category of tags, and
 * {@code language} one for each language of titles.
 *
 * <p>A name has only letters and digits of ASCII, {@code -}, {@code _}, {@code .}, and {@code ~}, which begins the two hexadecimal digits
 * of any other byte of the text in UTF-8. The text of a category is its folded name, of a tag its slug, of a language its code. So a name
 * stays the same as long as its category, tag or language exists under this name.
 */
final class SetSpec {

    /** The set of all resources, because each has a title in some language. */
    static final String LANGUAGES = "language";

    /** The set of the resources with tags. */
    static final String CATEGORIES = "category";

    /** The set of the resources with tags. */
    static final String TAGS = "tag";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.!~*'()-]+(:[A-Za-z0-9_.!~*'()-]+)*");
    private static final HexFormat HEX = HexFormat.of();
    private static final char ESCAPE = '~';
    private static final char SEPARATOR = ':';
    private static final int ESCAPED_LENGTH = 3;

    private SetSpec() {}

    static String ofCategory(String name) {
        return CATEGORIES + SEPARATOR + encoded(Spelling.folded(name));
    }

    static String ofTag(Slug slug) {
        return TAGS + SEPARATOR + encoded(slug.value());
    }

    static String ofLanguage(String code) {
        return LANGUAGES + SEPARATOR + encoded(code);
    }

    /** Returns the names of the most specific sets to which a resource belongs, without duplicates. */
    static Set<String> of(CatalogueEntry entry) {
        Set<String> sets = new LinkedHashSet<>();
        List<Tag> tags = entry.resource().content().tags();
        tags.forEach(tag -> sets.add(ofCategory(tag.category())));
        entry.taggings().forEach(tagging -> sets.add(ofTag(tagging.slug())));
        entry.resource().content().title().languages().forEach(language -> sets.add(ofLanguage(language)));
        return sets;
    }

    /** Returns whether a text has the form of a name that OAI-PMH prescribes. */
    static boolean isSetSpec(String text) {
        return FORM.matcher(text).matches();
    }

    /** Returns the set with this name. Empty if no set of this library can have it. */
    static Optional<DatedSet> parse(String name) {
        int colon = name.indexOf(SEPARATOR);
        if (colon < 0) {
            return switch (name) {
                case LANGUAGES -> Optional.of(DatedSet.ALL);
                case CATEGORIES, TAGS -> Optional.of(DatedSet.ANY_TAG);
                default -> Optional.empty();
            };
        }
        Optional<String> text = decoded(name.substring(colon + 1));
        return switch (name.substring(0, colon)) {
            case CATEGORIES -> text.map(DatedSet::ofCategory);
            case TAGS -> text.flatMap(Slug::parse).map(DatedSet::ofTag);
            case LANGUAGES -> text.filter(LocalizedText::isLanguage).map(DatedSet::ofLanguage);
            default -> Optional.empty();
        };
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) (each & 0xff))) {
                encoded.append((char) each);
            } else {
                encoded.append(ESCAPE).append(HEX.toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_'
                || character == '.';
    }

    /** Returns the text that was encoded. Empty if there is no text with this encoding. */
    private static Optional<String> decoded(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char character = encoded.charAt(i);
            if (isPlain(character)) {
                bytes.put((byte) character);
            } else if (character == ESCAPE && isEscape(encoded, i)) {
                bytes.put((byte) HexFormat.fromHexDigits(encoded, i + 1, i + ESCAPED_LENGTH));
                i += ESCAPED_LENGTH - 1;
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(bytes.flip())
                            .toString())
                    .filter(text -> encoded(text).equals(encoded));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isEscape(String encoded, int start) {
        return start + ESCAPED_LENGTH <= encoded.length()
                && HexFormat.isHexDigit(encoded.charAt(start + 1))
                && HexFormat.isHexDigit(encoded.charAt(start + 2));
    }
}

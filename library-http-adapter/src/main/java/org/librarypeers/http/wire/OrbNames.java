package org.librarypeers.http.wire;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A comparison of names that follows the databases of existing sites. These are MySQL servers of all versions, whose usual
 * collations differ. Two names count as equal if any of these collations treats them as equal.
 */
final class OrbNames {

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}]");
    private static final String ANY_EMOJI = "\uFFFD";

    private OrbNames() {}

    /**
     * Returns the keys of a name. Two names with a common key may be the same to an existing site. No collation distinguishes
     * upper and lower case, accents, or spaces at the end.
     */
    static Set<String> keys(String name) {
        return new HashSet<>(List.of(asGeneral(name), asUnicode(name)));
    }

    /**
     * Returns the key for {@code utf8_general_ci}, which compares single characters: ß equals s, and all characters beyond 16
     * bits are equal.
     */
    private static String asGeneral(String name) {
        StringBuilder key = new StringBuilder(name.length());
        for (int character : (Iterable<Integer>) base(name).codePoints()::iterator) {
            if (character > Character.MAX_VALUE) {
                key.append(ANY_EMOJI);
            } else if (character == 0xDF || character == 0x1E9E) {
                key.append('S');
            } else {
                key.appendCodePoint(Character.toUpperCase(character));
            }
        }
        return key.toString().stripTrailing();
    }

    /**
     * Returns the key for the Unicode collations: ß equals ss, æ equals ae, strokes count as accents, invisible characters are
     * ignored.
     */
    private static String asUnicode(String name) {
        String key = INVISIBLE
                .matcher(base(name))
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .replace("\u1E9E", "SS")
                .replace("\u00C6", "AE")
                .replace("\u0152", "OE")
                .replace('\u00D8', 'O')
                .replace('\u0110', 'D')
                .replace('\u0126', 'H')
                .replace('\u0141', 'L');
        return key.strip();
    }

    /** Returns the characters without their marks, in their compatibility form. */
    private static String base(String name) {
        return MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    }
}

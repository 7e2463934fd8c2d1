package org.librarypeers.http.wire;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.TextCut;

/** A cleaner that makes texts of a peer storable. It removes what cannot be saved, and cuts what is too long. */
final class TextCleaner {

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\t\\n\\r]+");
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)\\b(https?|ftps?|sftp)://[^\\s/?#\"'<>@:]*:[^\\s/?#\"'<>@]*@");

    private final Remarks remarks;

    TextCleaner(Remarks remarks) {
        this.remarks = remarks;
    }

    /** Returns the text without NUL characters and unpaired surrogates. */
    String storable(String field, String text) {
        return without(field, text, character -> character == 0 || isHalf(character));
    }

    /**
     * Returns the text on one line, without control characters and unpaired surrogates. Line breaks and tabs between words
     * become spaces.
     */
    String line(String field, String text) {
        String line = text.strip();
        String flat = LINE_BREAKS.matcher(line).replaceAll(" ");
        if (!flat.equals(line)) {
            remarks.add(Kind.CHARACTERS_REMOVED, field, "line breaks or tabs");
        }
        return without(field, flat, character -> isHalf(character) || Character.isISOControl(character))
                .strip();
    }

    /**
     * Returns an address without control characters and unpaired surrogates, which are not allowed in addresses and which
     * browsers ignore.
     */
    String address(String field, String text) {
        return without(field, text.strip(), character -> isHalf(character) || Character.isISOControl(character))
                .strip();
    }

    /** Returns the text without the characters that {@link Spelling#withoutOverrides} removes. */
    String withoutOverrides(String field, String text) {
        String plain = Spelling.withoutOverrides(text);
        return plain.equals(text)
                ? text
                : without(
                        field,
                        text,
                        character -> Spelling.withoutOverrides(Character.toString(character))
                                .isEmpty());
    }

    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private String without(String field, String text, IntPredicate removed) {
        if (!containsAny(text, removed)) {
            return text;
        }
        Set<Integer> found = new TreeSet<>();
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (removed.test(character)) {
                found.add(character);
            } else {
                kept.appendCodePoint(character);
            }
        });
        String names = found.stream()
                .map(character -> String.format(Locale.ROOT, "U+%04X", character))
                .collect(Collectors.joining(", "));
        remarks.add(Kind.CHARACTERS_REMOVED, field, names);
        // Two surrogates that are now adjacent form one character.
        return kept.toString();
    }

    private static boolean containsAny(String text, IntPredicate characters) {
        for (int i = 0; i < text.length(); i++) {
            int character = text.charAt(i);
            if (Character.isSurrogate((char) character)) {
                character = text.codePointAt(i);
                i += Character.charCount(character) - 1;
            }
            if (characters.test(character)) {
                return true;
            }
        }
        return false;
    }

    /** Returns a text without markup, cut if it is too long. */
    String fitting(String field, String text, int maxLength) {
        String normalized = normalized(text);
        if (normalized.length() <= maxLength) {
            return text;
        }
        remarkCut(field, normalized, maxLength);
        return TextCut.shorten(normalized, maxLength);
    }

    /** Returns the HTML without image data and passwords, cut between elements if it is still too long. */
    String html(String field, String html, int maxLength) {
        // Most texts have no @, and then need no search for credentials.
        String plain = html.indexOf('@') < 0 ? html : CREDENTIALS.matcher(html).replaceAll("$1://");
        if (!plain.equals(html)) {
            remarks.add(Kind.CREDENTIALS_REMOVED, field, "");
        }
        String light = HtmlText.withoutImageData(plain);
        if (light.length() < plain.length()) {
            remarks.add(Kind.IMAGE_DATA_REMOVED, field, Count.of(plain.length() - light.length(), "character"));
        }
        String normalized = normalized(light);
        if (normalized.length() <= maxLength) {
            return light;
        }
        remarkCut(field, normalized, maxLength);
        return HtmlText.cut(normalized, maxLength);
    }

    static String normalized(String text) {
        return Spelling.normalized(text);
    }

    private void remarkCut(String field, String text, int maxLength) {
        remarks.add(Kind.TEXT_CUT, field, Remarks.tooLong(text.length(), maxLength));
    }
}

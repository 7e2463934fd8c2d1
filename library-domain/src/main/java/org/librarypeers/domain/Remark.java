package org.librarypeers.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that was corrected or left out of a resource that was accepted from a peer.
 *
 * @param kind what was done
 * @param field which field of the resource it is about, for example {@code title_fr} or {@code tags[2].name}; on one line, cut
 *     after {@value #MAX_FIELD} characters
 * @param detail what was wrong, in English; may be empty; on one line, cut after {@value #MAX_DETAIL} characters
 */
public record Remark(Kind kind, String field, String detail) {

    /** The longest field, in characters. */
    public static final int MAX_FIELD = 100;

    /** The longest detail, in characters. */
    public static final int MAX_DETAIL = 200;

    /** What was done about an unusable value. */
    public enum Kind {
        /** Characters that cannot be stored or shown were removed from a text. */
        CHARACTERS_REMOVED("characters removed"),
        /** A text that is too long was cut, and ends in a mark that says so. */
        TEXT_CUT("text cut"),
        /** Image data were removed from a description. */
        IMAGE_DATA_REMOVED("image data removed"),
        /** User name and password were removed from an address. */
        CREDENTIALS_REMOVED("user name and password removed"),
        /** A GUID was derived for a part, since the one sent belongs to another part. */
        GUID_DERIVED("GUID replaced"),
        /** A text was left out. */
        TEXT_LEFT_OUT("text left out"),
        /** A tag was left out. */
        TAG_LEFT_OUT("tag left out"),
        /** A link was left out. */
        LINK_LEFT_OUT("link left out"),
        /** A file was left out. */
        FILE_LEFT_OUT("file left out"),
        /** A picture was left out. */
        IMAGE_LEFT_OUT("image left out"),
        /** Name, host or address of the library that made the resource was left out. */
        SOURCE_LEFT_OUT("source left out"),
        /** A date, number, unit or list was left out, since it is not clear what it means. */
        VALUE_NOT_UNDERSTOOD("not understood, left out");

        private final String phrase;

        Kind(String phrase) {
            this.phrase = phrase;
        }

        /** Returns the name in lower case, for storage, JSON and the keys of messages. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the kind of that {@link #word}, or nothing if there is no such kind. */
        public static Optional<Kind> ofWord(String word) {
            return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
        }
    }

    /** Cuts field and detail to one short line each: both may quote what a peer sent. */
    public Remark {
        field = Checks.remark(field, MAX_FIELD);
        detail = Checks.remark(detail, MAX_DETAIL);
    }

    /** Returns the remark as an English sentence, for logs and the command line. */
    public String sentence() {
        return field + ": " + kind.phrase + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}

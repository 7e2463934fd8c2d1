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
        CHARACTERS_REMOVED("characters removed", "characters that cannot be stored"),
        /** A text that is too long was cut, and ends in a mark that says so. */
        TEXT_CUT("text cut", "text is too long"),
        /** Image data were removed from a description. */
        IMAGE_DATA_REMOVED("image data removed", "image data in the text"),
        /** User name and password were removed from an address. */
        CREDENTIALS_REMOVED("user name and password removed", "user name and password in the address"),
        /** A GUID was derived for a part, since the one sent belongs to another part. */
        GUID_DERIVED("GUID replaced", "GUID cannot be used"),
        /** A text was left out. */
        TEXT_LEFT_OUT("text left out", "text cannot be used"),
        /** A tag was left out. */
        TAG_LEFT_OUT("tag left out", "tag cannot be used"),
        /** A link was left out. */
        LINK_LEFT_OUT("link left out", "link cannot be used"),
        /** A file was left out. */
        FILE_LEFT_OUT("file left out", "file cannot be used"),
        /** A picture was left out. */
        IMAGE_LEFT_OUT("image left out", "image cannot be used"),
        /** Name, host or address of the library that made the resource was left out. */
        SOURCE_LEFT_OUT("source left out", "source cannot be used"),
        /** A date, number, unit or list was left out, since it is not clear what it means. */
        VALUE_NOT_UNDERSTOOD("not understood, left out", "not understood");

        private final String phrase;
        private final String problem;

        Kind(String phrase, String problem) {
            this.phrase = phrase;
            this.problem = problem;
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

    /** Returns what was done, as an English sentence, for logs and the command line. */
    public String sentence() {
        return sentence(kind.phrase);
    }

    /** Returns what is wrong, as an English sentence, for somebody who is asked to correct it. */
    public String problem() {
        return sentence(kind.problem);
    }

    private String sentence(String phrase) {
        return field + ": " + phrase + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}

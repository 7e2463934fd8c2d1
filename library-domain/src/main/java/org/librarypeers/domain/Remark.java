package org.librarypeers.domain;

import java.util.Optional;

/**
 * Something that was corrected or left out of a resource that was accepted from a peer.
 *
 * @param kind the correction
 * @param field the field of the resource, for example {@code title_fr} or {@code tags[2].name}; on one line, cut after
 *     {@value #MAX_FIELD} characters
 * @param detail what was wrong, in English; may be empty; on one line, cut after {@value #MAX_DETAIL} characters
 */
public record Remark(Kind kind, String field, String detail) {

    /** The maximum length of a field, in characters. */
    public static final int MAX_FIELD = 100;

    /** The maximum length of a detail, in characters. */
    public static final int MAX_DETAIL = 200;

    /** The correction that was made for an unusable value. */
    public enum Kind {
        /** Characters that cannot be stored or displayed were removed from a text. */
        CHARACTERS_REMOVED("characters removed", "characters that cannot be stored"),
        /** A text was too long and was cut. It ends with a mark that says so. */
        TEXT_CUT("text cut", "text is too long"),
        /** Embedded image data was removed from a description. */
        IMAGE_DATA_REMOVED("image data removed", "image data in the text"),
        /** A user name and password were removed from an address. */
        CREDENTIALS_REMOVED("user name and password removed", "user name and password in the address"),
        /** A GUID was derived for a link or file, because the GUID that was sent belongs to another link or file. */
        GUID_DERIVED("GUID replaced", "GUID cannot be used"),
        /** A text was left out. */
        TEXT_LEFT_OUT("text left out", "text cannot be used"),
        /** A tag was left out. */
        TAG_LEFT_OUT("tag left out", "tag cannot be used"),
        /** A link was left out. */
        LINK_LEFT_OUT("link left out", "link cannot be used"),
        /** A file was left out. */
        FILE_LEFT_OUT("file left out", "file cannot be used"),
        /** An image was left out. */
        IMAGE_LEFT_OUT("image left out", "image cannot be used"),
        /** The name, host or address of the library that created the resource was left out. */
        SOURCE_LEFT_OUT("source left out", "source cannot be used"),
        /** A date, number, unit or list was left out because its meaning is unclear. */
        VALUE_NOT_UNDERSTOOD("not understood, left out", "not understood");

        private final String phrase;
        private final String problem;

        Kind(String phrase, String problem) {
            this.phrase = phrase;
            this.problem = problem;
        }

        /** Returns the lower-case name, for storage, JSON and message keys. */
        public String word() {
            return EnumWord.of(this);
        }

        /** Returns the kind with this {@link #word}. Empty if there is no such kind. */
        public static Optional<Kind> ofWord(String word) {
            return EnumWord.find(Kind.class, word);
        }
    }

    /** Cuts field and detail to one line of limited length each, because they may quote what a peer sent. */
    public Remark {
        field = Checks.remark(field, MAX_FIELD);
        detail = Checks.remark(detail, MAX_DETAIL);
    }

    /** Returns a sentence in English that says what was done, for logs and the command line. */
    public String sentence() {
        return sentence(kind.phrase);
    }

    /** Returns a sentence in English that says what is wrong, for a person who can correct it. */
    public String problem() {
        return sentence(kind.problem);
    }

    private String sentence(String phrase) {
        return field + ": " + phrase + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}

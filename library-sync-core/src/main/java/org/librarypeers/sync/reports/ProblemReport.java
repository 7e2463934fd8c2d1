package org.librarypeers.sync.reports;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.UserName;

/**
 * A problem with a resource that a reader reported. It stays readable after the resource is gone.
 *
 * @param id the number of the report; 0 before it is saved
 * @param resource the GUID of the resource
 * @param title the title of the resource as the reader saw it
 * @param kind what is wrong
 * @param text the reader's description, as plain text; may be empty
 * @param email the address for an answer; null if none was given, or after it was {@linkplain
 *     ProblemReportRepository#forgetAddresses deleted}
 * @param language the code of the interface language of the reader, in which an answer is framed
 * @param reported when it was reported, with microsecond precision
 * @param closing how it was closed; null while it is open
 */
public record ProblemReport(
        long id,
        Guid resource,
        String title,
        Kind kind,
        String text,
        @Nullable String email,
        String language,
        Instant reported,
        @Nullable Closing closing) {

    /** The maximum length of the description, in characters. */
    public static final int MAX_TEXT = 2_000;

    /** The maximum length of an answer, in characters. */
    public static final int MAX_ANSWER = 4_000;

    /** The maximum length of the title, in characters. */
    public static final int MAX_TITLE = 300;

    /** The kinds of problems. */
    public enum Kind {
        /** A link or a file of the resource does not work. */
        BROKEN_LINK,
        /** The content is wrong or out of date. */
        WRONG_CONTENT,
        /** The resource infringes somebody's rights. */
        RIGHTS,
        /** Any other problem. */
        OTHER;

        /** Returns the lower-case name, which is used in storage, forms and message keys. */
        public String word() {
            return EnumWord.of(this);
        }

        /** Returns the kind with this {@link #word}. Empty if there is no such kind. */
        public static Optional<Kind> ofWord(String word) {
            return EnumWord.find(Kind.class, word);
        }
    }

    /**
     * The end of the work on a report.
     *
     * @param by the reviewer
     * @param at the time, with microsecond precision
     * @param answer the answer to the reader; null if none was written
     * @param isMailed whether the answer was handed to the mail of this library
     */
    public record Closing(UserName by, Instant at, @Nullable String answer, boolean isMailed) {

        /** Truncates the time to microseconds. */
        public Closing {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /**
     * Truncates the time to microseconds, and validates the lengths.
     *
     * @throws IllegalArgumentException if the title or the text is too long
     */
    public ProblemReport {
        reported = reported.truncatedTo(ChronoUnit.MICROS);
        requireLength("title", title, MAX_TITLE);
        requireLength("text", text, MAX_TEXT);
    }

    private static void requireLength(String field, String value, int max) {
        if (value.length() > max) {
            throw new IllegalArgumentException(
                    field + " is " + value.length() + " characters long; it must be at most " + max);
        }
    }

    /** Returns a description without the address and the text. */
    @Override
    public String toString() {
        return "ProblemReport[" + id + ", " + resource + ", " + kind.word() + ", " + reported + "]";
    }
}

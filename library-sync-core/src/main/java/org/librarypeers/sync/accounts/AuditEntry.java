package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.TextCut;

/**
 * An entry of the audit log: one action of a person who administers the library. It never contains a secret.
 *
 * <p>Names are those at the time of the action. In all texts, control characters are replaced, and texts of more than
 * {@value #MAX_TEXT} characters are shortened.
 *
 * @param id the number of the entry, higher than those of earlier entries; {@link #NEW} if it is not saved yet
 * @param at when the action took place, in microseconds
 * @param actor who acted
 * @param address the address of the client; null if there was none, or if it was deleted
 * @param action the action, as a stable word in lower-case letters and hyphens
 * @param subject what the action was applied to; null for the library as a whole
 * @param details further facts by name, ordered by name
 */
public record AuditEntry(
        long id,
        Instant at,
        Actor actor,
        @Nullable String address,
        String action,
        @Nullable Subject subject,
        Map<String, String> details) {

    /** The number of an entry that is not saved yet. */
    public static final long NEW = 0;

    /** The maximum length of a text, in characters. */
    public static final int MAX_TEXT = 500;

    private static final Pattern WORD = Pattern.compile("[a-z]{1,30}(-[a-z]{1,30}){0,5}");

    /**
     * Validates the entry.
     *
     * @throws IllegalArgumentException if the number is negative, or the action is not a word
     */
    public AuditEntry {
        if (id < NEW) {
            throw new IllegalArgumentException("id is " + id + "; it must not be negative");
        }
        at = at.truncatedTo(ChronoUnit.MICROS);
        address = address == null ? null : line(address);
        action = word("action", action);
        Map<String, String> ordered = new TreeMap<>();
        details.forEach((name, value) -> ordered.put(line(name), line(value)));
        details = Collections.unmodifiableMap(ordered);
    }

    /** Returns the same entry with a number. */
    public AuditEntry numbered(long number) {
        return new AuditEntry(number, at, actor, address, action, subject, details);
    }

    /** Returns the same entry without the address of the client. */
    public AuditEntry withoutAddress() {
        return new AuditEntry(id, at, actor, null, action, subject, details);
    }

    /**
     * The person or program that acted.
     *
     * @param kind the way in which it acted
     * @param name the user name of the account, or the name of the user of the operating system
     */
    public record Actor(Kind kind, String name) {

        /** The ways to act. */
        public enum Kind {
            /** An account, in the pages. */
            ACCOUNT("account"),
            /** A user of the operating system, by a command. */
            COMMAND_LINE("command-line");

            private final String word;

            Kind(String word) {
                this.word = word;
            }

            /** Returns the stable word for this kind. */
            public String word() {
                return word;
            }

            /**
             * Returns the kind with this word.
             *
             * @throws IllegalArgumentException if no kind has this word
             */
            public static Kind ofWord(String word) {
                for (Kind kind : values()) {
                    if (kind.word.equals(word)) {
                        return kind;
                    }
                }
                throw new IllegalArgumentException("'" + word + "' is not a kind of actor");
            }
        }

        /** Makes the name a single line. */
        public Actor {
            name = line(name);
        }
    }

    /**
     * The object of an action.
     *
     * @param kind the kind, as a stable word such as {@code peer}
     * @param id what identifies it among those of its kind
     * @param name the name for people; null if the id is the name
     */
    public record Subject(String kind, String id, @Nullable String name) {

        /**
         * Validates the kind, and makes the texts single lines.
         *
         * @throws IllegalArgumentException if the kind is not a word
         */
        public Subject {
            kind = word("kind of subject", kind);
            id = line(id);
            name = name == null ? null : line(name);
        }
    }

    private static String word(String what, String text) {
        if (!WORD.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    what + " is '" + text + "'; it must consist of lower-case letters and hyphens");
        }
        return text;
    }

    private static String line(String text) {
        return TextCut.shorten(text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?"), MAX_TEXT);
    }
}

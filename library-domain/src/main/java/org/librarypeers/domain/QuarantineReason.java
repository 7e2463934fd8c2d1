package org.librarypeers.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The reason why an item of a peer could not be saved.
 *
 * @param kind the kind of reason, which determines the text that is shown in the reader's language
 * @param detail what is wrong, in English for the administrator; on one line, cut after {@value SyncLog#MAX_MESSAGE}
 *     characters, because it may quote what a peer sent
 */
public record QuarantineReason(Kind kind, String detail) {

    /** The kind of a reason. */
    public enum Kind {
        /** The peer lists the item, but does not have it when it is requested. */
        NOT_THERE,
        /** The item has a different GUID from the one under which it was listed or requested. */
        OTHER_GUID,
        /** Another item of the peer has the same GUID. */
        SAME_GUID,
        /** The item has no id by which it can be requested. */
        NO_ID,
        /** The item has no GUID, or an invalid one. */
        NO_GUID,
        /** The item has no title that can be shown. */
        NO_TITLE,
        /** One of the item's texts is too long. */
        TOO_LONG,
        /** The item exceeds the size limit. */
        TOO_LARGE,
        /** The peer sent no usable answer to the request for the item. */
        NO_ANSWER,
        /** The answer cannot be parsed. */
        UNREADABLE,
        /** The item breaks another rule for resources. */
        INVALID;

        /** Returns the lower-case name, for storage and message keys. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the kind with this {@link #word}. Empty if there is no such kind. */
        public static Optional<Kind> ofWord(String word) {
            return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
        }
    }

    /** Cuts the detail to one line of limited length. */
    public QuarantineReason {
        detail = Checks.remark(detail, SyncLog.MAX_MESSAGE);
    }

    /** Returns the reason for an item with a value that breaks a rule of the domain. */
    public static QuarantineReason of(IllegalArgumentException broken) {
        return new QuarantineReason(
                broken instanceof InvalidValueException invalid ? invalid.kind() : Kind.INVALID,
                String.valueOf(broken.getMessage()));
    }
}

package org.librarypeers.app.peers;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The kinds of reasons for which items are quarantined. They are recognized by the English detail that is stored with an item,
 * also in the wording of earlier versions. Pages show the kind in the visitor's language, with the detail.
 */
public enum QuarantineReason {
    /** The peer lists the item, but does not have it. */
    NOT_THERE("was not found when it was requested|is not there when it is asked for|\\b404\\b"),
    /** The item has a different GUID from the one under which it was listed or requested. */
    OTHER_GUID("but its GUID is|calls itself"),
    /** Two items of the peer have the same GUID. */
    SAME_GUID("another item|same GUID|has this GUID"),
    /** The item has no id by which it can be requested. */
    NO_ID("\\bno id\\b"),
    /** The item has no GUID or an invalid one. */
    NO_GUID("^guid (is missing|\\S+ is no)"),
    /** The item has no title that can be shown. */
    NO_TITLE("^title\\S* (is|has|in \\S+) ?(missing|empty|no |blank)|^title .*without a visible"),
    /** One of its texts is too long. */
    TOO_LONG("\\d characters|too long"),
    /** The item exceeds the size limit. */
    TOO_LARGE("too large"),
    /** The peer sent no usable response. */
    NO_ANSWER("\\b(status|HTTP) 5\\d\\d|timed out|did not answer|no answer|connection"),
    /** The response cannot be parsed. */
    UNREADABLE("JSON|UTF-8|cannot be (read|parsed)|unreadable"),
    /** The item breaks another rule. */
    OTHER("");

    private final Pattern detail;

    QuarantineReason(String detail) {
        this.detail = Pattern.compile(detail, Pattern.CASE_INSENSITIVE);
    }

    /** Returns the kind of an English detail. */
    static QuarantineReason of(String detail) {
        return Arrays.stream(values())
                .filter(reason -> reason.detail.matcher(detail).find())
                .findFirst()
                .orElse(OTHER);
    }

    /** Returns the message key for the kind of an English detail. */
    public static String key(String detail) {
        return "peers.reason." + of(detail).name().toLowerCase(Locale.ROOT);
    }
}

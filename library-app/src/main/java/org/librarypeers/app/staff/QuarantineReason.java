package org.librarypeers.app.staff;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The kinds of reasons for which an item of a peer is quarantined, told by the English detail that is stored with the item.
 * Pages say the kind in the visitor's language, with the detail beside it.
 */
public enum QuarantineReason {
    /** The peer lists it, and does not have it. */
    NOT_THERE("is not there when it is asked for|\\b404\\b"),
    /** It is listed or asked for under another GUID than its own. */
    OTHER_GUID("calls itself"),
    /** Two items of the peer have one GUID. */
    SAME_GUID("another item|same GUID|has this GUID"),
    /** It has no number by which it can be asked for. */
    NO_ID("\\bno id\\b"),
    /** It has no GUID, or one that cannot be read. */
    NO_GUID("^guid (is missing|\\S+ is no)"),
    /** It has no title that can be shown. */
    NO_TITLE("^title\\S* (is|has|in \\S+) ?(missing|empty|no |blank)|^title .*without a visible"),
    /** One of its texts is too long. */
    TOO_LONG("\\d characters|too long"),
    /** It is larger than what is read. */
    TOO_LARGE("too large"),
    /** The peer gave no answer that could be used. */
    NO_ANSWER("\\b(status|HTTP) 5\\d\\d|timed out|did not answer|no answer|connection"),
    /** It cannot be parsed. */
    UNREADABLE("JSON|UTF-8|cannot be (read|parsed)|unreadable"),
    /** It breaks another rule. */
    OTHER("");

    private final Pattern detail;

    QuarantineReason(String detail) {
        this.detail = Pattern.compile(detail, Pattern.CASE_INSENSITIVE);
    }

    /** Returns the kind of reason that an English detail gives. */
    static QuarantineReason of(String detail) {
        return Arrays.stream(values())
                .filter(reason -> reason.detail.matcher(detail).find())
                .findFirst()
                .orElse(OTHER);
    }

    /** Returns the key of the text that says the kind of reason that an English detail gives. */
    public static String key(String detail) {
        return "peers.reason." + of(detail).name().toLowerCase(Locale.ROOT);
    }
}

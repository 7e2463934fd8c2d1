package org.librarypeers.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kind of an attachment. A resource lists its attachments in the order of these kinds. */
public enum AttachmentKind {
    /** A web page or other address that belongs to the resource. */
    LINK,
    /** A file for download. */
    FILE;

    /** Returns the lower-case name, for storage and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind with this {@link #word}. Empty if there is no such kind. */
    public static Optional<AttachmentKind> ofWord(String word) {
        return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}

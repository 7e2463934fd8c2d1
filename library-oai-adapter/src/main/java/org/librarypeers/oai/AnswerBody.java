package org.librarypeers.oai;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A body that arrived completely. */
final class AnswerBody {

    private final byte[] bytes;
    private final String type;
    private final @Nullable Instant date;

    /**
     * Creates a body.
     *
     * @param bytes the bytes after decompression, which nobody changes
     * @param type the content type, which may name a character set; empty if the answer has none
     * @param date the time of the repository according to the header {@code Date}; null if it is missing
     */
    AnswerBody(byte[] bytes, String type, @Nullable Instant date) {
        this.bytes = bytes;
        this.type = type;
        this.date = date;
    }

    byte[] bytes() {
        return bytes;
    }

    String type() {
        return type;
    }

    @Nullable
    Instant date() {
        return date;
    }
}

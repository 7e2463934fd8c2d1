package org.librarypeers.sync.files;

import java.io.IOException;
import org.librarypeers.domain.Count;

/** Thrown to indicate that a file exceeds the maximum size. Nothing was stored. */
public class FileTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long maxBytes;

    /** Creates an exception for this maximum size in bytes. */
    public FileTooLargeException(long maxBytes) {
        super("the file is larger than the limit of " + Count.of(maxBytes, "byte"));
        this.maxBytes = maxBytes;
    }

    /** Returns the maximum size of a file in bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}

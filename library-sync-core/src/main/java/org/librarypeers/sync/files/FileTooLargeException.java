package org.librarypeers.sync.files;

import java.io.IOException;

/** Thrown to indicate that a file exceeds the maximum size. Nothing was stored. */
public class FileTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long maxBytes;

    /** Creates an exception for this maximum size in bytes. */
    public FileTooLargeException(long maxBytes) {
        super("the file is larger than " + maxBytes + " bytes, which is the most that is allowed");
        this.maxBytes = maxBytes;
    }

    /** Returns the maximum size of a file in bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}

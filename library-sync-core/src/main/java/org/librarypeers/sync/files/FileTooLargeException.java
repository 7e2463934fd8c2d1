package org.librarypeers.sync.files;

import java.io.IOException;

/** A file holds more than is allowed; nothing was kept of it. */
public class FileTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long maxBytes;

    /** A file holds more bytes than that. */
    public FileTooLargeException(long maxBytes) {
        super("the file is larger than " + maxBytes + " bytes, which is the most that is allowed");
        this.maxBytes = maxBytes;
    }

    /** The most that a file may hold. */
    public long maxBytes() {
        return maxBytes;
    }
}

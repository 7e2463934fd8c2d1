package org.librarypeers.sync.port;

import java.io.IOException;

/** A file holds more than is taken. */
public class FileTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The file holds more than so many bytes. */
    public FileTooLargeException(long maxBytes) {
        super("file is larger than " + maxBytes + " bytes");
    }
}

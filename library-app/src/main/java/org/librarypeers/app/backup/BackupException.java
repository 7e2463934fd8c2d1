package org.librarypeers.app.backup;

import org.jspecify.annotations.Nullable;

/** A backup that cannot be written, read or restored. The message is one line that says why and what to do. */
public final class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

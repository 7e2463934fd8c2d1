package org.librarypeers.app.files;

import org.jspecify.annotations.Nullable;

/** Thrown to indicate that the store of files does not answer. A retry after some seconds may succeed. */
public final class UnavailableFilesException extends FileStoreException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message is one line for the administrator and must not contain a secret. */
    public UnavailableFilesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

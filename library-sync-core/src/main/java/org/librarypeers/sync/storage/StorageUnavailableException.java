package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;

/** Thrown to indicate that the storage is unavailable. A retry after some seconds may succeed. */
public class StorageUnavailableException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message is one line for the administrator and must not contain a secret. */
    public StorageUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

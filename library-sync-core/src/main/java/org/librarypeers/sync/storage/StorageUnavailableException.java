package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;

/** The storage cannot be reached at all at the moment; the same call may succeed some seconds later. */
public class StorageUnavailableException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** Creates a failure; the message is one line for the administrator and holds no secret. */
    public StorageUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

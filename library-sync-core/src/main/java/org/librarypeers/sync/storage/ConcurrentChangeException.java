package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;

/** Thrown to indicate that the same data was changed concurrently. Nothing was saved. A retry may succeed. */
public class ConcurrentChangeException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with this message and cause. */
    public ConcurrentChangeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;

/** Somebody else changed the same at the same moment; nothing was saved. Done once more, it may succeed. */
public class ConcurrentChangeException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** A failure of that kind. */
    public ConcurrentChangeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package org.librarypeers.sync.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Thrown to indicate that the storage cannot be read or written. Nothing was saved. A later retry may succeed. */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message is one line for the administrator and must not contain a secret. */
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}

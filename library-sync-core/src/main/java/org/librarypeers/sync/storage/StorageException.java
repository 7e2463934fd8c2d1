package org.librarypeers.sync.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is kept cannot be read or written now; nothing was saved. Trying again later may help. */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure; the message is one line for the administrator and holds no secret. */
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}

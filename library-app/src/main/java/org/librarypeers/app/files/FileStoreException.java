package org.librarypeers.app.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown to indicate that the store of files refuses a request, for example because a key or a setting is wrong. */
public class FileStoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message is one line for the administrator and must not contain a secret. */
    public FileStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

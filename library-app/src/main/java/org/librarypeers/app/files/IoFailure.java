package org.librarypeers.app.files;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Failures to read or write files, in words. */
public final class IoFailure {

    private IoFailure() {}

    /** Returns why a file could not be read or written, on one line and without the path of the file. */
    public static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return reason == null || reason.isBlank()
                ? failure.getClass().getSimpleName()
                : reason.replaceAll("\\s*\\R\\s*", " ");
    }
}

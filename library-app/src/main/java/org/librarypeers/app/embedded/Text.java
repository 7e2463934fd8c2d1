package org.librarypeers.app.embedded;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

final class Text {

    private Text() {}

    /** What an exception says, without line breaks, and without the path that the caller names anyway. */
    static String oneLine(Throwable e) {
        String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        if (e instanceof AccessDeniedException) {
            said = "permission denied";
        }
        return said == null || said.isBlank()
                ? e.getClass().getSimpleName()
                : said.strip().replaceAll("\\s+", " ");
    }
}

package org.librarypeers.embeddedpostgres;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

final class Text {

    private Text() {}

    /**
     * Returns the message of an exception without line breaks, and without a path that the caller's message already
     * contains.
     */
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

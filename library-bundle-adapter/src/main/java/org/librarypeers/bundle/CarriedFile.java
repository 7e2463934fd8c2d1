package org.librarypeers.bundle;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that a bundle is to carry.
 *
 * @param address the address under which the document of its resource names it
 * @param size its size in bytes
 * @param content opens it; the stream is closed by the caller
 */
public record CarriedFile(String address, long size, Content content) {

    /** A function that opens a file. */
    public interface Content {

        /**
         * Opens the file.
         *
         * @throws IOException if it cannot be read
         */
        InputStream open() throws IOException;
    }
}

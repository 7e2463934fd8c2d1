package org.librarypeers.sync.pictures;

import org.librarypeers.sync.files.StoredFile;

/**
 * A scaled copy of a picture in the file store.
 *
 * @param sha256 the address of the file in the store
 * @param format the format
 * @param width the width in pixels, from 1
 * @param height the height in pixels, from 1
 */
public record PictureCopy(String sha256, Format format, int width, int height) {

    /** The format of a copy. */
    public enum Format {
        JPEG,
        PNG
    }

    /**
     * Validates the copy.
     *
     * @throws IllegalArgumentException if the address is invalid, or a side is shorter than 1 pixel
     */
    public PictureCopy {
        if (!StoredFile.isAddress(sha256)) {
            throw new IllegalArgumentException("file address is not a SHA-256 hash in lower-case hexadecimal digits");
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "picture has " + width + " x " + height + " pixels; each side must have at least 1");
        }
    }
}

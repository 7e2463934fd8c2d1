package org.librarypeers.sync.pictures;

/** A reason for which a picture could not be fetched. */
public enum PictureProblem {
    /** The address is no complete http or https address, or contains a password. */
    ADDRESS(false),
    /** The address leads into a private network, and is not the host of the peer that named it. */
    PRIVATE_ADDRESS(false),
    /** The host is unknown, cannot be reached, or dropped the connection. */
    NOT_REACHED(true),
    /** The host took too long. */
    TOO_SLOW(true),
    /** The host answered with an error. */
    STATUS(true),
    /** The host redirected too often, or to an address that cannot be used. */
    REDIRECTS(true),
    /** The picture has too many bytes. */
    TOO_LARGE(false),
    /** The picture needs too much memory. */
    TOO_MANY_PIXELS(false),
    /** The content is neither a JPEG nor a PNG nor a GIF. */
    FORMAT(false),
    /** The content is damaged, or of an unusual kind that cannot be decoded. */
    UNREADABLE(false),
    /** The address is that of a file of this library that does not exist. */
    FILE_MISSING(false);

    private final boolean passing;

    PictureProblem(boolean passing) {
        this.passing = passing;
    }

    /** Returns whether the problem may pass, so that the picture is tried again. */
    public boolean isPassing() {
        return passing;
    }
}

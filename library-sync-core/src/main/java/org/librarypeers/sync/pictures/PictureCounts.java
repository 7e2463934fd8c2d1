package org.librarypeers.sync.pictures;

/**
 * The numbers of pictures that pages do not show yet, each at most {@link #MAX}, so that counting is cheap.
 *
 * @param waiting the number of pictures that were not fetched yet
 * @param failed the number of pictures that are not tried again
 */
public record PictureCounts(long waiting, long failed) {

    /** The number at which counting stops. */
    public static final int MAX = 100_000;
}

package org.librarypeers.bundle;

/**
 * The limits on bundles that are read.
 *
 * @param bytes the size of all entries of a bundle after decompression, in bytes
 * @param entries the number of entries
 * @param ratio how many times larger an entry of more than {@value #SMALL} bytes may become by decompression
 */
public record BundleLimits(long bytes, int entries, int ratio) {

    /** The size of an entry up to which its ratio does not matter: 1 MiB. */
    static final int SMALL = 1 << 20;

    /** The size of an entry with resources, or of the manifest: 64 MiB. It is held in memory. */
    static final int CHUNK = 64 << 20;

    /** The number of lines of an entry, which are held in memory. */
    static final int LINES = 250_000;

    /** The size of the manifest without its entries, in bytes. */
    private static final long MANIFEST = 64 << 10;

    /** More than the size of an entry in the manifest, in bytes. */
    private static final long MANIFEST_ENTRY = 512;

    /**
     * 16 GiB, 200,000 entries, a ratio of 200: a library of a million resources has about 2 GiB of documents in 2,000 entries, and
     * JSON becomes 5 to 20 times larger.
     */
    public static final BundleLimits DEFAULTS = new BundleLimits(16L << 30, 200_000, 200);

    /**
     * Validates the limits.
     *
     * @throws IllegalArgumentException if a limit is below 1
     */
    public BundleLimits {
        if (bytes < 1 || entries < 1 || ratio < 1) {
            throw new IllegalArgumentException(
                    "limits must be at least 1, not " + bytes + " bytes, " + entries + " entries, ratio " + ratio);
        }
    }

    /** Returns these limits with another size. */
    public BundleLimits withBytes(long other) {
        return new BundleLimits(other, entries, ratio);
    }

    /** Returns the maximum size of the manifest of an archive with this number of entries, in bytes. */
    static long manifest(int entries) {
        return Math.min(CHUNK, MANIFEST + MANIFEST_ENTRY * entries);
    }
}

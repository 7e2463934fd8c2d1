package org.librarypeers.sync.peer;

/**
 * The digest of the resources in a range of GUIDs, see {@link VersionDigest}.
 *
 * @param range the range
 * @param count the number of resources, not negative
 * @param value the digest, as 22 characters of Base64 for URLs
 */
public record RangeDigest(GuidRange range, long count, String value) {

    /**
     * Validates the count.
     *
     * @throws IllegalArgumentException if the count is negative
     */
    public RangeDigest {
        if (count < 0) {
            throw new IllegalArgumentException(
                    "number of resources in a range is " + count + ", but cannot be negative");
        }
    }
}

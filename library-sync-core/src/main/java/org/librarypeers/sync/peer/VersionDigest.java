package org.librarypeers.sync.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Sha256;

/**
 * A digest of resources with their versions, which does not depend on their order: the first half of the SHA-256 of each pair of
 * GUID and version, combined by exclusive or. Two sets that differ by accident have the same digest about once in 2<sup>128</sup>
 * comparisons. A peer can send any digest it likes, with or without this one. Not thread-safe.
 */
public final class VersionDigest {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final MessageDigest sha256 = Sha256.newDigest();
    private long high;
    private long low;
    private long count;

    /** Adds a resource with its version. Each resource must be added only once. */
    public void add(Guid guid, String version) {
        byte[] text = version.getBytes(StandardCharsets.UTF_8);
        ByteBuffer pair = ByteBuffer.allocate(2 * Long.BYTES + text.length);
        pair.putLong(guid.value().getMostSignificantBits())
                .putLong(guid.value().getLeastSignificantBits())
                .put(text);
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(pair.array()));
        high ^= hash.getLong();
        low ^= hash.getLong();
        count++;
    }

    /** Returns the digest of the resources that were added, as the digest of a range that contains exactly them. */
    public RangeDigest of(GuidRange range) {
        byte[] value =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        return new RangeDigest(range, count, TEXT.encodeToString(value));
    }

    /** Returns the number of resources that were added. */
    public long count() {
        return count;
    }
}

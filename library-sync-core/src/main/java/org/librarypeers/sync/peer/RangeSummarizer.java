package org.librarypeers.sync.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/**
 * Divides the resources that a library serves in a range of GUIDs into parts of about the same number of resources, wherever the
 * GUIDs lie, and computes their digests. Needs no more memory than the summary. Not thread-safe.
 */
public final class RangeSummarizer {

    /** The number of resources up to which a range is not divided: {@value}. Their rows are as long as one more round of digests. */
    public static final int MOST_ROWS = 32;

    /** The maximum number of parts of one range: {@value}. */
    public static final int MOST_PARTS = 256;

    private static final int DIGITS = 32;

    private final GuidRange range;
    private final boolean lists;
    private final long partSize;
    private final List<RangeSummary.Row> rows = new ArrayList<>();
    private final List<RangeDigest> parts = new ArrayList<>();
    private VersionDigest digest = new VersionDigest();
    private Guid first;
    private @Nullable Guid last;

    /**
     * Creates a summarizer of one range.
     *
     * @param range the range
     * @param count the number of resources in the range, which may be a little out of date
     * @param parts the number of parts, from 2 to {@value #MOST_PARTS}
     * @throws IllegalArgumentException if the number of parts is out of range
     */
    public RangeSummarizer(GuidRange range, long count, int parts) {
        if (parts < 2 || parts > MOST_PARTS) {
            throw new IllegalArgumentException("number of parts is " + parts + ", but must be from 2 to " + MOST_PARTS);
        }
        this.range = range;
        this.lists = count <= MOST_ROWS;
        this.partSize = (count + parts - 1) / parts;
        this.first = range.first();
    }

    /** Adds a resource. Resources must be added in the order of their GUIDs. */
    public void add(Guid guid, String remoteId, String version) {
        if (lists) {
            rows.add(new RangeSummary.Row(guid, remoteId, version));
            return;
        }
        // A part more than expected holds what was added since the resources were counted.
        if (last != null && digest.count() >= partSize && parts.size() < MOST_PARTS - 1) {
            end(between(last, guid));
        }
        digest.add(guid, version);
        last = guid;
    }

    private void end(Guid end) {
        parts.add(digest.of(new GuidRange(first, end)));
        digest = new VersionDigest();
        first = end.equals(range.last()) ? end : GuidRange.after(end);
        last = null;
    }

    /** Returns the summary of what was added. */
    public RangeSummary summary() {
        if (lists) {
            return new RangeSummary.Rows(rows);
        }
        end(range.last());
        return new RangeSummary.Parts(parts);
    }

    /** Returns a GUID from one to before the next, with as many digits {@code f} at its end as possible, which makes it short. */
    private static Guid between(Guid from, Guid next) {
        for (int kept = 0; kept < DIGITS; kept++) {
            Guid end = filled(from.value(), kept);
            if (end.compareTo(next) < 0) {
                return end;
            }
        }
        return from;
    }

    private static Guid filled(UUID uuid, int kept) {
        int bits = 4 * kept;
        long high = bits >= Long.SIZE ? 0 : -1L >>> bits;
        long low = bits <= Long.SIZE ? -1L : -1L >>> (bits - Long.SIZE);
        return new Guid(new UUID(uuid.getMostSignificantBits() | high, uuid.getLeastSignificantBits() | low));
    }
}

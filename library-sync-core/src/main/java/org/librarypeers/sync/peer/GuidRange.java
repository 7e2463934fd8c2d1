package org.librarypeers.sync.peer;

import java.util.UUID;
import org.librarypeers.domain.Guid;

/**
 * A range of GUIDs in their order.
 *
 * @param first the lowest GUID, included
 * @param last the highest GUID, included
 */
public record GuidRange(Guid first, Guid last) {

    /** The range of all GUIDs. */
    public static final GuidRange ALL = new GuidRange(new Guid(new UUID(0, 0)), new Guid(new UUID(-1, -1)));

    /**
     * Validates the order.
     *
     * @throws IllegalArgumentException if the first GUID is higher than the last one
     */
    public GuidRange {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("range of GUIDs begins at " + first + ", after its end " + last);
        }
    }

    /** Returns whether a GUID is in this range. */
    public boolean contains(Guid guid) {
        return first.compareTo(guid) <= 0 && guid.compareTo(last) <= 0;
    }

    /**
     * Returns the GUID after another one.
     *
     * @throws IllegalArgumentException if the GUID is the highest one
     */
    public static Guid after(Guid guid) {
        long low = guid.value().getLeastSignificantBits() + 1;
        long high = guid.value().getMostSignificantBits() + (low == 0 ? 1 : 0);
        if (low == 0 && high == 0) {
            throw new IllegalArgumentException("no GUID is higher than " + guid);
        }
        return new Guid(new UUID(high, low));
    }
}

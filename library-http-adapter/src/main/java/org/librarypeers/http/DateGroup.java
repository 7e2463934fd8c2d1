package org.librarypeers.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources that share one update date and do not fit on one page, so that they are read by offset. Sites list equal dates
 * in no defined order, which may differ from page to page. Only the number of resources shows whether all of them were seen.
 */
final class DateGroup {

    /**
     * The number of consecutive readings without a new resource after which the group is not read again. A site may list a
     * resource twice, in which case the expected number is never reached.
     */
    private static final int IDLE_READINGS = 5;

    private static final int MAX_READINGS = 50;
    private static final int MAX_READINGS_OF_ALL = 4;

    /** The update date of the group; null if the whole list is read by offset. */
    final @Nullable PeerTime time;

    private final Set<String> ids = new HashSet<>();
    private @Nullable String expected;
    private boolean torn;
    private boolean unfiltered;
    private int furthest;
    private int size = -1;
    private int seenBefore;
    private int readings;
    private int idleReadings;
    private boolean uncertain;

    DateGroup(@Nullable PeerTime time) {
        this.time = time;
    }

    /**
     * Returns whether the site lists resources that are older than the requested date. In that case, requests by date do not
     * work.
     */
    boolean isUnfiltered() {
        return unfiltered;
    }

    /** Returns whether resources may be missing although the group was read to its end. */
    boolean isUncertain() {
        return uncertain;
    }

    /** Returns how many resources were seen. */
    int seen() {
        return ids.size();
    }

    /** Records the arrival of a page. Must be called for each page before any other method. Offset 0 starts a new reading. */
    void arrived(int offset, List<Listing.Listed> objects) {
        Listing.Listed first = objects.isEmpty() ? null : objects.get(0);
        if (offset == 0) {
            torn = false;
            PeerTime oldest = objects.stream()
                    .filter(Listing.Listed::isReadable)
                    .findFirst()
                    .map(Listing.Listed::updated)
                    .orElse(null);
            unfiltered = time != null && oldest != null && oldest.isBefore(time);
        } else if (expected != null) {
            torn |= first == null || !expected.equals(first.item().remoteId());
        }
        expected = null;
    }

    /**
     * Adds a page that is not the last of the group.
     *
     * @return the offset of the next page, which overlaps this page by one resource, unless this page has only one
     */
    int nextOffset(int offset, List<Listing.Listed> objects) {
        furthest = Math.max(furthest, offset + objects.size());
        add(objects);
        if (objects.size() == 1) {
            return offset + 1;
        }
        expected = objects.get(objects.size() - 1).item().remoteId();
        return offset + objects.size() - 1;
    }

    /** Returns whether a page reaches further than all pages before it but contains no new resource. */
    boolean isIdle(int offset, List<Listing.Listed> objects) {
        return offset + objects.size() > furthest
                && objects.stream().allMatch(object -> ids.contains(object.identity()));
    }

    /**
     * Adds the last page, and decides whether the group has to be read again.
     *
     * @param last the resources of the page that belong to the group
     * @return whether to read the group again from offset 0
     */
    boolean lacksSome(int offset, List<Listing.Listed> last) {
        add(last);
        int found = offset + last.size();
        // No resource joins a date that has passed. A group as large as before lost no resource.
        boolean settled = !torn || found == size;
        uncertain = !settled || ids.size() < found;
        if (!uncertain) {
            return false;
        }
        if (!settled) {
            ids.clear();
        }
        idleReadings = settled && ids.size() == seenBefore ? idleReadings + 1 : 0;
        seenBefore = ids.size();
        size = found;
        readings++;
        boolean all = time == null || unfiltered;
        return idleReadings < IDLE_READINGS && readings < (all ? MAX_READINGS_OF_ALL : MAX_READINGS);
    }

    private void add(List<Listing.Listed> objects) {
        objects.forEach(object -> ids.add(object.identity()));
    }
}

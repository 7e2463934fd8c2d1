package org.librarypeers.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the resources of one update date that do not fit on a page, so that they are read by offset. Sites show
 * equal dates in no set order, maybe in another one for each page: whether all were seen is known from how many there are.
 */
final class DateGroup {

    /** So many more readings that show nothing new are enough: a site may list a resource twice. */
    private static final int IDLE_READINGS = 5;

    private static final int MAX_READINGS = 50;
    private static final int MAX_READINGS_OF_ALL = 4;

    /** The date; null if everything is read by offset. */
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

    /** Whether the site shows older ones than it was asked for, so that asking by date leads nowhere. */
    boolean isUnfiltered() {
        return unfiltered;
    }

    /** Whether it was read to its end, and some resources may be missing all the same. */
    boolean isUncertain() {
        return uncertain;
    }

    /** How many were seen. */
    int seen() {
        return ids.size();
    }

    /** To be called with each page before anything else; offset 0 begins a reading. */
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
     * Takes a page that is not the group's last.
     *
     * @return the offset at which the next page begins: with the last of this one
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

    /** Whether a page leads further than any before and yet shows nothing new. */
    boolean isIdle(int offset, List<Listing.Listed> objects) {
        return offset + objects.size() > furthest
                && objects.stream().allMatch(object -> ids.contains(object.identity()));
    }

    /**
     * Takes the last page, and decides whether all has to be read once more.
     *
     * @param last those of the page that are of this group
     */
    boolean lacksSome(int offset, List<Listing.Listed> last) {
        add(last);
        int found = offset + last.size();
        // None joins a date that has passed. Where a group is as large as before, none has left it while it was read.
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

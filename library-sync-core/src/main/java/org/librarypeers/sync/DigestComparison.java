package org.librarypeers.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeDigest;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.peer.VersionDigest;

/**
 * Finds the resources that differ from what a peer serves, by digests over ranges of GUIDs. Each round divides the ranges whose
 * digests differ, until they are so small that the peer lists their resources. Ten differences among a million take four requests.
 *
 * <pre>
 *   all GUIDs ─► 128 parts, 10 differ ─► each in 16 parts, 10 differ ─► … ─► rows: GUID, version
 * </pre>
 */
final class DigestComparison {

    private static final int FIRST_PARTS = 128;
    private static final int PARTS = 16;

    /**
     * The limit on requests, regardless of the answers of the peer. An honest peer needs about ten for each hundred
     * differences.
     */
    private static final int MOST_REQUESTS = 150;

    /** The versions that were last read from the peer. */
    interface Versions {

        /** Passes each resource in the range with its version to the consumer, in any order. */
        void each(GuidRange range, BiConsumer<Guid, String> consumer);
    }

    /**
     * A resource with different versions.
     *
     * @param row what the peer serves
     * @param version the version that was last read
     */
    record Changed(RangeSummary.Row row, String version) {}

    /**
     * The differences, ordered by GUID.
     *
     * @param served the number of resources that the peer serves
     * @param missing what the peer serves and was not read
     * @param changed what the peer serves in another version than the one that was last read
     * @param unserved the versions of resources that the digests of the peer do not contain
     * @param isAll whether these are all differences; otherwise there are more than the requested number
     */
    record Differences(
            long served,
            List<RangeSummary.Row> missing,
            List<Changed> changed,
            Map<Guid, String> unserved,
            boolean isAll) {

        /** Returns the resources that the peer serves and that were not read in this version. */
        List<RangeSummary.Row> toRead() {
            return Stream.concat(missing.stream(), changed.stream().map(Changed::row))
                    .sorted(Comparator.comparing(RangeSummary.Row::guid))
                    .toList();
        }

        /** Returns the number of differences. */
        int size() {
            return missing.size() + changed.size() + unserved.size();
        }
    }

    private final PeerSession session;
    private final String address;
    private final Versions here;
    private final int most;
    private final Deque<GuidRange> open = new ArrayDeque<>(List.of(GuidRange.ALL));
    private final List<RangeSummary.Row> missing = new ArrayList<>();
    private final List<Changed> changed = new ArrayList<>();
    private final Map<Guid, String> unserved = new TreeMap<>();
    private long served = -1;
    private boolean isFull;

    private DigestComparison(PeerSession session, String address, Versions here, int most) {
        this.session = session;
        this.address = address;
        this.here = here;
        this.most = most;
    }

    /**
     * Finds the differences.
     *
     * @param address the address of the peer, for messages
     * @param here what was last read from the peer
     * @param most the number of differences after which it stops, from 1
     * @param beforeEach called before each request; an exception ends the comparison
     * @return the differences; empty if the peer cannot answer such requests
     * @throws PeerException if the peer cannot be read, or if its answers make no sense
     */
    static Optional<Differences> of(PeerSession session, String address, Versions here, int most, Runnable beforeEach) {
        return new DigestComparison(session, address, here, most).found(beforeEach);
    }

    private Optional<Differences> found(Runnable beforeEach) {
        for (int requests = 0; !open.isEmpty() && !isFull; requests++) {
            if (requests == MOST_REQUESTS) {
                throw nonsense("still differ after " + MOST_REQUESTS + " requests");
            }
            beforeEach.run();
            List<GuidRange> ranges = new ArrayList<>();
            while (!open.isEmpty() && ranges.size() < PeerSession.MOST_RANGES) {
                ranges.add(open.remove());
            }
            Optional<List<RangeSummary>> summaries = session.summaries(ranges, requests == 0 ? FIRST_PARTS : PARTS);
            if (summaries.isEmpty()) {
                return Optional.empty();
            }
            compare(ranges, summaries.get());
        }
        missing.sort(Comparator.comparing(RangeSummary.Row::guid));
        changed.sort(Comparator.comparing(difference -> difference.row().guid()));
        return Optional.of(new Differences(served, List.copyOf(missing), List.copyOf(changed), unserved, !isFull));
    }

    private void compare(List<GuidRange> ranges, List<RangeSummary> summaries) {
        if (ranges.size() != summaries.size()) {
            throw nonsense("are " + summaries.size() + " for " + ranges.size() + " ranges");
        }
        for (int i = 0; i < ranges.size(); i++) {
            GuidRange range = ranges.get(i);
            long count = summaries
                    .get(i)
                    .match(parts -> compareParts(range, parts.parts()), rows -> compareRows(range, rows.rows()));
            served = served < 0 ? count : served;
        }
        // Each open range contains at least one difference.
        isFull |= missing.size() + changed.size() + unserved.size() + open.size() > most;
    }

    private long compareParts(GuidRange range, List<RangeDigest> theirs) {
        requireWhole(range, theirs);
        List<VersionDigest> ours =
                theirs.stream().map(part -> new VersionDigest()).toList();
        here.each(range, (guid, version) -> ours.get(partOf(guid, theirs)).add(guid, version));
        IntStream.range(0, theirs.size())
                .filter(i -> !ours.get(i).of(theirs.get(i).range()).equals(theirs.get(i)))
                .forEach(i -> open.add(theirs.get(i).range()));
        return theirs.stream().mapToLong(RangeDigest::count).sum();
    }

    private static int partOf(Guid guid, List<RangeDigest> parts) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (guid.compareTo(parts.get(middle).range().last()) <= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void requireWhole(GuidRange range, List<RangeDigest> parts) {
        boolean isWhole = !parts.isEmpty()
                && parts.get(0).range().first().equals(range.first())
                && parts.get(parts.size() - 1).range().last().equals(range.last());
        for (int i = 1; i < parts.size() && isWhole; i++) {
            Guid before = parts.get(i - 1).range().last();
            isWhole = before.compareTo(range.last()) < 0
                    && parts.get(i).range().first().equals(GuidRange.after(before));
        }
        if (!isWhole) {
            throw nonsense("do not cover the ranges that were requested");
        }
    }

    private long compareRows(GuidRange range, List<RangeSummary.Row> rows) {
        Map<Guid, RangeSummary.Row> unread = new TreeMap<>();
        for (RangeSummary.Row row : rows) {
            if (!range.contains(row.guid()) || unread.put(row.guid(), row) != null) {
                throw nonsense("list resources twice or in other ranges than those that were requested");
            }
        }
        here.each(range, (guid, version) -> {
            RangeSummary.Row row = unread.remove(guid);
            if (row != null && !row.version().equals(version)) {
                changed.add(new Changed(row, version));
            } else if (row == null && unserved.size() < most) {
                unserved.put(guid, version);
            } else if (row == null) {
                isFull = true;
            }
        });
        missing.addAll(unread.values());
        return rows.size();
    }

    private PeerException nonsense(String what) {
        return new PeerException(
                PeerTrouble.UNREADABLE,
                "the digests of " + address + " " + what + "; tell the administrator of the peer",
                null);
    }
}

package org.librarypeers.http;

import static org.librarypeers.http.ReadingAFeed.MORNING;
import static org.librarypeers.http.ReadingAFeed.listed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.librarypeers.domain.Cursor;
import org.librarypeers.http.wire.OrbTime;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;

/** A v1 site with the numbers of its resources, and the minute of the morning at which each one changed. */
final class FeedSite {

    final Map<Integer, Integer> rows = new HashMap<>();
    final List<Integer> seen = new ArrayList<>();
    final Map<Integer, String> versions = new HashMap<>();
    Comparator<int[]> order = Comparator.<int[]>comparingInt(row -> row[1]).thenComparingInt(row -> row[0]);
    boolean filters = true;
    boolean twice;
    boolean counts;
    Integer hidden;
    Completeness completeness;
    List<String> remarks = List.of();
    Random shuffle;

    /** Runs after each page, with the number of the page. */
    IntConsumer afterPage = page -> {};

    Cursor rest;

    FeedSite add(int id, int minute) {
        rows.put(id, minute);
        return this;
    }

    Map<Integer, String> current() {
        Map<Integer, String> current = new HashMap<>();
        rows.forEach((id, minute) -> current.put(id, time(minute)));
        return current;
    }

    List<String> read(OrbFeed feed, int limit) {
        return read(feed, feed.begin(Position.Orb.START), limit);
    }

    /** Reads the site as a session with this cursor does, and returns the new cursor. */
    Cursor readOn(OrbFeed feed, Cursor cursor, int limit) {
        Position.Orb begin = feed.begin((Position.Orb) Position.of(cursor));
        read(feed, feed.corrected(begin), limit);
        return rest;
    }

    private List<String> read(OrbFeed feed, Position.Orb begin, int limit) {
        List<String> positions = new ArrayList<>();
        Position.Orb from = begin;
        for (int page = 1; page < 500; page++) {
            positions.add(from.token());
            ChangePage answer = feed.page(from, page(from, limit), -1);
            answer.items().forEach(item -> {
                seen.add(Integer.valueOf(item.remoteId()));
                versions.put(Integer.valueOf(item.remoteId()), item.version());
            });
            completeness = answer.completeness();
            if (answer.last()) {
                rest = answer.next();
                remarks = answer.remarks();
                return positions;
            }
            afterPage.accept(page);
            from = feed.following(answer.next(), (Position.Orb) Position.of(answer.next()));
        }
        throw new AssertionError("read 500 pages of " + rows.size() + " resources");
    }

    private Listing page(Position.Orb from, int limit) {
        List<Map.Entry<Integer, Integer>> all = new ArrayList<>(rows.entrySet());
        if (twice) {
            all.addAll(rows.entrySet());
        }
        if (shuffle != null) {
            Collections.shuffle(all, shuffle);
        }
        List<Listing.Listed> found = all.stream()
                .map(row -> new int[] {row.getKey(), row.getValue()})
                .filter(row -> !filters
                        || from.time() == null
                        || time(row[1]).compareTo(from.time().literal()) >= 0)
                .sorted(shuffle == null ? order : Comparator.comparingInt(row -> row[1]))
                .map(row -> listed(row[0], time(row[1])))
                .toList();
        int begin = Math.min(from.offset(), found.size());
        int end = Math.min(begin + limit, found.size());
        List<Listing.Listed> shown = found.subList(begin, end).stream()
                .filter(row -> hidden == null || !row.item().remoteId().equals(String.valueOf(hidden)))
                .toList();
        return new Listing(
                shown, end < found.size() ? "/another/" : null, true, null, limit, counts ? found.size() : -1);
    }

    private static String time(int minute) {
        return OrbTime.text(MORNING.plusMinutes(minute));
    }
}

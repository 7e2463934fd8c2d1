package org.librarypeers.sync.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;

/**
 * A simulated existing site, with a list by date and a detail for each resource. Dates come from its own clock, in
 * seconds. A change may be dated before it becomes visible. Tags change without a new date. Rows of one date come in
 * any order, and some rows are dated far in the future.
 */
final class SimSite {

    /** The time that a reader looks back. Changes become visible sooner than that. */
    static final Duration LOOK_BACK = Duration.ofMinutes(5);

    final PeerHost host;
    final List<Row> rows = new ArrayList<>();
    private final Duration skew;

    SimSite(PeerHost host, Duration skew) {
        this.host = host;
        this.skew = skew;
    }

    static final class Row {
        final int id;
        final Guid guid;
        final @Nullable PeerHost maker;
        ResourceContent content;
        Instant updated = Instant.EPOCH;
        boolean approved;
        boolean bad;

        /** True if the row is listed but its detail is absent. */
        boolean absent;

        /** True if the detail was absent at some time since the row's last date. */
        boolean wasAbsent;

        /** The number of times that the row was absent, for good or for a moment. */
        int timesGone;

        /** True if the row of the list is unreadable. Its detail can be read. */
        boolean unreadableRow;

        /** True if the row was ever listed while unreadable, so that a cursor may have passed it. */
        boolean passedUnread;

        /** True if the content changed since the row's last date. */
        boolean changedInSilence;

        /**
         * The time of the last change by the site's clock. The row's date is the same, unless it is far in the future.
         */
        private Instant changed = Instant.EPOCH;

        private @Nullable Runnable pending;
        private Instant visibleFrom = Instant.EPOCH;

        Row(int id, Guid guid, @Nullable PeerHost maker, ResourceContent content) {
            this.id = id;
            this.guid = guid;
            this.maker = maker;
            this.content = content;
        }

        boolean isThere() {
            return approved && !absent;
        }

        boolean hasId(String remoteId) {
            return Integer.toString(id).equals(remoteId);
        }
    }

    List<Row> rows(Guid guid) {
        return rows.stream().filter(row -> row.guid.equals(guid)).toList();
    }

    /** Changes a row. The change is dated now and may become visible up to four minutes later. */
    void change(Row row, Instant now, Random random, Runnable change) {
        commit(row);
        Instant second = now.plus(skew).truncatedTo(ChronoUnit.SECONDS);
        // Two rows may have the same date, but two changes of one row may not.
        row.changed = second.isAfter(row.changed) ? second : row.changed.plusSeconds(1);
        boolean slips = random.nextInt(20) == 0;
        Instant dated = slips ? row.changed.plus(Duration.ofDays(1 + random.nextInt(500))) : row.changed;
        row.pending = () -> {
            change.run();
            row.updated = dated;
            row.wasAbsent = row.absent;
            row.timesGone += row.approved ? 0 : 1;
        };
        row.visibleFrom = random.nextInt(3) > 0 ? now : now.plusSeconds(random.nextInt(240));
    }

    private static void commit(Row row) {
        if (row.pending != null) {
            row.pending.run();
            row.pending = null;
        }
    }

    void commitUntil(Instant now) {
        rows.stream().filter(row -> !row.visibleFrom.isAfter(now)).forEach(SimSite::commit);
    }

    /** The progress of a session. A cursor never has a date that the site's clock has not reached. */
    static final class Reading {
        private @Nullable Instant begun;
        private Instant reached = Instant.MIN;
        private Instant settled = Instant.EPOCH;
    }

    /** Returns the page from the last date that was read, inclusive, with all rows of the page's last date. */
    ChangePage page(@Nullable Cursor after, Reading reading, Instant now, int limit, Random random) {
        Duration since = reading.begun == null ? null : Duration.between(reading.begun, now);
        String[] token = after == null ? new String[0] : after.token().split(" ");
        if (since == null) {
            reading.begun = now;
            reading.reached = after == null ? Instant.MIN : Instant.parse(token[0]);
            reading.settled = after == null ? Instant.EPOCH : reading.reached;
        }
        Instant from = reading.reached;
        // Looks back further by the duration of the last session, because rows with earlier dates may have become
        // visible behind each of its pages.
        Instant begin =
                since == null && after != null ? from.minus(LOOK_BACK).minusSeconds(Long.parseLong(token[1])) : from;
        long took = since == null ? 0 : since.toSeconds();
        List<Row> listed = new ArrayList<>(rows.stream()
                .filter(row -> row.approved && !row.updated.isBefore(begin))
                .toList());
        Collections.shuffle(listed, random);
        listed.sort(Comparator.comparing(row -> row.updated));
        int size = Math.min(limit, listed.size());
        while (size > 0 && size < listed.size() && listed.get(size).updated.equals(listed.get(size - 1).updated)) {
            size++;
        }
        // A page on which all rows have the requested date must be extended, so that the next page moves on.
        while (size < listed.size() && listed.get(size - 1).updated.equals(from)) {
            size++;
        }
        Instant latest = now.plus(skew).minus(LOOK_BACK);
        for (Row row : listed.subList(0, size)) {
            reading.reached = row.updated;
            if (!row.updated.isAfter(latest) && row.updated.isAfter(reading.settled)) {
                reading.settled = row.updated;
            }
        }
        Cursor next = size == 0 ? after : cursor(reading.settled, took);
        List<ChangePage.Item> items = new ArrayList<>();
        for (Row row : listed.subList(0, size)) {
            row.passedUnread |= row.unreadableRow;
            items.add(
                    row.unreadableRow
                            ? ChangePage.Item.unreadableRow("of " + row.id, "", "no JSON")
                            : new ChangePage.Item(Integer.toString(row.id), row.guid, row.updated.toString(), null));
        }
        return new ChangePage(items, next, size == listed.size(), listed.size());
    }

    private static Cursor cursor(Instant time, long took) {
        return new Cursor(time + " " + took, time.toString());
    }

    Fetched detail(String remoteId) {
        return rows.stream()
                .filter(row -> row.hasId(remoteId) && row.isThere())
                .findFirst()
                .<Fetched>map(row -> row.bad ? new Fetched.Unreadable("no JSON") : new Fetched.Body(incoming(row)))
                .orElseGet(Fetched.Gone::new);
    }

    static IncomingResource incoming(Row row) {
        String maker = row.maker == null ? null : row.maker.toString();
        return new IncomingResource(row.guid, row.content, maker, maker, null);
    }
}

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
 * An existing site: a list by date, details one by one. Dates are its own clock's, to the second; a change may be dated
 * before it can be read; tags change without a new date; rows of one date come in any order; some rows are dated far ahead.
 */
final class SimSite {

    /** How far a reader looks back; changes are committed sooner than that. */
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

        /** Whether it is listed, and not there when it is asked for. */
        boolean absent;

        /** Whether it was so at some time since its last date. */
        boolean wasAbsent;

        /** How often it went away, whether for good or for a moment. */
        int timesGone;

        /** Whether its row of the list cannot be read; its detail can. */
        boolean unreadableRow;

        /** Whether it could not be read at some time since it was last listed readably, so that a cursor may have passed it. */
        boolean passedUnread;

        /** Whether it says something else since its last date. */
        boolean changedInSilence;

        /** What the clock showed when it was changed last, which is its date unless that is far ahead. */
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

    /** Changes a row: dated now, and to be read by others up to some minutes later. */
    void change(Row row, Instant now, Random random, Runnable change) {
        commit(row);
        Instant second = now.plus(skew).truncatedTo(ChronoUnit.SECONDS);
        // Two rows may share a date; two changes of one row do not.
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

    /** How far a session has come: a cursor has no date that the clock of the site has not reached. */
    static final class Reading {
        private @Nullable Instant begun;
        private Instant reached = Instant.MIN;
        private Instant settled = Instant.EPOCH;
    }

    /** The page behind a date that was read, that date included; all rows of its last date are on it. */
    ChangePage page(@Nullable Cursor after, Reading reading, Instant now, int limit, Random random) {
        Duration since = reading.begun == null ? null : Duration.between(reading.begun, now);
        String[] token = after == null ? new String[0] : after.token().split(" ");
        if (since == null) {
            reading.begun = now;
            reading.reached = after == null ? Instant.MIN : Instant.parse(token[0]);
            reading.settled = after == null ? Instant.EPOCH : reading.reached;
        }
        Instant from = reading.reached;
        // As long as the session before took, longer: what was dated before may have come behind each of its pages.
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
        // A page that is all of one date, the one asked for, must lead on.
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

package org.librarypeers.app.peers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;

/**
 * A bar chart of past runs, in SVG units.
 *
 * @param top the value at the top of the chart, at least 1
 * @param bars one bar per run, the oldest first
 */
public record RunChart(int top, List<Bar> bars) {

    /** The width of the chart. */
    public static final int WIDTH = 720;

    /** The y coordinate of the bottom of the bars. */
    public static final int FLOOR = 150;

    /** The y coordinate of the top of the highest bar. */
    public static final int CEILING = 14;

    /** The x coordinate of the first bar. */
    public static final int LEFT = 72;

    private static final int LEAST_SLOTS = 12;
    private static final int LEAST_HEIGHT = 3;

    /** The height of the dates below the bars. */
    public static final int DATES = 22;

    /** The minimum distance between the starts of two dates. */
    private static final int DATE_EVERY = 120;

    /**
     * The bar of one run.
     *
     * @param day the day of the run, if it is written below the bar; null otherwise
     */
    public record Bar(
            String title,
            int x,
            int width,
            List<BarSegment> parts,
            @Nullable String day) {}

    /** A segment of a bar: {@code added}, {@code updated} or {@code failed}. */
    public record BarSegment(String kind, int y, int height) {}

    /**
     * Returns a chart of the runs.
     *
     * @param runs the runs, the newest first
     */
    static RunChart of(Visit visit, List<SyncLog> runs) {
        int top = runs.stream().mapToInt(run -> drawn(run.tally())).max().orElse(0);
        int slot = (WIDTH - LEFT) / Math.max(LEAST_SLOTS, runs.size());
        List<Bar> bars = new ArrayList<>();
        int dated = -DATE_EVERY;
        String shown = "";
        for (int i = 0; i < runs.size(); i++) {
            SyncLog run = runs.get(runs.size() - 1 - i);
            int x = LEFT + i * slot;
            String day = visit.day(run.started());
            boolean isDated = x - dated >= DATE_EVERY && !day.equals(shown);
            if (isDated) {
                dated = x;
                shown = day;
            }
            bars.add(bar(visit, run, x, slot * 7 / 10, Math.max(1, top), isDated ? day : null));
        }
        return new RunChart(Math.max(1, top), bars);
    }

    private static int drawn(SyncTally tally) {
        return tally.added() + tally.updated() + tally.failed();
    }

    private static Bar bar(Visit visit, SyncLog run, int x, int width, int top, @Nullable String day) {
        SyncTally tally = run.tally();
        String title = visit.say(
                "peers.chart.bar",
                run.id().toString(),
                visit.time(run.started()),
                tally.added(),
                tally.updated(),
                tally.failed());
        List<BarSegment> parts = new ArrayList<>();
        int y = FLOOR;
        y = stack(parts, "added", tally.added(), y, top);
        y = stack(parts, "updated", tally.updated(), y, top);
        stack(parts, "failed", tally.failed(), y, top);
        return new Bar(title, x, width, parts, day);
    }

    /**
     * Adds a segment and returns the y coordinate of its top. A segment has a minimum height, so that small numbers are visible.
     */
    private static int stack(List<BarSegment> parts, String kind, int number, int y, int top) {
        if (number == 0) {
            return y;
        }
        int height = Math.max(LEAST_HEIGHT, (int) Math.round((double) number * (FLOOR - CEILING) / top));
        parts.add(new BarSegment(kind, y - height, height));
        return y - height;
    }
}

package org.librarypeers.app.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word-by-word comparison of two texts, with the shortest edit script of E. W. Myers (1986). If the texts have too little in
 * common, everything between their common beginning and end is shown as replaced.
 */
public final class WordDiff {

    private static final Pattern TOKEN =
            Pattern.compile("\\s+|\\p{IsIdeographic}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsIdeographic}]]+|.", Pattern.DOTALL);

    /**
     * The maximum number of removed and added words. With more changes, a word-by-word comparison is unreadable. The limit also
     * bounds memory and time.
     */
    private static final int MOST_CHANGES = 500;

    private static final int MOST_TOKENS = 50_000;
    private static final int LONG = 600;
    private static final int SHOWN = 200;

    private final int[] before;
    private final int[] after;

    private WordDiff(int[] before, int[] after) {
        this.before = before;
        this.after = after;
    }

    /** The kind of a piece. */
    public enum Kind {
        /** Text that is in both versions. */
        SAME,
        /** Text that is in the old version only. */
        REMOVED,
        /** Text that is in the new version only. */
        ADDED
    }

    /** A piece of text; never empty. */
    public record Piece(Kind kind, String text) {}

    /**
     * Returns the pieces in order. The pieces of kind {@code SAME} and {@code REMOVED} form the old text, those of kind
     * {@code SAME} and {@code ADDED} the new text. In a replacement, the removed piece comes first. Adjacent pieces differ in
     * kind.
     */
    public static List<Piece> between(String before, String after) {
        List<String> old = tokens(before);
        List<String> now = tokens(after);
        int shorter = Math.min(old.size(), now.size());
        int start = 0;
        while (start < shorter && old.get(start).equals(now.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        Pieces pieces = new Pieces();
        pieces.add(Kind.SAME, old.subList(0, start));
        changes(old.subList(start, old.size() - end), now.subList(start, now.size() - end), pieces);
        pieces.add(Kind.SAME, old.subList(old.size() - end, old.size()));
        return pieces.joined();
    }

    /** Returns the pieces with the middle of long unchanged text left out, so that the changes are easy to find. */
    public static List<Piece> shortened(List<Piece> pieces) {
        return pieces.stream()
                .map(piece -> piece.kind() == Kind.SAME ? new Piece(Kind.SAME, shortened(piece.text())) : piece)
                .toList();
    }

    private static String shortened(String text) {
        if (text.length() <= LONG) {
            return text;
        }
        int from = text.lastIndexOf(' ', SHOWN);
        int to = text.indexOf(' ', text.length() - SHOWN);
        return from < 0 || to < 0 ? text : text.substring(0, from) + " … " + text.substring(to + 1);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static void changes(List<String> old, List<String> now, Pieces pieces) {
        if (old.isEmpty() || now.isEmpty() || old.size() + now.size() > MOST_TOKENS) {
            pieces.add(Kind.REMOVED, old);
            pieces.add(Kind.ADDED, now);
            return;
        }
        Map<String, Integer> numbers = new HashMap<>();
        WordDiff diff = new WordDiff(numbered(old, numbers), numbered(now, numbers));
        int x = 0;
        int y = 0;
        for (int[] step : diff.steps()) {
            pieces.add(Kind.REMOVED, old.subList(x, step[0]));
            pieces.add(Kind.ADDED, now.subList(y, step[1]));
            pieces.add(Kind.SAME, old.subList(step[0], step[0] + step[2]));
            x = step[0] + step[2];
            y = step[1] + step[2];
        }
        pieces.add(Kind.REMOVED, old.subList(x, old.size()));
        pieces.add(Kind.ADDED, now.subList(y, now.size()));
    }

    private static int[] numbered(List<String> tokens, Map<String, Integer> numbers) {
        return tokens.stream()
                .mapToInt(token -> numbers.computeIfAbsent(token, unknown -> numbers.size()))
                .toArray();
    }

    /**
     * Returns the common parts in order, each as its position in the old text, its position in the new text, and its length.
     * Returns an empty list if the texts differ too much.
     */
    private List<int[]> steps() {
        int limit = Math.min(MOST_CHANGES, before.length + after.length);
        int[] furthest = new int[2 * limit + 3];
        List<int[]> trace = new ArrayList<>();
        for (int changes = 0; changes <= limit; changes++) {
            for (int line = -changes; line <= changes; line += 2) {
                int x = comesFromAbove(furthest, limit, line, changes)
                        ? furthest[limit + 1 + line + 1]
                        : furthest[limit + 1 + line - 1] + 1;
                x = along(x, x - line);
                furthest[limit + 1 + line] = x;
                if (x >= before.length && x - line >= after.length) {
                    return back(trace, changes);
                }
            }
            trace.add(Arrays.copyOfRange(furthest, limit + 1 - changes, limit + 2 + changes));
        }
        return List.of();
    }

    private static boolean comesFromAbove(int[] furthest, int limit, int line, int changes) {
        int middle = limit + 1 + line;
        return line == -changes || (line != changes && furthest[middle - 1] < furthest[middle + 1]);
    }

    /**
     * Returns the position in the old text up to which both texts are equal, starting from the given positions. A position past
     * the end is returned unchanged.
     */
    private int along(int from, int other) {
        int x = from;
        int y = other;
        while (x < before.length && y >= 0 && y < after.length && before[x] == after[y]) {
            x++;
            y++;
        }
        return x;
    }

    private List<int[]> back(List<int[]> trace, int changes) {
        List<int[]> steps = new ArrayList<>();
        int x = before.length;
        int y = after.length;
        for (int left = changes; left > 0; left--) {
            int[] furthest = trace.get(left - 1);
            int line = x - y;
            int middle = left - 1;
            boolean above = line == -left
                    || (line != left && at(furthest, middle + line - 1) < at(furthest, middle + line + 1));
            int fromLine = above ? line + 1 : line - 1;
            int fromX = furthest[middle + fromLine];
            int startX = above ? fromX : fromX + 1;
            step(steps, startX, startX - line, x - startX);
            x = fromX;
            y = fromX - fromLine;
        }
        step(steps, 0, 0, x);
        Collections.reverse(steps);
        return steps;
    }

    private static int at(int[] furthest, int index) {
        return index < 0 || index >= furthest.length ? -1 : furthest[index];
    }

    private static void step(List<int[]> steps, int x, int y, int length) {
        if (length > 0) {
            steps.add(new int[] {x, y, length});
        }
    }

    /** A collector that joins pieces for readability: white space between two changes becomes part of the change. */
    private static final class Pieces {

        private final List<Piece> done = new ArrayList<>();
        private final StringBuilder removed = new StringBuilder();
        private final StringBuilder added = new StringBuilder();
        private final StringBuilder same = new StringBuilder();

        void add(Kind kind, List<String> tokens) {
            if (tokens.isEmpty()) {
                return;
            }
            if (kind == Kind.SAME) {
                tokens.forEach(same::append);
                return;
            }
            boolean inAChange = removed.length() + added.length() > 0;
            if (inAChange && same.toString().isBlank()) {
                removed.append(same);
                added.append(same);
                same.setLength(0);
            } else {
                flush();
            }
            tokens.forEach((kind == Kind.REMOVED ? removed : added)::append);
        }

        private void flush() {
            put(Kind.REMOVED, removed);
            put(Kind.ADDED, added);
            put(Kind.SAME, same);
        }

        private void put(Kind kind, StringBuilder text) {
            if (!text.isEmpty()) {
                done.add(new Piece(kind, text.toString()));
                text.setLength(0);
            }
        }

        List<Piece> joined() {
            flush();
            return List.copyOf(done);
        }
    }
}

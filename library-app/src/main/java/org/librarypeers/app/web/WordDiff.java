package org.librarypeers.app.web;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.algorithm.myers.MyersDiff;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word-by-word comparison of two texts by the shortest edit script. If the texts have too little in
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

    private WordDiff() {}

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
        for (AbstractDelta<String> delta : deltas(old, now)) {
            if (delta.getType() == DeltaType.EQUAL) {
                pieces.add(Kind.SAME, delta.getSource().getLines());
            } else {
                pieces.add(Kind.REMOVED, delta.getSource().getLines());
                pieces.add(Kind.ADDED, delta.getTarget().getLines());
            }
        }
    }

    private static List<AbstractDelta<String>> deltas(List<String> old, List<String> now) {
        if (old.size() + now.size() <= MOST_TOKENS) {
            try {
                return DiffUtils.diff(old, now, new MyersDiff<>(), new Limit(), true)
                        .getDeltas();
            } catch (TooManyChangesException e) {
                // Shown as one replacement.
            }
        }
        return List.of(new ChangeDelta<>(new Chunk<>(0, old), new Chunk<>(0, now)));
    }

    /** A listener that ends a comparison after {@link #MOST_CHANGES} steps. In each step, the edit script grows by one change. */
    private static final class Limit implements DiffAlgorithmListener {

        @Override
        public void diffStart() {}

        @Override
        public void diffStep(int changes, int most) {
            if (changes > MOST_CHANGES) {
                throw new TooManyChangesException();
            }
        }

        @Override
        public void diffEnd() {}
    }

    private static final class TooManyChangesException extends RuntimeException {
        private static final long serialVersionUID = 1;
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

package org.librarypeers.app.cli;

import java.io.PrintWriter;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncProgress;

/** A progress line on the terminal for one sync. Prints nothing if there is no terminal. */
final class ProgressBar implements SyncListener, AutoCloseable {

    private static final int WIDTH = 24;
    private static final String CLEAR = "\r\u001B[2K";

    private final PrintWriter terminal;
    private final String name;
    private final boolean shown;
    private boolean drawn;

    private ProgressBar(PrintWriter terminal, String name, boolean shown) {
        this.terminal = terminal;
        this.name = name;
        this.shown = shown;
    }

    static ProgressBar on(PrintWriter terminal, String name, boolean wanted) {
        boolean isTerminal = Terminal.console() != null && !"dumb".equals(System.getenv("TERM"));
        return new ProgressBar(terminal, name, wanted && isTerminal);
    }

    @Override
    public void progressed(SyncProgress progress) {
        SyncTally tally = progress.tally();
        String counts = tally.total() + (progress.total() < 0 ? "" : " of " + Math.max(progress.total(), tally.total()))
                + ", " + tally.added() + " new, " + tally.updated() + " updated, "
                + Count.of(progress.requests(), "request")
                + progress.remainingInWords()
                        .map(words -> ", " + words + " left")
                        .orElse("");
        draw(bar(tally.total(), progress.total()) + counts);
    }

    void waiting(String why) {
        draw("waiting: " + why);
    }

    private static String bar(int done, int total) {
        if (total <= 0) {
            return "";
        }
        int filled = Math.min(WIDTH, (int) ((long) WIDTH * done / total));
        return "█".repeat(filled) + "░".repeat(WIDTH - filled) + " ";
    }

    private void draw(String text) {
        if (shown) {
            terminal.print(CLEAR + name + ": " + text);
            terminal.flush();
            drawn = true;
        }
    }

    /** Removes the bar, so that other output to the terminal begins on an empty line. */
    void clear() {
        if (drawn) {
            terminal.print(CLEAR);
            terminal.flush();
            drawn = false;
        }
    }

    @Override
    public void close() {
        clear();
    }
}

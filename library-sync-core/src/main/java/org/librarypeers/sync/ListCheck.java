package org.librarypeers.sync;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.storage.KnownShortfalls;

/**
 * Decides what a run may conclude from a list. Absence from a list that is not known to be complete proves nothing. An
 * incomplete list fails the run, unless an earlier run met the same shortfall.
 */
final class ListCheck {

    private final Peer peer;
    private final boolean whole;
    private final KnownShortfalls known;
    private Completeness read = new Completeness.Complete();
    private boolean ended;

    /**
     * Must be created before the list is read.
     *
     * @param whole whether the list is read from its beginning
     * @param known the shortfalls that earlier runs met
     */
    ListCheck(Peer peer, boolean whole, KnownShortfalls known) {
        this.peer = peer;
        this.whole = whole;
        this.known = known;
    }

    /** Records a page. */
    void read(ChangePage page) {
        read = page.completeness();
        ended = page.last();
    }

    /** Returns whether the page that was read last may move the cursor. */
    boolean mayMoveCursor() {
        return read.match(complete -> true, unknown -> true, shortfall -> ended && known.includes(shortfall));
    }

    /** Returns whether the list was read to its end and is incomplete in a way that no earlier run met. */
    boolean hasFailed() {
        return ended && !mayMoveCursor();
    }

    /** Returns the reason why the run {@linkplain #hasFailed failed}, for the administrator. */
    String failure() {
        return peer.address() + " sent an incomplete list, " + numbers()
                + ", also when the request was repeated; what it sent was saved, the cursor was not moved, and nothing"
                + " was marked as withdrawn. If the next run gets the same list, it continues without the missing"
                + " resources. Tell the administrator of the peer";
    }

    /** Returns a remark for a run that continues in spite of a shortfall. Null if there is nothing to report. */
    @Nullable
    String remark() {
        return numbers().isEmpty() || hasFailed()
                ? null
                : "the list of the peer is incomplete as in an earlier run, " + numbers()
                        + "; nothing is marked as withdrawn until it is complete again";
    }

    /** Returns a clause that says why absence from the list proves nothing. Null if the list is complete. */
    @Nullable
    String doubt() {
        return read.<Optional<String>>match(
                        complete -> Optional.empty(),
                        unknown -> Optional.of(unknown.reason()),
                        shortfall -> Optional.of("the list is incomplete, " + numbers()))
                .orElse(null);
    }

    private String numbers() {
        return read.match(
                complete -> "",
                unknown -> "",
                shortfall -> String.format(Locale.ROOT, "with %,d of the ", shortfall.received())
                        + Count.of(shortfall.expected(), "resource") + " that it announced");
    }

    /**
     * Returns the shortfalls after this run. Null if they did not change, or if it is unknown whether the list is
     * complete.
     */
    @Nullable
    KnownShortfalls changed() {
        if (!ended) {
            return null;
        }
        KnownShortfalls now = read.match(
                complete -> known.after(whole, null), unknown -> known, shortfall -> known.after(whole, shortfall));
        return now.equals(known) ? null : now;
    }
}

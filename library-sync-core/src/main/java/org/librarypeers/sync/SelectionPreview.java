package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Selection;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.StoredOffer;

/**
 * The result of a selection for the offers of a peer that earlier runs read, before it is saved. The peer is not asked.
 *
 * @param taken offers that would be taken
 * @param newlyTaken those of the taken offers that are left out now
 * @param leftOut offers that would be left out and do not follow the peer here
 * @param notFollowed resources that follow the peer here, and that would stay as they are without further updates
 * @param unknown the number of offers whose facts are not known; the next run reads them
 */
public record SelectionPreview(Group taken, Group newlyTaken, Group leftOut, Group notFollowed, long unknown) {

    /**
     * A group of offers.
     *
     * @param count the number of offers
     * @param sample some of the offers
     */
    public record Group(long count, List<Entry> sample) {

        /** Copies the list. */
        public Group {
            sample = List.copyOf(sample);
        }
    }

    /**
     * An offer.
     *
     * @param guid the GUID of the resource
     * @param title the title as the peer sent it; empty if unknown
     */
    public record Entry(Guid guid, LocalizedText title) {}

    /** Collects a group, of which only a sample is kept in memory. */
    private static final class Collector {

        private final int limit;
        private final List<Entry> sample = new ArrayList<>();
        private long count;

        Collector(int limit) {
            this.limit = limit;
        }

        void add(StoredOffer offer) {
            count++;
            if (sample.size() < limit) {
                OfferFacts facts = offer.facts();
                sample.add(new Entry(offer.guid(), facts == null ? LocalizedText.empty() : facts.title()));
            }
        }

        Group group() {
            return new Group(count, sample);
        }
    }

    /**
     * Returns the effects that a selection would have. Reads all offers of the peer, with bounded memory.
     *
     * @param sample the maximum number of offers in each sample; not negative
     */
    public static SelectionPreview of(SelectionRepository offers, PeerId peer, Selection selection, int sample) {
        Collector taken = new Collector(sample);
        Collector newlyTaken = new Collector(sample);
        Collector leftOut = new Collector(sample);
        Collector notFollowed = new Collector(sample);
        Collector unknown = new Collector(0);
        offers.scan(peer, offer -> {
            switch (selection.result(offer.guid(), offer.facts())) {
                case TAKEN -> {
                    taken.add(offer);
                    if (offer.leftOut()) {
                        newlyTaken.add(offer);
                    }
                }
                case LEFT_OUT -> (offer.followed() ? notFollowed : leftOut).add(offer);
                case UNKNOWN -> unknown.add(offer);
            }
        });
        return new SelectionPreview(
                taken.group(), newlyTaken.group(), leftOut.group(), notFollowed.group(), unknown.count);
    }
}

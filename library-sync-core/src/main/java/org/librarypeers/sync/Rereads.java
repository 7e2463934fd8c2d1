package org.librarypeers.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.storage.HarvestRepository;

/** The items that a run reads again although they are listed as before. */
final class Rereads {

    private final PeerId peer;
    private final HarvestRepository harvest;
    private final Clock clock;
    private final SyncSettings settings;
    private final HarvestState before;
    private final Quarantine quarantine;
    private final ReadSoFar reading;

    Rereads(PeerId peer, SyncParts parts, HarvestState before, Quarantine quarantine, ReadSoFar reading) {
        this.peer = peer;
        this.harvest = parts.storage().harvest();
        this.clock = parts.clock();
        this.settings = parts.settings();
        this.before = before;
        this.quarantine = quarantine;
        this.reading = reading;
    }

    /**
     * Reads old items again. Existing sites change tags, links and files of a resource without changing its date, so
     * only reading it again shows the change.
     */
    void readAgain(BatchReceiver receiver, Set<Guid> settled, List<String> remarks) {
        Instant now = clock.instant();
        int most = settings.rereadCount() + reading.decided() + settled.size();
        List<ChangePage.Item> unread = harvest.longestUnread(peer, now.minus(settings.rereadAge()), now, most);
        List<ChangePage.Item> items = unreadSoFar(unread, settled);
        List<ChangePage.Item> some = items.subList(0, Math.min(items.size(), settings.rereadCount()));
        try {
            receiver.receiveApart(some);
        } catch (PeerThrottledException e) {
            remarks.add(
                    "not all resources that may have changed without a new date were read again: " + e.getMessage());
        }
    }

    /** Returns the details that are still to be read again, the least recently read first. */
    List<ChangePage.Item> left(Instant since, Set<Guid> settled) {
        return unreadSoFar(harvest.longestUnread(peer, since, clock.instant(), Integer.MAX_VALUE), settled);
    }

    /**
     * Returns the items without those that this run accepted, including under another remote id. A preview does not
     * save these.
     */
    private List<ChangePage.Item> unreadSoFar(List<ChangePage.Item> unread, Set<Guid> settled) {
        return reading.undecided(unread, settled).stream()
                .filter(item -> !quarantine.isHereOtherwise(item))
                .toList();
    }

    /** Returns how many details were read again so far, for the message of a throttled run. Empty if that was not requested. */
    String progress() {
        Instant since = before.rereadSince();
        if (since == null) {
            return "";
        }
        int left = left(since, Set.of()).size();
        return String.format(Locale.ROOT, "; %,d of ", Math.max(0, before.details() - left))
                + Count.of(before.details(), "resource") + " were read again; later runs continue with the rest";
    }
}

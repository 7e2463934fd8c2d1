package org.librarypeers.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.librarypeers.sync.peer.ChangePage;

/** The base class of tests that read a scripted list without a connection. */
abstract class ReadingAFeed {

    /** The number of random lists that each test with seeds reads. */
    static final int SEEDS = Integer.getInteger("feed.seeds", 3_000);

    static final LocalDateTime MORNING = LocalDateTime.of(2020, 3, 1, 8, 0);

    final Time time = new Time();

    /** The time in the Date header of each answer, or null for no header. */
    Instant peerClock;

    final OrbFeed feed = feed();
    final FeedSite site = new FeedSite();

    OrbFeed feed() {
        return new OrbFeed(
                new PeerFailures(FakePeer.peer("https://orb.example.org"), null), 500, time, () -> peerClock);
    }

    static Instant minute(int minute) {
        return MORNING.plusMinutes(minute).toInstant(ZoneOffset.UTC);
    }

    List<String> positions(int limit) {
        return site.read(feed, limit);
    }

    static Listing listing(List<Listing.Listed> objects, boolean more, int limit) {
        return new Listing(objects, more ? "/another/path/" : null, true, null, limit, -1);
    }

    static Listing.Listed listed(int id, String time) {
        ChangePage.Item item = new ChangePage.Item(String.valueOf(id), null, time, null);
        return new Listing.Listed(item, PeerTime.of(time).orElse(null), true, false);
    }
}

package org.librarypeers.app.staff;

import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.port.PeerCheck;
import org.librarypeers.sync.port.PeerException;
import org.librarypeers.sync.port.PeerThrottledException;

/**
 * What a test of a connection found, in the visitor's language.
 *
 * @param good whether the peer can be read
 * @param headline what is there, or what is wrong
 * @param advice what to expect, or what to do
 * @param detail what the peer said, in words of no language; null for nothing
 */
public record Finding(
        boolean good,
        String headline,
        String advice,
        @Nullable String detail) {

    /** Tests the connection to a peer with user and key. */
    static Finding of(Visit visit, SyncService sync, Peer peer) {
        try {
            return good(visit, peer, sync.check(peer));
        } catch (PeerException e) {
            return trouble(visit, peer, e);
        }
    }

    private static Finding good(Visit visit, Peer peer, PeerCheck check) {
        int pages = Math.max(0, check.pages());
        String headline = check.approved() < 0
                ? visit.say("peers.test.good.some", peer.name())
                : visit.say("peers.test.good", peer.name(), check.approved(), pages);
        String advice = "";
        if (check.fullFeed()) {
            advice = visit.say("peers.test.good.full");
        } else if (check.approved() > 0) {
            advice = visit.say("peers.test.good.each", check.approved() + pages);
        }
        return new Finding(true, headline, advice, null);
    }

    private static Finding trouble(Visit visit, Peer peer, PeerException trouble) {
        String key = "peers.test." + trouble.reason().name();
        String what = trouble.reason() == PeerException.Reason.UNKNOWN_HOST
                ? peer.host().uri().getHost()
                : peer.host().toString();
        String advice = trouble instanceof PeerThrottledException throttled
                ? visit.say(key + ".until", visit.time(throttled.until()))
                : visit.say(key + ".do");
        String detail = trouble.detail().orElse(null);
        if (trouble.reason() == PeerException.Reason.MOVED && detail != null) {
            advice = advice + " " + detail;
            detail = null;
        }
        return new Finding(false, visit.say(key, what), advice, detail);
    }
}

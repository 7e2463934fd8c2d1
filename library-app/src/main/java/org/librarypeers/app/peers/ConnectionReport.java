package org.librarypeers.app.peers;

import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;

/**
 * The result of a connection test, in the visitor's language.
 *
 * @param good whether the peer can be read
 * @param headline what the test found, or what is wrong
 * @param advice what to expect, or what to do
 * @param detail the untranslated details of the failure; null if there are none
 * @param unencrypted whether the key was sent to the peer unencrypted
 */
public record ConnectionReport(
        boolean good,
        String headline,
        String advice,
        @Nullable String detail,
        boolean unencrypted) {

    /** Tests the connection to a peer. The peer must have a user and a key. */
    static ConnectionReport of(Visit visit, SyncService sync, Peer peer) {
        try {
            return good(visit, peer, sync.check(peer));
        } catch (PeerException e) {
            return trouble(visit, peer, e);
        }
    }

    private static ConnectionReport good(Visit visit, Peer peer, PeerCheck check) {
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
        return new ConnectionReport(true, headline, advice, null, isUnencrypted(peer));
    }

    private static ConnectionReport trouble(Visit visit, Peer peer, PeerException e) {
        ConnectionReport trouble = trouble(visit, peer, e.reason());
        String advice = e instanceof PeerThrottledException throttled
                ? visit.say("peers.test.THROTTLED.until", visit.time(throttled.until()))
                : trouble.advice;
        String detail = e.detail().orElse(null);
        return e.reason() == PeerTrouble.MOVED && detail != null
                ? new ConnectionReport(false, trouble.headline, advice + " " + detail, null, trouble.unencrypted)
                : new ConnectionReport(false, trouble.headline, advice, detail, trouble.unencrypted);
    }

    /** Returns the explanation of a failure of the peer, with advice. */
    static ConnectionReport trouble(Visit visit, Peer peer, PeerTrouble trouble) {
        String kind = trouble == PeerTrouble.NOT_A_LIBRARY
                        && peer.access().repository().isPresent()
                ? "oai."
                : "";
        String key = "peers.test." + kind + trouble.name();
        String what = trouble == PeerTrouble.UNKNOWN_HOST
                ? peer.host().map(host -> host.uri().getHost()).orElse(peer.address())
                : peer.address();
        return new ConnectionReport(false, visit.say(key, what), visit.say(key + ".do"), null, isUnencrypted(peer));
    }

    /** Returns why a run failed, with advice; null if it did not fail. */
    public static @Nullable ConnectionReport of(Visit visit, Peer peer, SyncLog run) {
        if (run.status() != SyncStatus.FAILED) {
            return null;
        }
        PeerTrouble trouble = run.trouble();
        if (trouble != null) {
            return trouble(visit, peer, trouble);
        }
        String key = run.tally().failed() > 0 ? "peers.run.failed.items" : "peers.run.failed.here";
        return new ConnectionReport(false, visit.say(key), visit.say(key + ".do"), null, isUnencrypted(peer));
    }

    private static boolean isUnencrypted(Peer peer) {
        return peer.host().filter(PeerHost::isUnencrypted).isPresent();
    }
}

package org.librarypeers.sync.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeSummary;

/** A session that passes all calls on to another session. A test overrides the methods that it observes or changes. */
public class ForwardingSession implements PeerSession {

    private final PeerSession session;

    /** Creates a session. Closing it closes the other one. */
    public ForwardingSession(PeerSession session) {
        this.session = session;
    }

    @Override
    public ChangePage changes(@Nullable Cursor after) {
        return session.changes(after);
    }

    @Override
    public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
        session.fetch(items, answers);
    }

    @Override
    public boolean canFetch(ChangePage.Item item) {
        return session.canFetch(item);
    }

    @Override
    public Optional<List<RangeSummary>> summaries(List<GuidRange> ranges, int parts) {
        return session.summaries(ranges, parts);
    }

    @Override
    public int requests() {
        return session.requests();
    }

    @Override
    public Optional<Duration> timeFor(int requests) {
        return session.timeFor(requests);
    }

    @Override
    public void stop() {
        session.stop();
    }

    @Override
    public void close() {
        session.close();
    }
}

package org.librarypeers.sync.contract;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerSession;

/** Fetches all answers in one call, for tests. */
public final class Fetching {

    private Fetching() {}

    /** Returns the session's answers for these items, in the order in which the answers arrive. */
    public static List<Fetched> fetch(PeerSession session, List<ChangePage.Item> items) {
        List<Fetched> answers = new ArrayList<>();
        session.fetch(items, (item, answer) -> answers.add(answer));
        return answers;
    }
}

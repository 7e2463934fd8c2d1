package org.librarypeers.sync.contract;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerSession;

/** For tests that want all answers, or the failure. */
public final class Fetching {

    private Fetching() {}

    /** What the session answers for these items, in their order. */
    public static List<Fetched> fetch(PeerSession session, List<ChangePage.Item> items) {
        List<Fetched> answers = new ArrayList<>();
        session.fetch(items, (item, answer) -> answers.add(answer));
        return answers;
    }
}

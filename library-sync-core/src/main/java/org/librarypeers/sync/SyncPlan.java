package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Incoming;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.Fetched;

/** What becomes of a batch of items: decided, and not yet done. Pure, so that a preview and a run decide alike. */
record SyncPlan(List<Decision> decisions) {

    /** What becomes of one item. */
    record Decision(ChangePage.Item item, Received received) {}

    /**
     * Decides on each item.
     *
     * @param answers one for each item, in their order
     * @param known the resources of this library among those that were sent
     */
    static SyncPlan of(
            List<ChangePage.Item> items, List<Fetched> answers, Map<Guid, Resource> known, Delivery delivery) {
        List<Decision> decisions = new ArrayList<>();
        Set<Guid> decided = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            ChangePage.Item item = items.get(i);
            Fetched answer = answers.get(i);
            if (answer instanceof Fetched.Body body) {
                Received received = decided.add(body.resource().guid())
                        ? decide(item, body.resource(), known, delivery)
                        : new Received.Invalid("another item of the same page is "
                                + body.resource().guid() + " too");
                decisions.add(new Decision(item, received));
            } else if (answer instanceof Fetched.Unreadable unreadable) {
                decisions.add(new Decision(item, new Received.Invalid(unreadable.reason())));
            }
        }
        return new SyncPlan(decisions);
    }

    private static Received decide(
            ChangePage.Item item, Incoming incoming, Map<Guid, Resource> known, Delivery delivery) {
        if (item.guid() != null && !item.guid().equals(incoming.guid())) {
            return new Received.Invalid("it is listed as " + item.guid() + " but calls itself " + incoming.guid());
        }
        Resource resource = known.get(incoming.guid());
        return resource == null ? Resource.adopt(incoming, delivery) : resource.receive(incoming, delivery);
    }

    /** What is to be saved. */
    List<Resource> changed() {
        List<Resource> changed = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision.received() instanceof Received.New added) {
                changed.add(added.resource());
            } else if (decision.received() instanceof Received.Updated updated) {
                changed.add(updated.resource());
            }
        }
        return changed;
    }

    SyncTally tally() {
        SyncTally tally = SyncTally.NONE;
        for (Decision decision : decisions) {
            tally = tally.plus(decision.received());
        }
        return tally;
    }
}

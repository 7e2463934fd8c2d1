package org.librarypeers.sync.storage;

import java.util.List;
import org.librarypeers.domain.Remark;

/**
 * An item that was read from a peer, regardless of its outcome.
 *
 * @param remoteId the id by which the peer returns the item
 * @param version the version token
 * @param circular whether the peer received the resource from this library, so that it cannot become its source
 * @param remarks what was corrected or left out; empty if the item was not accepted
 */
public record AcceptedItem(String remoteId, String version, boolean circular, List<Remark> remarks) {

    /** Copies the remarks. */
    public AcceptedItem {
        remarks = List.copyOf(remarks);
    }

    /** Creates an item without remarks. */
    public AcceptedItem(String remoteId, String version, boolean circular) {
        this(remoteId, version, circular, List.of());
    }
}

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
 * @param leftOut whether the selection rule of the peer or a refusal left the item out
 */
public record AcceptedItem(String remoteId, String version, boolean circular, List<Remark> remarks, boolean leftOut) {

    /** Copies the remarks. */
    public AcceptedItem {
        remarks = List.copyOf(remarks);
    }

    /** Creates an item that was not left out. */
    public AcceptedItem(String remoteId, String version, boolean circular, List<Remark> remarks) {
        this(remoteId, version, circular, remarks, false);
    }

    /** Creates an item without remarks. */
    public AcceptedItem(String remoteId, String version, boolean circular) {
        this(remoteId, version, circular, List.of());
    }
}

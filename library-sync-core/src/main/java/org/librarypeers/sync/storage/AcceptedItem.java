package org.librarypeers.sync.storage;

import java.util.List;
import org.librarypeers.domain.Remark;

/**
 * What was taken from a peer, whatever came of it.
 *
 * @param remoteId by which the peer fetches it
 * @param version the version
 * @param circular whether the peer has it from this library, so that it cannot take over from a source that is lost
 * @param remarks what was corrected or left out of it; empty if it was not accepted
 */
public record AcceptedItem(String remoteId, String version, boolean circular, List<Remark> remarks) {

    /** Keeps a copy of the remarks. */
    public AcceptedItem {
        remarks = List.copyOf(remarks);
    }

    /** Creates one without remarks. */
    public AcceptedItem(String remoteId, String version, boolean circular) {
        this(remoteId, version, circular, List.of());
    }
}

package org.librarypeers.http.wire;

import java.util.List;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Remark;

/**
 * A resource that was read from JSON.
 *
 * @param resource what it says, as far as it can be stored
 * @param remarks what of it was corrected or left out, in the order of reading
 */
public record ReadResource(IncomingResource resource, List<Remark> remarks) {

    /** Keeps a copy of the remarks. */
    public ReadResource {
        remarks = List.copyOf(remarks);
    }
}

package org.librarypeers.http.wire;

import java.util.List;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Remark;

/**
 * A resource that was read from JSON.
 *
 * @param resource the resource, without what cannot be saved
 * @param remarks what was corrected or left out, in the order of reading
 */
public record ReadResource(IncomingResource resource, List<Remark> remarks) {

    /** Copies the list of remarks. */
    public ReadResource {
        remarks = List.copyOf(remarks);
    }
}

package org.librarypeers.sync.storage;

import org.librarypeers.domain.Guid;

/**
 * Thrown to indicate that a resource was saved by another caller since it was read. Nothing was saved. Read the
 * resource again and decide again.
 */
public class StaleResourceException extends ConcurrentChangeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for this resource. */
    public StaleResourceException(Guid guid) {
        super("resource " + guid + " was changed by another user or run in the meantime; nothing was saved", null);
    }
}

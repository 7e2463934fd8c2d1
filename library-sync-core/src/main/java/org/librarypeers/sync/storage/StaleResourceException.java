package org.librarypeers.sync.storage;

import org.librarypeers.domain.Guid;

/** Somebody else saved the resource since it was read; nothing was saved. Read it again and decide anew. */
public class StaleResourceException extends ConcurrentChangeException {

    private static final long serialVersionUID = 1L;

    /** The resource of that GUID is not as it was read. */
    public StaleResourceException(Guid guid) {
        super("resource " + guid + " was changed by somebody else meanwhile; nothing was saved", null);
    }
}

package org.librarypeers.sync.accounts;

import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.StorageException;

/** Thrown to indicate that an account with this name exists already. Nothing was saved. */
public class DuplicateAccountException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for this name. */
    public DuplicateAccountException(UserName name) {
        super("an account named " + name + " already exists", null);
    }
}

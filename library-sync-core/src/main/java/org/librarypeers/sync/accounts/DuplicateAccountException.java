package org.librarypeers.sync.accounts;

import org.librarypeers.sync.storage.StorageException;

import org.librarypeers.domain.UserName;

/** There is an account of that name already; nothing was saved. */
public class DuplicateAccountException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The name is taken. */
    public DuplicateAccountException(UserName name) {
        super("there is an account " + name + " already", null);
    }
}

package org.librarypeers.sync;

import org.librarypeers.sync.contract.SyncStorageContract;
import org.librarypeers.sync.storage.SyncStorage;

/** The contract of a storage that implements the port of syncs and reviews, and nothing else. */
class SyncStorageOnlyTest extends SyncStorageContract {

    @Override
    protected SyncStorage newStorage() {
        return new HookedStorage();
    }
}

package org.librarypeers.sync.contract;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;
import org.librarypeers.sync.storage.SyncStorage;

/** An extension that gives each test of a nested contract an empty storage of the enclosing suite. */
final class StorageOfSuite implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        TestInstances instances = context.getRequiredTestInstances();
        SyncStorageContract suite =
                instances.findInstance(SyncStorageContract.class).orElseThrow();
        setStorage((StorageContract<?>) instances.getInnermostInstance(), suite.newStorage());
    }

    /**
     * Sets the storage. It has the type of the contract, because a contract about LibraryStorage is nested only in
     * LibraryStorageContract.
     */
    @SuppressWarnings("unchecked")
    private static <S extends SyncStorage> void setStorage(StorageContract<S> contract, SyncStorage storage) {
        contract.storage = (S) storage;
    }
}

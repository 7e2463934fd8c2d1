package org.librarypeers.sync.contract;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;
import org.librarypeers.sync.storage.SyncStorage;

/** Gives each test of a nested contract an empty storage of the suite that encloses it. */
final class StorageOfSuite implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        TestInstances instances = context.getRequiredTestInstances();
        SyncStorageContract suite =
                instances.findInstance(SyncStorageContract.class).orElseThrow();
        setStorage((StorageContract<?>) instances.getInnermostInstance(), suite.newStorage());
    }

    /** The storage is of the contract's type: a contract about LibraryStorage is nested in LibraryStorageContract only. */
    @SuppressWarnings("unchecked")
    private static <S extends SyncStorage> void setStorage(StorageContract<S> contract, SyncStorage storage) {
        contract.storage = (S) storage;
    }
}

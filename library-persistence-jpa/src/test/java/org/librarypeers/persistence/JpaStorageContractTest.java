package org.librarypeers.persistence;

import org.librarypeers.sync.contract.LibraryStorageContract;
import org.librarypeers.sync.library.LibraryStorage;

class JpaStorageContractTest extends LibraryStorageContract {

    @Override
    protected LibraryStorage newStorage() {
        return TestDatabase.sharedStorage();
    }
}

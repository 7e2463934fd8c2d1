package org.librarypeers.sync.inmemory;

import org.librarypeers.sync.contract.LibraryStorageContract;
import org.librarypeers.sync.library.LibraryStorage;

class InMemoryStorageContractTest extends LibraryStorageContract {

    @Override
    protected LibraryStorage newStorage() {
        return new InMemoryStorage();
    }
}

package org.librarypeers.sync.inmemory;

import org.librarypeers.sync.contract.FileContract;
import org.librarypeers.sync.files.FileStore;

class InMemoryFilesContractTest extends FileContract {

    @Override
    protected FileStore newStore() {
        return new InMemoryFiles();
    }
}

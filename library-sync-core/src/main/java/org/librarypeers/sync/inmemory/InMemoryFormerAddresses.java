package org.librarypeers.sync.inmemory;

import java.util.Map;
import java.util.Optional;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.library.FormerAddresses;

record InMemoryFormerAddresses(InMemoryStorage storage) implements FormerAddresses {

    @Override
    public void addPages(Map<String, String> targets) {
        storage.change(tables -> tables.formerPages.putAll(targets));
    }

    @Override
    public Optional<String> page(String path) {
        return storage.with(tables -> Optional.ofNullable(tables.formerPages.get(path)));
    }

    @Override
    public void addFiles(Map<String, StoredFile> files) {
        storage.change(tables -> tables.formerFiles.putAll(files));
    }

    @Override
    public Optional<StoredFile> file(String path) {
        return storage.with(tables -> Optional.ofNullable(tables.formerFiles.get(path)));
    }
}

package org.librarypeers.sync.inmemory;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.librarypeers.sync.library.SettingRepository;

/** The settings of a storage in memory. */
record InMemorySettings(InMemoryStorage storage) implements SettingRepository {

    @Override
    public Map<String, String> all() {
        return storage.with(tables -> Collections.unmodifiableMap(new TreeMap<>(tables.settings)));
    }

    @Override
    public Map<String, String> allForUpdate() {
        if (!storage.isInTransaction()) {
            throw new IllegalStateException("settings can be locked only in a transaction");
        }
        return all();
    }

    @Override
    public void put(String name, String text) {
        storage.change(tables -> tables.settings.put(name, text));
    }

    @Override
    public void remove(String name) {
        storage.change(tables -> tables.settings.remove(name));
    }
}

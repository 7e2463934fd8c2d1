package org.librarypeers.sync.library;

import java.util.Map;

/** The settings that administrators have changed on the pages, as texts by name. Thread-safe. */
public interface SettingRepository {

    /** The maximum length of a name, in characters. */
    int MAX_NAME = 100;

    /** Returns all settings by name, ordered by name. Names that are not set are missing. */
    Map<String, String> all();

    /**
     * Returns all settings as {@link #all} does, and waits until no other transaction changes one. Until the current transaction
     * ends, no other one can change them.
     *
     * @throws IllegalStateException if the current thread is not in a transaction
     */
    Map<String, String> allForUpdate();

    /**
     * Sets a setting. Replaces an earlier text.
     *
     * @param name 1 to {@value #MAX_NAME} characters
     * @param text may be empty
     */
    void put(String name, String text);

    /** Removes a setting. Does nothing if it is not set. */
    void remove(String name);
}

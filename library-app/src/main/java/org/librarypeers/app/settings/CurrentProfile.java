package org.librarypeers.app.settings;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.web.LibraryProfile;

/** The presentation of the library with the settings in force. It is made anew only when they have changed. Thread-safe. */
public final class CurrentProfile implements Supplier<LibraryProfile> {

    private final EditableSettings settings;
    private volatile @Nullable Known known;

    private record Known(EditableSettings.Current from, LibraryProfile profile) {}

    /** Creates the profile of a library with these settings. */
    public CurrentProfile(EditableSettings settings) {
        this.settings = settings;
    }

    @Override
    public LibraryProfile get() {
        EditableSettings.Current current = settings.current();
        Known last = known;
        if (last == null || !last.from().equals(current)) {
            last = new Known(current, StoredSettings.profile(current));
            known = last;
        }
        return last.profile();
    }
}

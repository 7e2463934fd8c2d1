package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Accounts with the permission to write through the API. */
final class Writers {

    private Writers() {}

    /** Creates an account with the permission to write. */
    static void create(RunningLibrary running, UserName user) {
        running.library().accounts().create(user, Role.CONTRIBUTOR, null, "a writer's password");
        allowWriting(running, user);
    }

    private static void allowWriting(RunningLibrary running, UserName user) {
        assertThat(running.library().accounts().allowWriting(user, true)).isPresent();
    }
}

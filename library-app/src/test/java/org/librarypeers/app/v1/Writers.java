package org.librarypeers.app.v1;

import static org.assertj.core.api.Assertions.assertThat;

import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Accounts that may write through the API. */
final class Writers {

    private Writers() {}

    /** Makes an account that may. */
    static void create(RunningLibrary running, UserName user) {
        running.library().accounts().create(user, Role.CONTRIBUTOR, null, "a writer's password");
        allowWriting(running, user);
    }

    /** Gives that account the right to write through the API. */
    private static void allowWriting(RunningLibrary running, UserName user) {
        assertThat(running.library().accounts().allowWriting(user, true)).isPresent();
    }
}

package org.librarypeers.app.cli;

import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands that activate and deactivate an account. */
abstract class UserActivation extends BaseLibraryCommand {

    @Parameters(paramLabel = "NAME", description = "User name.")
    private String name = "";

    private final boolean active;

    private UserActivation(boolean active) {
        this.active = active;
    }

    @Override
    final int run(Library library) {
        UserName user = new UserName(name);
        if (library.accounts().find(user).isEmpty()) {
            throw new CliException("there is no account " + name + "; create it with create_user");
        }
        Account account = library.accounts()
                .change(user, before -> before.withActive(active))
                .orElseThrow(() -> new CliException(
                        name + " is the only active administrator and stays active; make another account an"
                                + " administrator first"));
        out().println(account.name() + (account.active() ? " is active" : " is inactive and signed out everywhere"));
        return 0;
    }

    @Command(
            name = "deactivate_user",
            aliases = "deactivate-user",
            description = "Deactivates an account: it cannot sign in or use the API until activate_user. What it wrote"
                    + " stays.")
    static final class Deactivate extends UserActivation {
        Deactivate() {
            super(false);
        }
    }

    @Command(
            name = "activate_user",
            aliases = "activate-user",
            description = "Activates an account that was deactivated.")
    static final class Activate extends UserActivation {
        Activate() {
            super(true);
        }
    }
}

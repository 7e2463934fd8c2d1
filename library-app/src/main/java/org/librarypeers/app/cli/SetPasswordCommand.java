package org.librarypeers.app.cli;

import java.io.IOException;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "set_password",
        aliases = "set-password",
        description =
                "Sets the password of an account, read from standard input, and signs the account out everywhere.")
final class SetPasswordCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "NAME", description = "User name.")
    private String name = "";

    @Override
    int run(Library library) throws IOException {
        UserName user = new UserName(name);
        boolean active = library.accounts()
                .find(user)
                .orElseThrow(() -> new CliException("there is no account " + name + "; create it with create_user"))
                .active();
        library.accounts().changePassword(user, SecretPrompt.read("new password"), null);
        out().println(user + " has a new password and is signed out everywhere");
        if (!active) {
            out().println("The account is inactive; activate_user " + user + " activates it.");
        }
        return 0;
    }
}

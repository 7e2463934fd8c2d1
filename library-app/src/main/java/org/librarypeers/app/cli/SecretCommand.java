package org.librarypeers.app.cli;

import java.io.IOException;
import org.librarypeers.app.wiring.LibraryMaintenance;
import org.librarypeers.app.wiring.LibrarySettings;
import picocli.CommandLine.Command;

@Command(
        name = "secret",
        description = "Changes the secret key, which encrypts the API keys in the database.",
        synopsisSubcommandLabel = "(rotate)",
        subcommands = SecretCommand.Rotate.class)
final class SecretCommand extends CommandGroup {

    SecretCommand() {
        super("rotate");
    }

    @Command(
            name = "rotate",
            description = {
                "Encrypts all stored keys with a new secret key and signs everybody out. Stop every serve and every"
                        + " other command first.",
                "If the key is in the file secret.key, that file is replaced. If it is set by LIBRARY_SECRET_KEY, the"
                        + " new key is read from standard input as 64 hexadecimal digits, for example those of 'openssl"
                        + " rand -hex 32', and you set the variable to it afterwards."
            })
    static final class Rotate extends BaseCommand {

        @Override
        public Integer call() throws IOException {
            LibrarySettings settings = settings();
            boolean inFile = settings.secretKey() == null;
            LibraryMaintenance.changeSecretKey(settings, inFile ? null : SecretPrompt.read("new secret key"));
            out().println("All stored keys are encrypted with the new secret key. Everybody is signed out.");
            out().println(
                            inFile
                                    ? "The new key is in " + settings.home().resolve("secret.key")
                                            + ". If other nodes have a copy of this file, replace it before you start"
                                            + " them."
                                    : "Set LIBRARY_SECRET_KEY to the new key on every node before you start the"
                                            + " library again.");
            out().println("Backups that were made before contain the old key and can still be restored.");
            return 0;
        }
    }
}

package org.librarypeers.app.cli;

import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "api_write",
        aliases = "api-write",
        description = "Allows an account to write through the API, or revokes this permission.")
final class ApiWriteCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "NAME", description = "User name.")
    private String name = "";

    @Option(names = "--revoke", description = "Revoke the permission.")
    private boolean revoke;

    @Override
    int run(Library library) {
        Account account = library.accounts()
                .allowWriting(new UserName(name), !revoke)
                .orElseThrow(() -> new CliException("there is no account " + name + "; create it with create_user"));
        out().println(account.name()
                + (account.writesApi() ? " may write through the API" : " may only read through the API"));
        return 0;
    }
}

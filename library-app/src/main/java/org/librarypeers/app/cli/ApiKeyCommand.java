package org.librarypeers.app.cli;

import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "api_key", aliases = "api-key", description = "Prints the API key of an account.")
final class ApiKeyCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "NAME", description = "User name.")
    private String name = "";

    @Override
    int run(Library library) {
        UserName user = new UserName(name);
        ApiKey key = library.accounts()
                .apiKey(user)
                .orElseThrow(() -> new CliException("there is no account " + user + "; create it with create_user"));
        library.auditTrail().recordNow(new Note(AuditAction.API_KEY_SHOWN, AuditTrail.subject(user)));
        out().println(key.secret());
        return 0;
    }
}

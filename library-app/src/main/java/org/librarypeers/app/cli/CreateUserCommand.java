package org.librarypeers.app.cli;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.notifications.PasswordLinks;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(name = "create_user", aliases = "create-user", description = "Creates an account.")
final class CreateUserCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "NAME", description = "User name, which may be an e-mail address.")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            converter = RoleConverter.class,
            description = "Role of the account: admin, reviewer, contributor or member.")
    private Role role = Role.MEMBER;

    @ArgGroup(multiplicity = "1")
    private FirstPassword first = new FirstPassword();

    /** The ways to get a first password. One must be chosen, so that scripts are explicit about it. */
    static final class FirstPassword {
        @SuppressWarnings("UnusedVariable") // the other option decides
        @Option(
                names = "--password-stdin",
                required = true,
                description = "Read the password from standard input (at least 8 characters).")
        private boolean standardInput;

        @Option(
                names = "--invite",
                required = true,
                description = "Mail a link to --email with which the person sets the password; it works for 7 days.")
        private boolean invite;
    }

    @Option(names = "--api-write", description = "Allow the account to write through the API.")
    private boolean writesApi;

    @Option(names = "--email", paramLabel = "E", description = "E-mail address.")
    private @Nullable String email;

    @Override
    boolean makesLibrary() {
        return true;
    }

    @Override
    int run(Library library) throws IOException {
        UserName user = new UserName(name);
        if (AccountService.isReserved(user)) {
            throw new CliException("the user name " + name + " is reserved; choose another");
        }
        String password = first.invite ? null : SecretPrompt.read("password");
        Account account = library.storage().inTransaction(() -> created(library, user, password));
        out().println(account.name() + ", " + account.role().word());
        if (first.invite) {
            out().println("The invitation to " + account.email()
                    + " is in the outbox. The server sends it, or the command notifications send.");
        }
        return 0;
    }

    /** Creates the account. Invites the person if the password is null. */
    private Account created(Library library, UserName user, @Nullable String password) {
        Account account =
                password == null ? invited(library, user) : library.accounts().create(user, role, email, password);
        if (writesApi) {
            library.accounts().allowWriting(user, true);
        }
        return account;
    }

    private Account invited(Library library, UserName user) {
        PasswordLinks links = library.notifications().passwordLinks();
        if (!links.isAvailable()) {
            throw new CliException("invitations cannot be mailed; set mail.host, mail.from and base-url");
        }
        if (email == null) {
            throw new CliException("an invitation needs an e-mail address; add --email");
        }
        Account account = library.accounts().createWithoutPassword(user, role, email);
        links.invite(account);
        return account;
    }

    /** A converter from the role names that the command line accepts. */
    static final class RoleConverter implements ITypeConverter<Role> {
        @Override
        public Role convert(String word) {
            return Arrays.stream(Role.values())
                    .filter(role -> role.word().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + word + "' is not a role; use admin, reviewer, contributor or member"));
        }
    }
}

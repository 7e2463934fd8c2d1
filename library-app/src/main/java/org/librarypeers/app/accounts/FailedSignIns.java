package org.librarypeers.app.accounts;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of failed sign-ins and refused API keys, one line for each. Programs such as fail2ban read these lines; docs/operations.md
 * has their pattern.
 *
 * <p>Clients choose what they send, so a line contains nothing that they sent, except for two things that are safe: an IP address, and
 * the name of an account that exists. Other names are not logged, because people type passwords into the wrong field.
 */
final class FailedSignIns {

    private static final Logger LOG = LoggerFactory.getLogger(FailedSignIns.class);

    private static final Pattern ADDRESS = Pattern.compile("(?=.*[.:])[0-9A-Fa-f:.]{3,45}");
    private static final Pattern BRACKETS = Pattern.compile("^\\[|(%[^]]*)?]$");

    private FailedSignIns() {}

    /** Logs a wrong password for an account. */
    static void wrongPassword(String address, UserName existing) {
        log("sign-in", address, " as " + existing);
    }

    /** Logs a sign-in with a name that no account has. */
    static void unknownName(String address) {
        log("sign-in", address, ": no account has that name");
    }

    /** Logs a sign-in that was refused because of too many failures. */
    static void tooMany(String address) {
        log("sign-in", address, ": too many failures before");
    }

    /**
     * Logs a refused API key.
     *
     * @param existing the account that the client named; null if there is no such account
     */
    static void wrongApiKey(String address, @Nullable Account existing) {
        log("API key", address, existing == null ? ": no account has that name" : " as " + existing.name());
    }

    private static void log(String what, String address, String rest) {
        LOG.warn("Failed {} from {}{}", what, known(address).orElse("an unknown address"), rest);
    }

    /** Returns the IP address, without brackets, or an empty {@code Optional} if the text is not an address. Proxies pass on any text. */
    private static Optional<String> known(String address) {
        String plain = BRACKETS.matcher(address).replaceAll("");
        return ADDRESS.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
    }
}

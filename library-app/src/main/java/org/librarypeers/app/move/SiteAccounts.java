package org.librarypeers.app.move;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** The accounts of a site, with their API keys and the hashes of their passwords. */
final class SiteAccounts {

    private final MoveReport report;
    private final List<MovedAccount> accounts = new ArrayList<>();
    private final Map<String, UserName> names = new HashMap<>();

    /**
     * An account.
     *
     * @param passwordHash the hash of the password as the site stored it; null if no sign-in can check it
     * @param key the API key; null if the account gets a new one
     */
    record MovedAccount(
            Account account,
            @Nullable String passwordHash,
            @Nullable ApiKey key) {}

    /** Reads the accounts. */
    SiteAccounts(Dump dump, SiteVocabulary vocabulary, MoveReport report) {
        this.report = report;
        Map<String, DumpRow> profiles = byUser(dump, "userprofile");
        Map<String, DumpRow> keys = byUser(dump, "apikey");
        Set<String> used = new HashSet<>();
        for (DumpRow row : dump.table("user")) {
            add(row, profiles.get(row.key()), keys.get(row.key()), vocabulary, used);
        }
    }

    private static Map<String, DumpRow> byUser(Dump dump, String table) {
        return dump.table(table).stream()
                .filter(row -> row.reference("user").isPresent())
                .collect(Collectors.toMap(row -> row.reference("user").orElseThrow(), row -> row, (one, other) -> one));
    }

    private void add(
            DumpRow row,
            @Nullable DumpRow profile,
            @Nullable DumpRow key,
            SiteVocabulary vocabulary,
            Set<String> usedKeys) {
        String name = row.text("username").orElse("");
        UserName user;
        try {
            user = new UserName(name);
        } catch (IllegalArgumentException e) {
            report.left("accounts with a name that this program does not allow", name);
            return;
        }
        if (AccountService.isReserved(user)) {
            report.left("accounts with a name that this program uses itself", name);
            return;
        }
        if (names.containsValue(user)) {
            report.left("accounts with the name of another one", name);
            return;
        }
        names.put(row.key(), user);
        Account account = new Account(
                user,
                email(row, name),
                line(Stream.of(row.text("first_name"), row.text("last_name"))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" "))),
                profile == null
                        ? null
                        : profile.reference("organisation")
                                .flatMap(vocabulary::name)
                                .orElse(null),
                null,
                role(row, profile),
                !row.fields().has("is_active") || row.is("is_active"),
                profile != null && profile.is("api_access"));
        accounts.add(new MovedAccount(account, password(row, name), apiKey(key, name, usedKeys)));
        report.user();
    }

    private @Nullable String email(DumpRow row, String name) {
        String email = row.textOrNull("email");
        if (email != null && !Account.isEmail(email)) {
            report.left("e-mail addresses that are not valid; their accounts are carried over without", name);
            return null;
        }
        return email;
    }

    private static @Nullable String line(String text) {
        return text.isBlank() || text.length() > Account.MAX_LINE ? null : text;
    }

    /** Returns the role with the same permissions. Everybody with an account of such a site may add resources. */
    private static Role role(DumpRow row, @Nullable DumpRow profile) {
        if (row.is("is_superuser")) {
            return Role.ADMIN;
        }
        boolean reviews = row.is("is_staff")
                || (profile != null && !profile.references("reviewer_roles").isEmpty());
        return reviews ? Role.REVIEWER : Role.CONTRIBUTOR;
    }

    private @Nullable String password(DumpRow row, String name) {
        Optional<String> hash = row.text("password");
        if (hash.filter(AccountService::canCheck).isPresent()) {
            return hash.get();
        }
        report.left(
                "passwords that this program cannot check, or that were never set; their owners set a new one with a"
                        + " link (user page, or forgotten password)",
                name);
        return null;
    }

    private @Nullable ApiKey apiKey(@Nullable DumpRow row, String name, Set<String> used) {
        Optional<String> key = row == null ? Optional.empty() : row.text("key");
        if (key.isEmpty()) {
            return null;
        }
        try {
            ApiKey read = new ApiKey(key.get());
            if (used.add(read.secret())) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            // It is reported below.
        }
        report.left("API keys that are not valid or belong to another account too; their owners get a new one", name);
        return null;
    }

    /** Returns the accounts, ordered by number. */
    List<MovedAccount> accounts() {
        return accounts;
    }

    /** Returns the account to which a column refers. The library itself if there is no such account. */
    UserName author(DumpRow row, String column) {
        return row.reference(column).map(names::get).orElse(UserName.SYSTEM);
    }
}

package org.librarypeers.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/**
 * A row of the {@code account} table. The API key is stored twice: encrypted for this row, and as a keyed hash for
 * lookups.
 */
@Entity
@Table(name = "account")
class AccountEntity {

    @Id
    private String name;

    private @Nullable String email;
    private @Nullable String fullName;
    private @Nullable String organisation;
    private @Nullable String language;
    private String role;
    private boolean active;
    private boolean writesApi;
    private String passwordHash;
    private byte[] apiKey;

    @SuppressWarnings("UnusedVariable") // read by queries
    private byte[] apiKeyHash;

    /** Creates an empty entity for Hibernate. */
    AccountEntity() {}

    /** The columns that {@link #read} reads, in this order, of an account with the alias {@code a}. */
    static final String COLUMNS =
            "a.name, a.email, a.full_name, a.organisation, a.language, a.role, a.active, a.writes_api";

    /** Reads a row of {@link #COLUMNS}. */
    static Account read(ResultSet rows) throws SQLException {
        Row row = new Row(rows);
        return new Account(
                new UserName(row.text()),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                role(row.text()),
                row.yes(),
                row.yes());
    }

    private static Role role(String word) {
        return Role.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static AccountEntity from(Account account, String passwordHash, ApiKey key, Secrets secrets) {
        AccountEntity entity = new AccountEntity();
        entity.name = account.name().value();
        entity.copyFrom(account);
        entity.changePassword(passwordHash);
        entity.changeApiKey(key, secrets);
        return entity;
    }

    void changePassword(String hash) {
        passwordHash = hash;
    }

    void changeApiKey(ApiKey key, Secrets secrets) {
        apiKey = secrets.encrypt(key.secret(), row());
        apiKeyHash = secrets.hash(key.secret());
    }

    void copyFrom(Account account) {
        email = account.email();
        fullName = account.fullName();
        organisation = account.organisation();
        language = account.language();
        role = account.role().word();
        active = account.active();
        writesApi = account.writesApi();
    }

    private String row() {
        return row(name);
    }

    /** Returns the context that binds a ciphertext to the row of this account. */
    static String row(String name) {
        return "account:" + name;
    }

    String passwordHash() {
        return passwordHash;
    }

    ApiKey apiKey(Secrets secrets) {
        return new ApiKey(secrets.decrypt(apiKey, row(), "the API key of account " + name));
    }

    Account toDomain() {
        return new Account(new UserName(name), email, fullName, organisation, language, role(role), active, writesApi);
    }
}

package org.librarypeers.app.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AccountUse;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.library.LibraryStorage;

/** The accounts of a storage. Changes by a person are recorded in their transaction. */
record AuditedAccounts(LibraryStorage storage, AuditTrail trail) implements AccountRepository {

    private AccountRepository accounts() {
        return storage.accounts();
    }

    private static Note created(Account account) {
        return new Note(
                AuditAction.USER_CREATED,
                AuditTrail.subject(account),
                Map.of("role", account.role().word()));
    }

    @Override
    public void add(Account account, String passwordHash, ApiKey key) {
        storage.inTransaction(() -> {
            accounts().add(account, passwordHash, key);
            trail.record(created(account));
        });
    }

    /** Adds the account. The person who creates the first account is recorded as its owner. */
    @Override
    public boolean addFirst(Account account, String passwordHash, ApiKey key) {
        return storage.inTransaction(() -> {
            boolean added = accounts().addFirst(account, passwordHash, key);
            if (added) {
                trail.record(CurrentActor.of(account), created(account));
            }
            return added;
        });
    }

    @Override
    public void changePassword(UserName name, String passwordHash) {
        changed(AuditAction.PASSWORD_SET, name, () -> accounts().changePassword(name, passwordHash));
    }

    /** Replaces the hash. The password stays the same, so nothing is recorded. */
    @Override
    public void replacePasswordHash(UserName name, String passwordHash) {
        accounts().replacePasswordHash(name, passwordHash);
    }

    @Override
    public void changeApiKey(UserName name, ApiKey key) {
        changed(AuditAction.API_KEY_RENEWED, name, () -> accounts().changeApiKey(name, key));
    }

    private void changed(AuditAction action, UserName name, Runnable change) {
        storage.inTransaction(() -> {
            change.run();
            if (accounts().find(name).isPresent()) {
                trail.record(new Note(action, AuditTrail.subject(name)));
            }
        });
    }

    @Override
    public void update(Account account) {
        if (CurrentActor.actor().isEmpty()) {
            accounts().update(account);
            return;
        }
        storage.inTransaction(() -> {
            Optional<Account> before = accounts().findForUpdate(account.name());
            accounts().update(account);
            before.ifPresent(earlier -> changes(earlier, account).forEach(trail::record));
        });
    }

    private static List<Note> changes(Account before, Account after) {
        Subject subject = AuditTrail.subject(after);
        List<Note> notes = new ArrayList<>();
        String fields = String.join(", ", fields(before, after));
        if (!fields.isEmpty()) {
            notes.add(new Note(AuditAction.USER_EDITED, subject, Map.of("fields", fields)));
        }
        if (before.role() != after.role()) {
            notes.add(new Note(
                    AuditAction.USER_ROLE_CHANGED,
                    subject,
                    Map.of("from", before.role().word(), "to", after.role().word())));
        }
        if (before.active() != after.active()) {
            notes.add(new Note(after.active() ? AuditAction.USER_ACTIVATED : AuditAction.USER_DEACTIVATED, subject));
        }
        if (before.writesApi() != after.writesApi()) {
            notes.add(new Note(
                    after.writesApi() ? AuditAction.API_WRITE_ALLOWED : AuditAction.API_WRITE_REVOKED, subject));
        }
        return notes;
    }

    /** Returns the names of the changed fields of the profile, without their values, which are personal data. */
    private static List<String> fields(Account before, Account after) {
        List<String> fields = new ArrayList<>();
        if (!Objects.equals(before.email(), after.email())) {
            fields.add("email");
        }
        if (!Objects.equals(before.fullName(), after.fullName())) {
            fields.add("full-name");
        }
        if (!Objects.equals(before.organisation(), after.organisation())) {
            fields.add("organisation");
        }
        if (!Objects.equals(before.language(), after.language())) {
            fields.add("language");
        }
        return fields;
    }

    @Override
    public Optional<Account> find(UserName name) {
        return accounts().find(name);
    }

    @Override
    public Optional<Account> findForUpdate(UserName name) {
        return accounts().findForUpdate(name);
    }

    @Override
    public Optional<Account> findByApiKey(ApiKey key) {
        return accounts().findByApiKey(key);
    }

    @Override
    public Optional<ApiKey> apiKey(UserName name) {
        return accounts().apiKey(name);
    }

    @Override
    public Optional<String> passwordHash(UserName name) {
        return accounts().passwordHash(name);
    }

    @Override
    public List<Account> adminsForUpdate() {
        return accounts().adminsForUpdate();
    }

    @Override
    public void signedIn(UserName name, Instant at) {
        accounts().signedIn(name, at);
    }

    @Override
    public Map<UserName, AccountUse> uses(Collection<UserName> names, Instant now) {
        return accounts().uses(names, now);
    }

    @Override
    public boolean isEmpty() {
        return accounts().isEmpty();
    }

    @Override
    public List<Account> all() {
        return accounts().all();
    }
}

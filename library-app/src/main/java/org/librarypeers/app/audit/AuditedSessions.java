package org.librarypeers.app.audit;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.SessionRepository;
import org.librarypeers.sync.library.LibraryStorage;

/** The sessions of a storage. The sign-ins of reviewers and administrators are recorded in their transaction. */
record AuditedSessions(LibraryStorage storage, AuditTrail trail) implements SessionRepository {

    private SessionRepository sessions() {
        return storage.sessions();
    }

    @Override
    public void begin(String secret, Session session) {
        storage.inTransaction(() -> {
            sessions().begin(secret, session);
            storage.accounts()
                    .find(session.account())
                    .filter(account -> account.role().includes(Role.REVIEWER))
                    .ifPresent(account -> trail.record(
                            CurrentActor.of(account), new Note(AuditAction.SIGNED_IN, AuditTrail.subject(account))));
        });
    }

    @Override
    public Optional<Account> find(String secret, Instant now) {
        return sessions().find(secret, now);
    }

    @Override
    public void end(String secret) {
        sessions().end(secret);
    }

    @Override
    public void endAll(UserName account, @Nullable String but) {
        sessions().endAll(account, but);
    }

    @Override
    public void removeExpired(Instant now) {
        sessions().removeExpired(now);
    }
}

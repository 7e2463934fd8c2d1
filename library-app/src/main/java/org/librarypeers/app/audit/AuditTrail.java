package org.librarypeers.app.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.AuditEntry.Actor;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.library.LibraryStorage;

/**
 * The writer of the audit log. It records the {@linkplain CurrentActor current actor}. If the library itself acts, it records
 * nothing.
 * Thread-safe.
 */
public final class AuditTrail {

    private final LibraryStorage storage;
    private final Clock clock;

    /** Creates a writer into this storage. */
    public AuditTrail(LibraryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * The description of an action, for its entry.
     *
     * @param subject what it was applied to; null for the library as a whole
     * @param details further facts, without secrets
     */
    public record Note(AuditAction action, @Nullable Subject subject, Map<String, String> details) {

        /** Creates a note without details. */
        public Note(AuditAction action, @Nullable Subject subject) {
            this(action, subject, Map.of());
        }
    }

    /**
     * Does work and records it, in one transaction.
     *
     * @param note returns what the work did, from its result; an empty {@code Optional} if it did nothing
     */
    public <T> T recorded(Supplier<T> work, Function<T, Optional<Note>> note) {
        return storage.inTransaction(() -> {
            T result = work.get();
            note.apply(result).ifPresent(this::record);
            return result;
        });
    }

    /** Records an action of the current actor that changes nothing in the storage, in a transaction of its own. */
    public void recordNow(Note note) {
        storage.inTransaction(() -> record(note));
    }

    /** Records an action of the current actor. Call it in the transaction of the action. */
    public void record(Note note) {
        CurrentActor.actor().ifPresent(actor -> record(actor, note));
    }

    /** Records an action of an actor. */
    void record(Actor actor, Note note) {
        storage.audit().add(entry(actor, note, clock));
    }

    private static AuditEntry entry(Actor actor, Note note, Clock clock) {
        return new AuditEntry(
                AuditEntry.NEW,
                clock.instant(),
                actor,
                CurrentActor.address(),
                note.action().word(),
                note.subject(),
                note.details());
    }

    /** Returns the entry about a command that works on a library without opening it, and saves the entry itself. */
    public static AuditEntry ofCommand(Note note, Clock clock) {
        return entry(CurrentActor.commandLineUser(), note, clock);
    }

    /** Returns an account as the subject of an action. */
    public static Subject subject(UserName account) {
        return new Subject("user", account.value(), null);
    }

    static Subject subject(Account account) {
        return subject(account.name());
    }

    /** Returns a peer as the subject of an action. */
    public static Subject subject(Peer peer) {
        return new Subject("peer", peer.id().toString(), peer.name());
    }

    /** Returns a resource as the subject of an action. */
    public static Subject subject(Resource resource) {
        return new Subject(
                "resource",
                resource.guid().toString(),
                resource.content().title().best(resource.content().readingOrder(List.of())));
    }

    /** Returns a refused resource as the subject of an action. */
    public static Subject subject(Refusal refusal) {
        return new Subject("resource", refusal.resource().toString(), refusal.title());
    }

    /** Returns a file as the subject of an action. */
    public static Subject subject(Path file) {
        return new Subject("file", file.toAbsolutePath().toString(), null);
    }

    /** Returns the note about the restoration of a revision of a resource. */
    public static Note restored(Resource resource, int revision) {
        return new Note(AuditAction.RESOURCE_RESTORED, subject(resource), Map.of("revision", String.valueOf(revision)));
    }
}

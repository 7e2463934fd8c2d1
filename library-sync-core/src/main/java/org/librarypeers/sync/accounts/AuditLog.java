package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * The log of what administrators and reviewers did. Entries are added and, after a time, deleted. They are never
 * changed, except that the address of the client can be deleted.
 */
public interface AuditLog {

    /**
     * Adds an entry. Call it within {@link SyncStorage#inTransaction}, in the transaction of the action, so that both
     * are saved or neither is.
     *
     * @param entry the entry; its number is ignored
     */
    void add(AuditEntry entry);

    /**
     * Returns the latest entries that the filter selects, the newest first.
     *
     * @param before only entries with lower numbers are returned; an entry with this number need not exist; null for no
     *     limit
     * @param limit the maximum number of entries, from 1
     */
    List<AuditEntry> find(Filter filter, @Nullable Long before, int limit);

    /**
     * Deletes entries that are older than a time. Any number of processes may call this at the same time.
     *
     * @param limit the maximum number of entries to delete, from 1
     * @return the number of deleted entries; less than the limit if nothing is left, or if another process is deleting
     */
    int removeOld(Instant before, int limit);

    /**
     * Deletes the addresses of clients in entries that are older than a time. The entries stay. Any number of processes
     * may call this at the same time.
     *
     * @param limit the maximum number of addresses to delete, from 1
     * @return the number of deleted addresses; less than the limit if nothing is left, or if another process is deleting
     */
    int removeAddresses(Instant before, int limit);

    /**
     * The conditions for entries. Null means any.
     *
     * @param actor the name of the actor, of any kind
     * @param action the word of the action
     * @param since the earliest time, inclusive
     */
    record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable Instant since) {

        /** The filter that selects all entries. */
        public static final Filter ALL = new Filter(null, null, null);

        /** Returns whether this filter selects the entry. */
        public boolean selects(AuditEntry entry) {
            return (actor == null || entry.actor().name().equals(actor))
                    && (action == null || entry.action().equals(action))
                    && (since == null || !entry.at().isBefore(since));
        }
    }
}

package org.librarypeers.persistence;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.librarypeers.domain.Guid;

/**
 * The resources that a transaction has locked. They stay loaded until they are saved, in a session of their own:
 * nothing else can change them until then, so they need not be read again.
 */
final class LockedResources implements AutoCloseable {

    // A statement takes at most 65,535 parameters. This size stays well below, and limits the number of different
    // statements.
    private static final int GUIDS_PER_STATEMENT = 1_000;

    private final Session session;

    private final Map<Guid, ResourceEntity> loaded = new HashMap<>();

    /** The resources that did not exist when they were to be locked. */
    private final Set<Guid> absent = new HashSet<>();

    /** Creates an empty set. Its session uses the connection and the transaction of the other one. */
    LockedResources(Session transaction) {
        this.session = transaction
                .sessionWithOptions()
                .connection()
                .flushMode(FlushMode.MANUAL)
                .openSession();
    }

    Session session() {
        return session;
    }

    /** Locks and returns the resources that exist. */
    Map<Guid, ResourceEntity> lock(Collection<Guid> guids) {
        absent.clear();
        return lockForSave(guids);
    }

    /**
     * Locks and returns the resources that exist. A resource that did not exist when it was to be locked is not looked
     * up again. If another transaction has added it since then, adding it again fails.
     */
    Map<Guid, ResourceEntity> lockForSave(Collection<Guid> guids) {
        Set<Guid> sorted = new TreeSet<>(guids);
        Set<Guid> unknown = new TreeSet<>(sorted);
        unknown.removeAll(loaded.keySet());
        unknown.removeAll(absent);
        loaded.putAll(load(session, unknown, LockModeType.PESSIMISTIC_WRITE));
        unknown.removeAll(loaded.keySet());
        absent.addAll(unknown);
        Map<Guid, ResourceEntity> found = new LinkedHashMap<>();
        for (Guid guid : sorted) {
            ResourceEntity entity = loaded.get(guid);
            if (entity != null) {
                found.put(guid, entity);
            }
        }
        return found;
    }

    /** Returns resources in the order of their GUIDs, in which all transactions lock them. */
    static Map<Guid, ResourceEntity> load(Session session, Collection<Guid> guids, LockModeType lock) {
        List<UUID> sorted = new TreeSet<>(guids).stream().map(Guid::value).toList();
        Map<Guid, ResourceEntity> found = new LinkedHashMap<>();
        for (int from = 0; from < sorted.size(); from += GUIDS_PER_STATEMENT) {
            session.createSelectionQuery(
                            "from ResourceEntity r where r.guid in :guids order by r.guid", ResourceEntity.class)
                    .setParameterList(
                            "guids", sorted.subList(from, Math.min(from + GUIDS_PER_STATEMENT, sorted.size())))
                    .setLockMode(lock)
                    .getResultList()
                    .forEach(entity -> found.put(entity.guid(), entity));
        }
        return found;
    }

    /** Forgets all resources, so that they are read again when they are needed. The locks remain. */
    void clear() {
        loaded.clear();
        absent.clear();
        session.clear();
    }

    @Override
    public void close() {
        session.close();
    }
}

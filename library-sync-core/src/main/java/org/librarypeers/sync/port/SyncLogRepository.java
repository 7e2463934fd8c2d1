package org.librarypeers.sync.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;

/** The runs of this library. */
public interface SyncLogRepository {

    /** A number that no run had yet, higher than those before. */
    SyncLogId nextId();

    /** Adds or replaces a run. */
    void save(SyncLog log);

    /** The run of that number. */
    Optional<SyncLog> find(SyncLogId id);

    /**
     * Runs, the newest first.
     *
     * @param peer only this peer's; null for all
     * @param limit at most so many, from 1
     */
    List<SyncLog> recent(@Nullable PeerId peer, int limit);

    /** The newest run of each peer that ever had one, removed peers included. */
    Map<PeerId, SyncLog> latest();

    /** Runs of that peer that say that they are running, the newest first. */
    List<SyncLog> running(PeerId peer);
}

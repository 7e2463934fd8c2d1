package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.port.BadItem;
import org.librarypeers.sync.port.CatalogueEntry;

/** All that a library in memory keeps: maps of immutable values, copied for each transaction. */
final class InMemoryTables {

    final Map<Guid, CatalogueEntry> resources;
    final Map<Long, Guid> resourceIds;
    final Map<Guid, List<Revision>> history;
    final Map<Tag.Key, Tag> tags;
    final Map<Tag.Key, Long> tagIds;
    final TreeMap<PeerId, Peer> peers;
    final TreeMap<SyncLogId, SyncLog> logs;
    final Map<PeerId, Cursor> cursors;
    final Map<PeerId, UUID> leases;
    final Map<PeerId, Map<Guid, String>> taken;
    final Map<PeerId, TreeMap<String, BadItem>> bad;
    final Map<PeerId, Map<Guid, Instant>> withdrawn;
    final TreeMap<UserName, StoredAccount> accounts;
    long lastId;
    long lastPosition;
    long lastPeer;
    long lastLog;

    record StoredAccount(Account account, String passwordHash, ApiKey key) {}

    InMemoryTables() {
        resources = new HashMap<>();
        resourceIds = new HashMap<>();
        history = new HashMap<>();
        tags = new HashMap<>();
        tagIds = new HashMap<>();
        peers = new TreeMap<>();
        logs = new TreeMap<>();
        cursors = new HashMap<>();
        leases = new HashMap<>();
        taken = new HashMap<>();
        bad = new HashMap<>();
        withdrawn = new HashMap<>();
        accounts = new TreeMap<>();
    }

    private InMemoryTables(InMemoryTables other) {
        resources = new HashMap<>(other.resources);
        resourceIds = new HashMap<>(other.resourceIds);
        history = new HashMap<>(other.history);
        tags = new HashMap<>(other.tags);
        tagIds = new HashMap<>(other.tagIds);
        peers = new TreeMap<>(other.peers);
        logs = new TreeMap<>(other.logs);
        cursors = new HashMap<>(other.cursors);
        leases = new HashMap<>(other.leases);
        taken = new HashMap<>();
        other.taken.forEach((peer, versions) -> taken.put(peer, new HashMap<>(versions)));
        bad = new HashMap<>();
        other.bad.forEach((peer, items) -> bad.put(peer, new TreeMap<>(items)));
        withdrawn = new HashMap<>();
        other.withdrawn.forEach((peer, marked) -> withdrawn.put(peer, new HashMap<>(marked)));
        accounts = new TreeMap<>(other.accounts);
        lastId = other.lastId;
        lastPosition = other.lastPosition;
        lastPeer = other.lastPeer;
        lastLog = other.lastLog;
    }

    InMemoryTables copy() {
        return new InMemoryTables(this);
    }

    long nextId() {
        return ++lastId;
    }

    void addToHistory(Guid guid, Revision revision) {
        List<Revision> longer = new ArrayList<>(history.getOrDefault(guid, List.of()));
        longer.add(0, revision);
        history.put(guid, List.copyOf(longer));
    }
}

package org.librarypeers.examples.embedding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.DuplicatePeerException;
import org.librarypeers.sync.storage.PeerRepository;

/** The peers in a SQLite database. A removed peer keeps its row, so that the past can be displayed. */
record SqlitePeers(Database database, ApiKeyCipher apiKeys) implements PeerRepository {

    private static final List<String> TABLES_OF_A_PEER =
            List.of("cursor", "shortfalls", "reread", "offer", "quarantine", "absent", "lease");

    @Override
    public PeerId nextId() {
        return new PeerId(database.nextNumber("peer"));
    }

    @Override
    public void save(Peer peer) {
        database.change(() -> {
            if (all().stream()
                    .anyMatch(other -> !other.id().equals(peer.id()) && other.access().isSameAs(peer.access()))) {
                throw new DuplicatePeerException(peer);
            }
            write(peer, false);
        });
    }

    private void write(Peer peer, boolean removed) {
        database.update(
                "insert or replace into peer (id, host, queryable, removed, api_key, body) values (?, ?, ?, ?, ?, ?)",
                peer.id(),
                peer.host().orElse(null),
                peer.isQueryable(),
                removed,
                peer.apiKey() == null ? null : apiKeys.encrypt(peer.apiKey()),
                Json.write(peer.apiKey() == null ? peer : peer.withCredentials(peer.apiUser(), null)));
    }

    private Peer read(ResultSet row) throws SQLException {
        Peer peer = Json.body(row, Peer.class);
        byte[] key = row.getBytes("api_key");
        return key == null ? peer : peer.withCredentials(peer.apiUser(), apiKeys.decrypt(key));
    }

    @Override
    public Optional<Peer> find(PeerId id) {
        return database.find(this::read, "select * from peer where id = ? and not removed", id);
    }

    /** Finds the peer. A transaction already excludes all other threads. */
    @Override
    public Optional<Peer> findForUpdate(PeerId id) {
        return find(id);
    }

    @Override
    public Optional<Peer> findByHost(PeerHost host) {
        return database.find(this::read, "select * from peer where host = ? and not removed", host);
    }

    @Override
    public Optional<Peer> findIncludingRemoved(PeerId id) {
        return Optional.ofNullable(findIncludingRemoved(List.of(id)).get(id));
    }

    @Override
    public Map<PeerId, Peer> findIncludingRemoved(Collection<PeerId> ids) {
        return database
                .query(this::read, "select * from peer where id in (select value from json_each(?))", ids)
                .stream()
                .collect(Collectors.toMap(Peer::id, Function.identity()));
    }

    @Override
    public void remove(PeerId id) {
        database.change(() -> {
            find(id).ifPresent(peer -> {
                write(peer.withActive(false).withAccess(peer.access().revoked()), true);
                TABLES_OF_A_PEER.forEach(table -> database.update("delete from " + table + " where peer = ?", id));
            });
        });
    }

    @Override
    public List<Peer> all() {
        return database.query(this::read, "select * from peer where not removed order by id");
    }
}

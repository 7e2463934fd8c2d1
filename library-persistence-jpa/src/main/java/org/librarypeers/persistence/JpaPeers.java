package org.librarypeers.persistence;

import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.DuplicatePeerException;
import org.librarypeers.sync.storage.PeerRepository;

/** A repository of peers on Hibernate. It reads with plain SQL, so that listing peers does not load Hibernate. */
final class JpaPeers implements PeerRepository {

    private static final List<String> UNIQUE = List.of("peer_host_key", "peer_bundle_key_key", "peer_repository_key");

    private final Reads transactions;
    private final Secrets secrets;

    JpaPeers(Reads transactions, Secrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    @Override
    public PeerId nextId() {
        return transactions.call(unit -> new PeerId(Counters.PEER.next(unit)));
    }

    @Override
    public void save(Peer peer) {
        transactions.call(unit -> save(unit, peer));
    }

    private boolean save(UnitOfWork unit, Peer peer) {
        Session session = unit.session();
        // Checked first, so that the transaction can continue: a constraint violation would abort it.
        if (others(session, peer.access()).stream().anyMatch(other -> !isNumber(other, peer.id()))) {
            throw new DuplicatePeerException(peer);
        }
        PeerEntity saved = session.find(PeerEntity.class, peer.id().value());
        if (saved == null) {
            session.persist(PeerEntity.from(peer, secrets));
        } else {
            saved.copyFrom(peer, secrets);
        }
        try {
            session.flush();
        } catch (PersistenceException e) {
            if (UNIQUE.stream().anyMatch(index -> StorageFailures.violates(index, e))) {
                unit.markRollbackOnly();
                throw new DuplicatePeerException(peer);
            }
            throw e;
        }
        return true;
    }

    private static boolean isNumber(PeerEntity entity, PeerId id) {
        return entity.id() == id.value();
    }

    /** Returns the peers, at most two, that have the host, the bundle key or the repository of this access. */
    private static List<PeerEntity> others(Session session, PeerAccess access) {
        return session.createSelectionQuery("""
                        from PeerEntity p
                         where (p.host = :host or p.bundleKey = :key
                                or (p.oaiUrl = :url and coalesce(p.oaiSet, '') = :set)) and not p.removed""", PeerEntity.class)
                .setParameter("host", access.knownHost().map(PeerHost::toString).orElse(""))
                .setParameter(
                        "key",
                        access.trustedKey().map(trusted -> trusted.key().hex()).orElse(""))
                .setParameter(
                        "url",
                        access.repository().map(oai -> oai.url().toString()).orElse(""))
                .setParameter(
                        "set", access.repository().map(PeerAccess.Oai::set).orElse(""))
                .list();
    }

    @Override
    public Optional<Peer> find(PeerId id) {
        return first("id = ? and not removed", id.value());
    }

    @Override
    public Optional<Peer> findForUpdate(PeerId id) {
        return transactions.call(unit -> Optional.ofNullable(
                        unit.session().find(PeerEntity.class, id.value(), LockMode.PESSIMISTIC_WRITE))
                .filter(entity -> !entity.isRemoved())
                .map(entity -> entity.toDomain(secrets)));
    }

    @Override
    public Optional<Peer> findIncludingRemoved(PeerId id) {
        return first("id = ?", id.value());
    }

    @Override
    public Map<PeerId, Peer> findIncludingRemoved(Collection<PeerId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Long[] numbers = ids.stream().map(PeerId::value).toArray(Long[]::new);
        return where("id = any (?)", (Object) numbers).stream()
                .collect(Collectors.toMap(Peer::id, Function.identity()));
    }

    @Override
    public void remove(PeerId id) {
        transactions.call(unit -> {
            PeerEntity peer = unit.session().find(PeerEntity.class, id.value());
            if (peer != null) {
                peer.remove();
                unit.session().flush();
                for (String table : List.of("harvest", "offer", "quarantined_item", "absent_item", "early_deletion")) {
                    unit.session()
                            .createNativeMutationQuery("delete from " + table + " where peer_id = :peer")
                            .setParameter("peer", id.value())
                            .executeUpdate();
                }
            }
            return true;
        });
    }

    @Override
    public Optional<Peer> findByHost(PeerHost host) {
        return first("host = ? and not removed", host.toString());
    }

    @Override
    public Optional<Peer> findByBundleKey(BundleKey key) {
        return first("bundle_key = ? and not removed", key.hex());
    }

    @Override
    public List<Peer> all() {
        return where("not removed");
    }

    private Optional<Peer> first(String condition, Object parameter) {
        return where(condition, parameter).stream().findFirst();
    }

    /** Returns the peers that meet the SQL condition, ordered by id. */
    private List<Peer> where(String condition, Object... parameters) {
        String sql = "select * from peer where " + condition + " order by id";
        return transactions.call(unit -> unit.jdbc(connection ->
                Sql.rows(connection, sql, row -> PeerEntity.read(row).toDomain(secrets), parameters)));
    }
}

package org.librarypeers.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.TrustedKey;

/** A peer. Its API key is encrypted for this row. */
@Entity
@Table(name = "peer")
class PeerEntity {

    private static final String ORB = "orb";
    private static final String BUNDLE = "bundle";
    private static final String OAI = "oai";

    @Id
    private long id;

    private String name;
    private String kind;
    private @Nullable String host;
    private @Nullable String bundleKey;
    private boolean bundleKeyConfirmed;
    private @Nullable String oaiUrl;
    private @Nullable String oaiSet;
    private @Nullable String oaiPrefix;
    private @Nullable String oaiMapping;
    private @Nullable String apiUser;
    private byte @Nullable [] apiKey;
    private boolean active;
    private String publication;
    private boolean archivesWithdrawn;
    private boolean syncsAutomatically;
    private @Nullable Integer syncEveryMinutes;
    private String selection;
    private boolean removed;

    /** Creates an empty entity for Hibernate. */
    PeerEntity() {}

    static PeerEntity from(Peer peer, Secrets secrets) {
        PeerEntity entity = new PeerEntity();
        entity.id = peer.id().value();
        entity.copyFrom(peer, secrets);
        return entity;
    }

    /** Reads a row with all columns of the table. */
    static PeerEntity read(ResultSet row) throws SQLException {
        PeerEntity entity = new PeerEntity();
        entity.id = row.getLong("id");
        entity.name = row.getString("name");
        entity.kind = row.getString("kind");
        entity.host = row.getString("host");
        entity.bundleKey = row.getString("bundle_key");
        entity.bundleKeyConfirmed = row.getBoolean("bundle_key_confirmed");
        entity.oaiUrl = row.getString("oai_url");
        entity.oaiSet = row.getString("oai_set");
        entity.oaiPrefix = row.getString("oai_prefix");
        entity.oaiMapping = row.getString("oai_mapping");
        entity.apiUser = row.getString("api_user");
        entity.apiKey = row.getBytes("api_key");
        entity.active = row.getBoolean("active");
        entity.publication = row.getString("publication");
        entity.archivesWithdrawn = row.getBoolean("archives_withdrawn");
        entity.syncsAutomatically = row.getBoolean("syncs_automatically");
        entity.syncEveryMinutes = row.getObject("sync_every_minutes", Integer.class);
        entity.selection = row.getString("selection");
        entity.removed = row.getBoolean("removed");
        return entity;
    }

    void copyFrom(Peer peer, Secrets secrets) {
        ApiKey key = peer.apiKey();
        name = peer.name();
        writeAccess(peer.access());
        apiUser = peer.apiUser();
        apiKey = key == null ? null : secrets.encrypt(key.secret(), row());
        active = peer.active();
        publication = peer.publication().word();
        archivesWithdrawn = peer.archivesWithdrawn();
        syncsAutomatically = peer.syncsAutomatically();
        Duration interval = peer.interval();
        selection = Texts.storable(peer.selection().toString());
        syncEveryMinutes = interval == null ? null : Math.toIntExact(interval.toMinutes());
    }

    private void writeAccess(PeerAccess access) {
        kind = access.match(orb -> ORB, bundle -> BUNDLE, oai -> OAI);
        host = access.knownHost().map(PeerHost::toString).orElse(null);
        bundleKey = access.trustedKey().map(trusted -> trusted.key().hex()).orElse(null);
        bundleKeyConfirmed = access.trustedKey().map(TrustedKey::confirmed).orElse(false);
        PeerAccess.Oai repository = access.repository().orElse(null);
        oaiUrl = repository == null ? null : repository.url().toString();
        oaiSet = repository == null ? null : repository.set();
        oaiPrefix = repository == null ? null : repository.prefix();
        oaiMapping = repository == null ? null : repository.mapping().toString();
    }

    /** Reads how the peer of a row with all columns of the table is read, without its API key. */
    static PeerAccess accessWithoutKey(ResultSet row) throws SQLException {
        return read(row).access(null);
    }

    private PeerAccess access(@Nullable ApiKey key) {
        TrustedKey trusted = bundleKey == null ? null : new TrustedKey(new BundleKey(bundleKey), bundleKeyConfirmed);
        PeerHost at = host == null ? null : PeerHost.of(host);
        return switch (kind) {
            case ORB -> new PeerAccess.Orb(Objects.requireNonNull(at), apiUser, key, trusted);
            case BUNDLE -> new PeerAccess.Bundle(Objects.requireNonNull(trusted), at);
            case OAI ->
                new PeerAccess.Oai(
                        URI.create(Objects.requireNonNull(oaiUrl)),
                        oaiSet,
                        Objects.requireNonNull(oaiPrefix),
                        DublinCoreMapping.parse(Objects.requireNonNull(oaiMapping)));
            default -> throw new IllegalStateException("peer " + id + " is of the unknown kind " + kind);
        };
    }

    /**
     * Marks the peer as removed, and clears its credentials, its trust and its settings. The name, the host, the bundle key and the
     * repository remain for the history.
     */
    void remove() {
        bundleKeyConfirmed = false;
        apiUser = null;
        apiKey = null;
        active = false;
        publication = PublicationPolicy.DEFAULT.word();
        archivesWithdrawn = false;
        syncsAutomatically = false;
        syncEveryMinutes = null;
        selection = "";
        removed = true;
    }

    boolean isRemoved() {
        return removed;
    }

    long id() {
        return id;
    }

    /**
     * Returns the context that binds a ciphertext to this row. A ciphertext copied to another row cannot be decrypted
     * there.
     */
    private String row() {
        return row(id);
    }

    static String row(long id) {
        return "peer:" + id;
    }

    Peer toDomain(Secrets secrets) {
        ApiKey key = apiKey == null ? null : new ApiKey(secrets.decrypt(apiKey, row(), "the API key of peer " + id));
        return Peer.builder()
                .id(new PeerId(id))
                .name(name)
                .access(access(key))
                .active(active)
                .publication(PublicationPolicy.ofWord(publication).orElseThrow())
                .archivesWithdrawn(archivesWithdrawn)
                .syncsAutomatically(syncsAutomatically)
                .interval(syncEveryMinutes == null ? null : Duration.ofMinutes(syncEveryMinutes))
                .selection(SelectionRule.parse(selection))
                .build();
    }
}

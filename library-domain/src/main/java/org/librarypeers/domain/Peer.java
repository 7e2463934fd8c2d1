package org.librarypeers.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another library from which this library pulls resources.
 *
 * @param id the number of the peer in this library
 * @param name the display name
 * @param host the address of the peer
 * @param apiUser the user name of this library's account at the peer, or null
 * @param apiKey the API key of that account, or null
 * @param active whether the peer may be synced
 * @param reviewsUpdates whether the peer's updates to public resources wait for a reviewer; the public revision stays
 *     public meanwhile
 * @param archivesWithdrawn whether an approved resource that the peer withdraws is archived immediately; otherwise it
 *     is only reported to reviewers
 * @param syncsAutomatically whether the peer is synced on a schedule; set by its first sync, which a user starts
 */
public record Peer(
        PeerId id,
        String name,
        PeerHost host,
        @Nullable String apiUser,
        @Nullable ApiKey apiKey,
        boolean active,
        boolean reviewsUpdates,
        boolean archivesWithdrawn,
        boolean syncsAutomatically) {

    /** The maximum length of a name or API user, in characters. */
    public static final int MAX_NAME = 200;

    /**
     * Validates the peer.
     *
     * @throws IllegalArgumentException if the name is missing, a text is too long, or the API user contains a colon
     */
    public Peer {
        name = Checks.line("peer name", name, MAX_NAME);
        apiUser = Checks.optionalLiteral("API user", apiUser, MAX_NAME);
        if (apiUser != null && apiUser.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "API user contains a colon, which separates the user from the key; remove it");
        }
    }

    /** Creates a peer that is synced only when a user starts a sync. */
    public Peer(
            PeerId id,
            String name,
            PeerHost host,
            @Nullable String apiUser,
            @Nullable ApiKey apiKey,
            boolean active,
            boolean reviewsUpdates,
            boolean archivesWithdrawn) {
        this(id, name, host, apiUser, apiKey, active, reviewsUpdates, archivesWithdrawn, false);
    }

    /** Creates a peer whose withdrawals are left to reviewers and that is synced only when a user starts a sync. */
    public Peer(
            PeerId id,
            String name,
            PeerHost host,
            @Nullable String apiUser,
            @Nullable ApiKey apiKey,
            boolean active,
            boolean reviewsUpdates) {
        this(id, name, host, apiUser, apiKey, active, reviewsUpdates, false);
    }

    /** Returns whether the peer can be synced: it is active and has an API user and an API key. */
    public boolean isQueryable() {
        return unqueryableReason().isEmpty();
    }

    /** Returns a short reason why the peer cannot be synced. Empty if it can be synced. */
    public Optional<String> unqueryableReason() {
        if (!active) {
            return Optional.of("not active");
        }
        if (apiUser == null) {
            return Optional.of(apiKey == null ? "no API user and no API key" : "no API user");
        }
        return apiKey == null ? Optional.of("no API key") : Optional.empty();
    }

    /** Returns a copy of this peer that is active or inactive. */
    public Peer withActive(boolean synced) {
        return new Peer(id, name, host, apiUser, apiKey, synced, reviewsUpdates, archivesWithdrawn, syncsAutomatically);
    }

    /** Returns a copy of this peer that is synced automatically or not. */
    public Peer withSyncsAutomatically(boolean automatic) {
        return new Peer(id, name, host, apiUser, apiKey, active, reviewsUpdates, archivesWithdrawn, automatic);
    }

    @Override
    public String toString() {
        return "[" + id + "] " + name + ", " + host;
    }
}

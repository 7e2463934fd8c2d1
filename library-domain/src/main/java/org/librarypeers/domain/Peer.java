package org.librarypeers.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another library, from which this one pulls.
 *
 * @param id its number here
 * @param name what people call it
 * @param host where it answers
 * @param apiUser our account there, or null
 * @param apiKey that account's key, or null
 * @param active whether it is to be synced
 * @param reviewsUpdates whether an update from it to a public resource waits for a reviewer, while what is public stays so
 * @param archivesWithdrawn whether an approved resource that it offers no longer is archived at once, rather than shown to
 *     reviewers only
 * @param syncsAutomatically whether it is synced without being asked to; its first sync, which a person starts, makes it so
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

    /** The longest name or user name, in characters. */
    public static final int MAX_NAME = 200;

    /**
     * Checks the peer.
     *
     * @throws IllegalArgumentException if there is no name, or a text is too long
     */
    public Peer {
        name = Checks.line("peer name", name, MAX_NAME);
        apiUser = Checks.optionalLiteral("API user", apiUser, MAX_NAME);
        if (apiUser != null && apiUser.indexOf(':') >= 0) {
            throw new IllegalArgumentException("API user holds a colon, which separates user and key");
        }
    }

    /** A peer that is synced when somebody starts a sync. */
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

    /** A peer whose withdrawals are left to reviewers, and that is synced when somebody starts a sync. */
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

    /** Whether a sync can ask it: active, with user and key. */
    public boolean isQueryable() {
        return unqueryableReason().isEmpty();
    }

    /** Why a sync cannot ask it, in a few words; nothing if it can. */
    public Optional<String> unqueryableReason() {
        if (!active) {
            return Optional.of("not active");
        }
        if (apiUser == null) {
            return Optional.of(apiKey == null ? "no API user and no API key" : "no API user");
        }
        return apiKey == null ? Optional.of("no API key") : Optional.empty();
    }

    /** This peer, synced or not. */
    public Peer withActive(boolean synced) {
        return new Peer(id, name, host, apiUser, apiKey, synced, reviewsUpdates, archivesWithdrawn, syncsAutomatically);
    }

    /** This peer, synced without being asked to or not. */
    public Peer withSyncsAutomatically(boolean automatic) {
        return new Peer(id, name, host, apiUser, apiKey, active, reviewsUpdates, archivesWithdrawn, automatic);
    }

    @Override
    public String toString() {
        return "[" + id + "] " + name + ", " + host;
    }
}

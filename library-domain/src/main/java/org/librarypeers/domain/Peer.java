package org.librarypeers.domain;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another library from which this library pulls resources. Created with {@link #builder()}.
 *
 * @param id the number of the peer in this library
 * @param name the display name
 * @param access how its resources are read
 * @param active whether the peer may be synced
 * @param publication what is published of the peer without a reviewer
 * @param archivesWithdrawn whether an approved resource that the peer withdraws is archived immediately; otherwise it
 *     is only reported to reviewers
 * @param syncsAutomatically whether the peer is synced on a schedule; set by its first sync, which a user starts
 * @param interval the wait between a successful sync of the peer and its next scheduled one, in whole minutes, from {@link
 *     #MIN_INTERVAL} to {@link #MAX_INTERVAL}; null for the usual one of this library
 * @param selection which of the peer's offers are taken
 */
public record Peer(
        PeerId id,
        String name,
        PeerAccess access,
        boolean active,
        PublicationPolicy publication,
        boolean archivesWithdrawn,
        boolean syncsAutomatically,
        @Nullable Duration interval,
        SelectionRule selection) {

    /** The shortest {@link #interval}: 1 minute. */
    public static final Duration MIN_INTERVAL = Duration.ofMinutes(1);

    /** The longest {@link #interval}: 7 days. */
    public static final Duration MAX_INTERVAL = Duration.ofDays(7);

    /** The maximum length of a name, in characters. */
    public static final int MAX_NAME = 200;

    /**
     * Validates the peer.
     *
     * @throws IllegalArgumentException if the name is missing or too long, or the interval is out of range
     */
    public Peer {
        name = Checks.line("peer name", name, MAX_NAME);
        if (interval != null
                && (interval.compareTo(MIN_INTERVAL) < 0
                        || interval.compareTo(MAX_INTERVAL) > 0
                        || !interval.truncatedTo(ChronoUnit.MINUTES).equals(interval))) {
            throw new IllegalArgumentException(
                    "interval must be from 1 minute to 7 days in whole minutes, not " + interval);
        }
    }

    /** Returns a builder of a peer. Id, name, and host or access are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with the values of this peer. */
    public Builder toBuilder() {
        return new Builder()
                .id(id)
                .name(name)
                .access(access)
                .active(active)
                .publication(publication)
                .archivesWithdrawn(archivesWithdrawn)
                .syncsAutomatically(syncsAutomatically)
                .interval(interval)
                .selection(selection);
    }

    /** Returns the address at which the peer is on the network, or says that it is. Empty if it has none. */
    public Optional<PeerHost> host() {
        return access.knownHost();
    }

    /** Returns a short text that tells the peer from all others, for people: its host, or the fingerprint of its bundle key. */
    public String address() {
        return access.address();
    }

    /** Returns the user name of this library's account at the peer. Null if it has none. */
    public @Nullable String apiUser() {
        return access.<Optional<String>>match(
                        orb -> Optional.ofNullable(orb.user()), bundle -> Optional.empty(), oai -> Optional.empty())
                .orElse(null);
    }

    /** Returns the API key of this library's account at the peer. Null if it has none. */
    public @Nullable ApiKey apiKey() {
        return access.<Optional<ApiKey>>match(
                        orb -> Optional.ofNullable(orb.key()), bundle -> Optional.empty(), oai -> Optional.empty())
                .orElse(null);
    }

    /** Returns whether the peer is active and its resources can be read, by requests or from bundles. */
    public boolean isQueryable() {
        return unqueryableReason().isEmpty();
    }

    /** Returns a short reason why the resources of the peer cannot be read. Empty if they can be read. */
    public Optional<String> unqueryableReason() {
        return active ? access.missing() : Optional.of("not active");
    }

    /**
     * Returns whether requests can be sent to the peer, so that a run can start at any time: it is active, and is a repository or has
     * a host, an API user and an API key. A peer that is only read from bundles takes none.
     */
    public boolean takesRequests() {
        return noRequestsReason().isEmpty();
    }

    /** Returns a short reason why no request can be sent to the peer. Empty if requests can be sent. */
    public Optional<String> noRequestsReason() {
        return active
                ? access.match(
                        PeerAccess.Orb::missingCredentials,
                        bundle -> Optional.of("it is read from bundles"),
                        PeerAccess.Oai::missing)
                : Optional.of("not active");
    }

    /** Returns a copy of this peer with another name. */
    public Peer withName(String other) {
        return toBuilder().name(other).build();
    }

    /** Returns a copy of this peer whose resources are read in another way. */
    public Peer withAccess(PeerAccess other) {
        return toBuilder().access(other).build();
    }

    /** Returns a copy of this peer with another address. Its resources are then read by requests. */
    public Peer withHost(PeerHost other) {
        return toBuilder().host(other).build();
    }

    /**
     * Returns a copy of this peer with other credentials; null removes the user or the key.
     *
     * @throws IllegalStateException if the peer is a repository or is only read from bundles
     */
    public Peer withCredentials(@Nullable String user, @Nullable ApiKey key) {
        return toBuilder().credentials(user, key).build();
    }

    /** Returns a copy of this peer that is active or inactive. */
    public Peer withActive(boolean other) {
        return toBuilder().active(other).build();
    }

    /** Returns a copy of this peer with another publication policy. */
    public Peer withPublication(PublicationPolicy other) {
        return toBuilder().publication(other).build();
    }

    /** Returns a copy of this peer whose withdrawn resources are or are not archived immediately. */
    public Peer withArchivesWithdrawn(boolean other) {
        return toBuilder().archivesWithdrawn(other).build();
    }

    /** Returns a copy of this peer that is or is not synced automatically. */
    public Peer withSyncsAutomatically(boolean other) {
        return toBuilder().syncsAutomatically(other).build();
    }

    /** Returns a copy of this peer with another interval; null for the usual one of this library. */
    public Peer withInterval(@Nullable Duration other) {
        return toBuilder().interval(other).build();
    }

    /** Returns a copy of this peer with another selection rule. */
    public Peer withSelection(SelectionRule other) {
        return toBuilder().selection(other).build();
    }

    @Override
    public String toString() {
        return "[" + id + "] " + name + ", " + address();
    }

    /** A builder of a {@link Peer}. Not thread-safe. */
    public static final class Builder {

        private @Nullable PeerId id;
        private @Nullable String name;
        private @Nullable PeerAccess access;
        private @Nullable String apiUser;
        private @Nullable ApiKey apiKey;
        private boolean active = true;
        private PublicationPolicy publication = PublicationPolicy.DEFAULT;
        private boolean archivesWithdrawn;
        private boolean syncsAutomatically;
        private @Nullable Duration interval;
        private SelectionRule selection = SelectionRule.EVERYTHING;

        private Builder() {}

        /** Sets the number of the peer in this library, which the storage provides. Required. */
        public Builder id(PeerId value) {
            id = value;
            return this;
        }

        /** Sets the display name, of at most {@value Peer#MAX_NAME} characters. Required. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Sets how resources are read. It replaces host and credentials. */
        public Builder access(PeerAccess value) {
            access = value;
            return value.match(
                    orb -> credentials(orb.user(), orb.key()),
                    bundle -> credentials(null, null),
                    oai -> credentials(null, null));
        }

        /**
         * Sets the address of a library that takes requests. Required unless an access is set. A bundle key that is set already
         * stays.
         */
        public Builder host(PeerHost value) {
            TrustedKey bundles = access == null ? null : access.trustedKey().orElse(null);
            access = new PeerAccess.Orb(value, null, null, bundles);
            return this;
        }

        /**
         * Sets this library's account at the peer. Without user and key, which is the default, no request can be sent to the
         * peer.
         */
        public Builder credentials(@Nullable String user, @Nullable ApiKey key) {
            apiUser = user;
            apiKey = key;
            return this;
        }

        /** Sets whether the peer may be synced. The default is true. */
        public Builder active(boolean value) {
            active = value;
            return this;
        }

        /** Sets what is published of the peer without a reviewer. The default is {@link PublicationPolicy#DEFAULT}. */
        public Builder publication(PublicationPolicy value) {
            publication = value;
            return this;
        }

        /** Sets whether an approved resource that the peer withdraws is archived immediately. The default is false. */
        public Builder archivesWithdrawn(boolean value) {
            archivesWithdrawn = value;
            return this;
        }

        /** Sets whether the peer is synced on a schedule. The default is false. */
        public Builder syncsAutomatically(boolean value) {
            syncsAutomatically = value;
            return this;
        }

        /** Sets the wait between two scheduled syncs; null, which is the default, for the usual one of this library. */
        public Builder interval(@Nullable Duration value) {
            interval = value;
            return this;
        }

        /** Sets which of the peer's offers are taken. The default is {@link SelectionRule#EVERYTHING}. */
        public Builder selection(SelectionRule value) {
            selection = value;
            return this;
        }

        /**
         * Returns the peer.
         *
         * @throws IllegalStateException if id, name or host was not set, or if a peer without requests has credentials
         * @throws IllegalArgumentException if a value is invalid, see {@link Peer}
         */
        public Peer build() {
            return new Peer(
                    required("id", id),
                    required("name", name),
                    required("host", access)
                            .match(this::withCredentials, this::withoutCredentials, this::withoutCredentials),
                    active,
                    publication,
                    archivesWithdrawn,
                    syncsAutomatically,
                    interval,
                    selection);
        }

        private PeerAccess withCredentials(PeerAccess.Orb orb) {
            return new PeerAccess.Orb(orb.host(), apiUser, apiKey, orb.bundles());
        }

        private PeerAccess withoutCredentials(PeerAccess other) {
            if (apiUser != null || apiKey != null) {
                throw new IllegalStateException(
                        "a peer that is not read by ORB v1 requests has no credentials; set its host first");
            }
            return other;
        }

        private static <T> T required(String field, @Nullable T value) {
            if (value == null) {
                throw new IllegalStateException("the peer has no " + field + "; set it with " + field + "(...)");
            }
            return value;
        }
    }
}

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
 * @param host the address of the peer
 * @param apiUser the user name of this library's account at the peer, or null
 * @param apiKey the API key of that account, or null
 * @param active whether the peer may be synced
 * @param publication what is published of the peer without a reviewer
 * @param archivesWithdrawn whether an approved resource that the peer withdraws is archived immediately; otherwise it
 *     is only reported to reviewers
 * @param syncsAutomatically whether the peer is synced on a schedule; set by its first sync, which a user starts
 * @param interval the wait between a successful sync of the peer and its next scheduled one, in whole minutes, from {@link
 *     #MIN_INTERVAL} to {@link #MAX_INTERVAL}; null for the usual one of this library
 */
public record Peer(
        PeerId id,
        String name,
        PeerHost host,
        @Nullable String apiUser,
        @Nullable ApiKey apiKey,
        boolean active,
        PublicationPolicy publication,
        boolean archivesWithdrawn,
        boolean syncsAutomatically,
        @Nullable Duration interval) {

    /** The shortest {@link #interval}: 1 minute. */
    public static final Duration MIN_INTERVAL = Duration.ofMinutes(1);

    /** The longest {@link #interval}: 7 days. */
    public static final Duration MAX_INTERVAL = Duration.ofDays(7);

    /** The maximum length of a name or API user, in characters. */
    public static final int MAX_NAME = 200;

    /**
     * Validates the peer.
     *
     * @throws IllegalArgumentException if the name is missing, a text is too long, the API user contains a colon, or the interval is out of
     *     range
     */
    public Peer {
        name = Checks.line("peer name", name, MAX_NAME);
        apiUser = Checks.optionalLiteral("API user", apiUser, MAX_NAME);
        if (apiUser != null && apiUser.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "API user contains a colon, which separates the user from the key; remove it");
        }
        if (interval != null
                && (interval.compareTo(MIN_INTERVAL) < 0
                        || interval.compareTo(MAX_INTERVAL) > 0
                        || !interval.truncatedTo(ChronoUnit.MINUTES).equals(interval))) {
            throw new IllegalArgumentException(
                    "interval must be from 1 minute to 7 days in whole minutes, not " + interval);
        }
    }

    /** Returns a builder of a peer. Id, name and host are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with the values of this peer. */
    public Builder toBuilder() {
        Builder builder = new Builder().id(id).name(name).host(host);
        builder.apiUser = apiUser;
        builder.apiKey = apiKey;
        return builder.active(active)
                .publication(publication)
                .archivesWithdrawn(archivesWithdrawn)
                .syncsAutomatically(syncsAutomatically)
                .interval(interval);
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

    /** Returns a copy of this peer with another name. */
    public Peer withName(String other) {
        return toBuilder().name(other).build();
    }

    /** Returns a copy of this peer with another address. */
    public Peer withHost(PeerHost other) {
        return toBuilder().host(other).build();
    }

    /** Returns a copy of this peer with other credentials; null removes the user or the key. */
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

    @Override
    public String toString() {
        return "[" + id + "] " + name + ", " + host;
    }

    /** A builder of a {@link Peer}. Not thread-safe. */
    public static final class Builder {

        private @Nullable PeerId id;
        private @Nullable String name;
        private @Nullable PeerHost host;
        private @Nullable String apiUser;
        private @Nullable ApiKey apiKey;
        private boolean active = true;
        private PublicationPolicy publication = PublicationPolicy.DEFAULT;
        private boolean archivesWithdrawn;
        private boolean syncsAutomatically;
        private @Nullable Duration interval;

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

        /** Sets the address. Required. */
        public Builder host(PeerHost value) {
            host = value;
            return this;
        }

        /**
         * Sets this library's account at the peer. Without user and key, which is the default, the peer cannot be
         * synced.
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

        /**
         * Returns the peer.
         *
         * @throws IllegalStateException if id, name or host was not set
         * @throws IllegalArgumentException if a value is invalid, see {@link Peer}
         */
        public Peer build() {
            return new Peer(
                    required("id", id),
                    required("name", name),
                    required("host", host),
                    apiUser,
                    apiKey,
                    active,
                    publication,
                    archivesWithdrawn,
                    syncsAutomatically,
                    interval);
        }

        private static <T> T required(String field, @Nullable T value) {
            if (value == null) {
                throw new IllegalStateException("the peer has no " + field + "; set it with " + field + "(...)");
            }
            return value;
        }
    }
}

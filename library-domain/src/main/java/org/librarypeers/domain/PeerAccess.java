package org.librarypeers.domain;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way in which the resources of a peer reach this library. */
public sealed interface PeerAccess {

    /** The maximum length of an API user, in characters. */
    int MAX_USER = 200;

    /** Returns the result of the function for this kind of access. */
    <T> T match(Function<Orb, T> orb, Function<Bundle, T> bundle);

    /**
     * Returns the address at which the peer is on the network, or says that it is. Empty if it has none. An address does
     * not mean that requests can be sent to it.
     */
    default Optional<PeerHost> knownHost() {
        return match(orb -> Optional.of(orb.host()), bundle -> Optional.ofNullable(bundle.home()));
    }

    /** Returns the key of the bundles of this peer. Empty if no bundle of this peer was ever read. */
    default Optional<TrustedKey> trustedKey() {
        return match(orb -> Optional.ofNullable(orb.bundles()), bundle -> Optional.of(bundle.key()));
    }

    /**
     * Returns a short text that tells this access from that of all other peers: the host, or {@code bundle:} with the
     * fingerprint of the key.
     */
    default String address() {
        return match(
                orb -> orb.host().toString(),
                bundle -> "bundle:" + bundle.key().key().fingerprint());
    }

    /** Returns whether the text, as another library wrote it, is an address of this peer. */
    default boolean isAt(String address) {
        return knownHost().map(host -> host.isSameAs(address)).orElse(false)
                || address().equals(address);
    }

    /** Returns why resources cannot be read in this way. Empty if they can. */
    Optional<String> missing();

    /** Returns what remains of this access when the peer is removed: no secret and no trust. */
    PeerAccess revoked();

    /**
     * An address of a library that speaks ORB v1, with the account of this library there.
     *
     * @param host the address
     * @param user the user name of the account, or null
     * @param key the API key of the account, or null
     * @param bundles the key of the bundles of the same library, which may be read too; null if no bundle was read
     */
    record Orb(
            PeerHost host,
            @Nullable String user,
            @Nullable ApiKey key,
            @Nullable TrustedKey bundles) implements PeerAccess {

        /**
         * Validates the user.
         *
         * @throws IllegalArgumentException if the user is too long or contains a colon
         */
        public Orb {
            user = Checks.optionalLiteral("API user", user, MAX_USER);
            if (user != null && user.indexOf(':') >= 0) {
                throw new IllegalArgumentException(
                        "API user contains a colon, which separates the user from the key; remove it");
            }
        }

        /** Creates an access without a bundle key. */
        public Orb(PeerHost host, @Nullable String user, @Nullable ApiKey key) {
            this(host, user, key, null);
        }

        @Override
        public <T> T match(Function<Orb, T> orb, Function<Bundle, T> bundle) {
            return orb.apply(this);
        }

        /** Returns why no request can be sent. Empty if user and key are known. */
        public Optional<String> missingCredentials() {
            if (user == null) {
                return Optional.of(key == null ? "no API user and no API key" : "no API user");
            }
            return key == null ? Optional.of("no API key") : Optional.empty();
        }

        @Override
        public Optional<String> missing() {
            return bundles != null && bundles.confirmed() ? Optional.empty() : missingCredentials();
        }

        @Override
        public PeerAccess revoked() {
            return new Orb(host, null, null, bundles == null ? null : bundles.unconfirmed());
        }
    }

    /**
     * Bundles that people carry. There is nothing to ask, so such a peer is read whenever somebody brings a bundle.
     *
     * @param key the key that signs the bundles
     * @param home the address at which the library says that it is, which is shown and by which its resources are known as its own;
     *     null if it has none
     */
    record Bundle(TrustedKey key, @Nullable PeerHost home) implements PeerAccess {

        @Override
        public <T> T match(Function<Orb, T> orb, Function<Bundle, T> bundle) {
            return bundle.apply(this);
        }

        @Override
        public Optional<String> missing() {
            return key.confirmed() ? Optional.empty() : Optional.of("its bundle key is not confirmed");
        }

        @Override
        public PeerAccess revoked() {
            return new Bundle(key.unconfirmed(), home);
        }
    }
}

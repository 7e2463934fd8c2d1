package org.librarypeers.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way in which the resources of a peer reach this library. */
public sealed interface PeerAccess {

    /** The maximum length of an API user, in characters. */
    int MAX_USER = 200;

    /** Returns the result of the function for this kind of access. */
    <T> T match(Function<Orb, T> orb, Function<Bundle, T> bundle, Function<Oai, T> oai);

    /**
     * Returns the host at which the library is on the network, or says that it is. Empty if it has none. A host does
     * not mean that requests can be sent to it. A repository has none, because other repositories and libraries may be
     * on the same host.
     */
    default Optional<PeerHost> knownHost() {
        return match(
                orb -> Optional.of(orb.host()), bundle -> Optional.ofNullable(bundle.home()), oai -> Optional.empty());
    }

    /** Returns whether two peers with these accesses would be the same library, so that only one of them may exist. */
    default boolean isSameAs(PeerAccess other) {
        return address().equals(other.address())
                || knownHost()
                        .filter(host -> other.knownHost().equals(Optional.of(host)))
                        .isPresent()
                || trustedKey()
                        .map(TrustedKey::key)
                        .filter(key -> other.trustedKey().map(TrustedKey::key).equals(Optional.of(key)))
                        .isPresent();
    }

    /** Returns the key of the bundles of this peer. Empty if no bundle of this peer was ever read. */
    default Optional<TrustedKey> trustedKey() {
        return match(
                orb -> Optional.ofNullable(orb.bundles()),
                bundle -> Optional.of(bundle.key()),
                oai -> Optional.empty());
    }

    /** Returns the access to a repository. Empty if the peer is not one. */
    default Optional<Oai> repository() {
        return match(orb -> Optional.empty(), bundle -> Optional.empty(), Optional::of);
    }

    /**
     * Returns a short text that tells this access from that of all other peers: the host, {@code bundle:} with the fingerprint of the
     * key, or the address of the repository with the set.
     */
    default String address() {
        return match(
                orb -> orb.host().toString(),
                bundle -> "bundle:" + bundle.key().key().fingerprint(),
                oai -> oai.set() == null ? oai.url().toString() : oai.url() + "?set=" + oai.set());
    }

    /** Returns whether the text, as another library wrote it, is an address of this peer. */
    default boolean isAt(String address) {
        return knownHost().map(host -> host.isSameAs(address)).orElse(false)
                || address().equals(address);
    }

    /** Returns why resources cannot be read in this way. Empty if they can. */
    Optional<String> missing();

    /** Returns this access without secret and trust, as it is kept when the peer is removed. */
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
        public <T> T match(Function<Orb, T> orb, Function<Bundle, T> bundle, Function<Oai, T> oai) {
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
     * Bundles that people carry. No request can be sent to such a peer; it is read whenever somebody brings a bundle.
     *
     * @param key the key that signs the bundles
     * @param home the address at which the library says that it is, which is shown and by which its resources are known as its own;
     *     null if it has none
     */
    record Bundle(TrustedKey key, @Nullable PeerHost home) implements PeerAccess {

        @Override
        public <T> T match(Function<Orb, T> orb, Function<Bundle, T> bundle, Function<Oai, T> oai) {
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

    /**
     * A repository that speaks OAI-PMH 2.0. It needs no account.
     *
     * @param url the base URL
     * @param set the set that is read; null for the whole repository
     * @param prefix the metadata format that is requested
     * @param mapping the fields of a resource that the elements of its records fill
     */
    record Oai(URI url, @Nullable String set, String prefix, DublinCoreMapping mapping) implements PeerAccess {

        /** The metadata format that every repository offers: {@value}. */
        public static final String DEFAULT_PREFIX = "oai_dc";

        private static final int MAX_URL = 500;
        private static final int MAX_SET = 300;
        private static final int MAX_PREFIX = 100;
        private static final Pattern SET = Pattern.compile("[A-Za-z0-9\\-_.!~*'():%]+");
        private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9\\-_.!~*'()]+");

        /**
         * Validates the values.
         *
         * @throws IllegalArgumentException if one of them has a form that OAI-PMH does not allow, or is too long
         */
        public Oai {
            url = checked(url);
            set = Checks.optionalLiteral("set", set, MAX_SET);
            if (set != null && !SET.matcher(set).matches()) {
                throw new IllegalArgumentException("set " + Checks.shown(set)
                        + " is not valid: use the setSpec of the repository, which has no spaces");
            }
            prefix = Checks.literal("metadata format", prefix, MAX_PREFIX);
            if (!PREFIX.matcher(prefix).matches()) {
                throw new IllegalArgumentException("metadata format " + Checks.shown(prefix)
                        + " is not valid: use the metadataPrefix of the repository, for example oai_dc");
            }
        }

        /** Creates the access to a whole repository, with the default format and mapping. */
        public Oai(URI url) {
            this(url, null, DEFAULT_PREFIX, DublinCoreMapping.DEFAULT);
        }

        /**
         * Parses a base URL such as {@code https://repository.example.org/oai}.
         *
         * @throws IllegalArgumentException if the text is not such an address; the message is meant for the user who typed it
         */
        public static URI url(String text) {
            try {
                return checked(new URI(Checks.literal("repository address", text, MAX_URL)));
            } catch (URISyntaxException e) {
                throw refused(text, "it is not a valid address");
            }
        }

        private static URI checked(URI url) {
            String text = url.toString();
            Checks.literal("repository address", text, MAX_URL);
            if (url.getRawUserInfo() != null || text.indexOf('@') >= 0) {
                throw new IllegalArgumentException(
                        "repository address contains a user name or password; repositories are read without an account");
            } else if (url.getRawQuery() != null || url.getRawFragment() != null) {
                throw refused(text, "it must not contain ? or #; remove what begins there");
            }
            PeerHost host = PeerHost.ofAddress(text)
                    .orElseThrow(() -> refused(text, "it does not begin with https:// or http:// and a host name"));
            return URI.create(host + Objects.requireNonNullElse(url.getRawPath(), ""));
        }

        private static IllegalArgumentException refused(String text, String why) {
            return new IllegalArgumentException("repository address " + Checks.shown(text) + " cannot be used: " + why
                    + " (expected, for example, https://repository.example.org/oai)");
        }

        @Override
        public <T> T match(Function<Orb, T> orb, Function<Bundle, T> bundle, Function<Oai, T> oai) {
            return oai.apply(this);
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        /** Returns this access: it contains neither a secret nor trust. */
        @Override
        public PeerAccess revoked() {
            return this;
        }
    }
}

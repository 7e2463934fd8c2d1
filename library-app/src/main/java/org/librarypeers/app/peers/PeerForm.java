package org.librarypeers.app.peers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.sync.storage.PeerRepository;

/**
 * The form of a peer with the values that a user typed. It never contains the key.
 *
 * @param stored the peer that is edited; null for a new one
 * @param filled the typed values and their errors
 * @param other another peer that already has the host, if that is the error; null otherwise
 */
public record PeerForm(
        @Nullable Peer stored, FormData filled, @Nullable Peer other) {

    /** The number of a peer that has not been saved yet. */
    private static final PeerId UNSAVED = new PeerId(Long.MAX_VALUE);

    private static final List<Duration> INTERVALS =
            Stream.of(1, 3, 6, 12, 24, 72, 168).map(Duration::ofHours).toList();
    private static final String ON = "on";
    private static final int MAX_KEY = 200;

    /**
     * A submitted form.
     *
     * @param peer the peer that it describes; null if the form has errors
     */
    record Sent(PeerForm form, @Nullable Peer peer) {}

    /**
     * Returns the form for a new peer.
     *
     * @param kind the kind of peer as the address of the page names it
     */
    static PeerForm empty(String kind) {
        FormData filled = new FormData()
                .with("active", ON)
                .with("kind", kind)
                .with("publication", PublicationPolicy.DEFAULT.word());
        return new PeerForm(
                null, kind.equals(RepositoryFields.KIND) ? RepositoryFields.defaults(filled) : filled, null);
    }

    /** Returns whether the peer is an OAI-PMH repository, which has other fields. */
    public boolean isRepository() {
        return stored == null
                ? filled.value("kind").equals(RepositoryFields.KIND)
                : stored.access().repository().isPresent();
    }

    /** Returns the form for an existing peer. */
    static PeerForm of(Peer peer) {
        FormData filled = new FormData()
                .with("name", peer.name())
                .with("host", peer.host().map(PeerHost::toString).orElse(""))
                .with("active", peer.active() ? ON : "")
                .with("user", peer.apiUser())
                .with("publication", peer.publication().word())
                .with("archives", peer.archivesWithdrawn() ? ON : "")
                .with("automatic", peer.syncsAutomatically() ? ON : "")
                .with("every", minutes(peer.interval()));
        peer.access().repository().ifPresent(oai -> RepositoryFields.fill(filled, oai));
        return new PeerForm(peer, filled.sealed(), null);
    }

    /** Returns whether the peer still has the values that the form showed. */
    boolean isBasedOn(Peer peer) {
        return filled.isBasedOn(of(peer).filled);
    }

    /**
     * Returns this form with the error that another peer has the host.
     *
     * @param by the other peer; null if it is unknown
     */
    PeerForm taken(Visit visit, @Nullable Peer by) {
        filled.refuse(isRepository() ? RepositoryFields.URL : "host", visit.say("peers.wrong.host.taken"));
        return new PeerForm(stored, filled, by);
    }

    /** Returns whether the key would be sent unencrypted to the typed host. */
    public boolean isUnencrypted() {
        return PeerHost.ofAddress(filled.value("host"))
                .filter(PeerHost::isUnencrypted)
                .isPresent();
    }

    /** Returns whether a checkbox is ticked. */
    public boolean ticked(String field) {
        return !filled.value(field).isEmpty();
    }

    /** Returns the intervals that the form offers, the shortest first. */
    public List<Duration> intervals() {
        Duration own = stored == null ? null : stored.interval();
        return Stream.concat(INTERVALS.stream(), Stream.ofNullable(own))
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns an interval as a value of the form; empty for null. */
    public static String minutes(@Nullable Duration interval) {
        return interval == null ? "" : String.valueOf(interval.toMinutes());
    }

    /** Returns the path to which the form is submitted. */
    public String action() {
        return stored == null ? "/peers/new" : "/peers/" + stored.id() + "/edit";
    }

    /**
     * Reads the submitted form.
     *
     * @param stored the peer that is edited; null for a new one
     * @param forTest whether it is for a connection test, which needs a user and a key but no name
     */
    static Sent read(Visit visit, @Nullable Peer stored, PeerRepository peers, boolean forTest) {
        FormData filled = FormData.read(
                visit,
                "name",
                "host",
                "active",
                "user",
                "publication",
                "archives",
                "automatic",
                "every",
                "kind",
                RepositoryFields.URL,
                RepositoryFields.SET,
                RepositoryFields.PREFIX,
                RepositoryFields.MAPPING,
                FormData.SEEN);
        return new FormReader(visit, peers, new PeerForm(stored, filled, null), forTest).read(visit.field("key"));
    }

    private static final class FormReader {
        private final Visit visit;
        private final PeerRepository peers;
        private final FormData filled;
        private final boolean forTest;
        private PeerForm typed;

        FormReader(Visit visit, PeerRepository peers, PeerForm typed, boolean forTest) {
            this.visit = visit;
            this.peers = peers;
            this.typed = typed;
            this.filled = typed.filled;
            this.forTest = forTest;
        }

        Sent read(String typedKey) {
            checkName();
            PeerAccess access = typed.isRepository() ? repository() : libraryAccess(typedKey);
            return new Sent(typed, filled.isGood() && access != null ? peer(access) : null);
        }

        private @Nullable PeerAccess repository() {
            PeerAccess access = RepositoryFields.read(visit, filled);
            Optional<Peer> other = access == null || forTest
                    ? Optional.empty()
                    : peers.findByAddress(access.address()).filter(this::isOther);
            other.ifPresent(peer -> typed = typed.taken(visit, peer));
            return access;
        }

        private boolean isOther(Peer peer) {
            return typed.stored == null || !peer.id().equals(typed.stored.id());
        }

        private @Nullable PeerAccess libraryAccess(String typedKey) {
            PeerHost host = host();
            checkUser();
            return access(host, key(typedKey, host));
        }

        /** Returns the typed access; null if it is invalid. */
        private @Nullable PeerAccess access(@Nullable PeerHost host, @Nullable ApiKey key) {
            String user = filled.orNull("user");
            TrustedKey trusted = typed.stored == null
                    ? null
                    : typed.stored.access().trustedKey().orElse(null);
            if (trusted != null && isReadFromBundles() && user == null && key == null) {
                return new PeerAccess.Bundle(trusted, host);
            }
            if (host == null) {
                refuseHost(filled.value("host"));
                return null;
            }
            return filled.isGood() ? new PeerAccess.Orb(host, user, key, trusted) : null;
        }

        /** Returns whether the stored peer takes no requests, so that it needs no host. */
        private boolean isReadFromBundles() {
            return typed.stored != null && typed.stored.access().match(orb -> false, bundle -> true, oai -> false);
        }

        private @Nullable Peer peer(PeerAccess access) {
            String name = filled.value("name");
            try {
                return Peer.builder()
                        .id(typed.stored == null ? UNSAVED : typed.stored.id())
                        .name(name.isEmpty() ? access.address() : name)
                        .access(access)
                        .active(typed.ticked("active"))
                        .publication(publication())
                        .archivesWithdrawn(typed.ticked("archives"))
                        .syncsAutomatically(typed.ticked("automatic"))
                        .interval(interval())
                        .build();
            } catch (IllegalArgumentException e) {
                refuse("name", "peers.wrong.line");
                return null;
            }
        }

        /** Returns the chosen policy. Without a choice, it stays unchanged. */
        private PublicationPolicy publication() {
            return PublicationPolicy.ofWord(filled.value("publication"))
                    .orElseGet(() -> typed.stored == null ? PublicationPolicy.DEFAULT : typed.stored.publication());
        }

        /** Returns the chosen interval; null for the usual one. An unknown value leaves it unchanged. */
        private @Nullable Duration interval() {
            String minutes = filled.value("every");
            return minutes.isEmpty()
                    ? null
                    : typed.intervals().stream()
                            .filter(each -> minutes(each).equals(minutes))
                            .findFirst()
                            .orElse(typed.stored == null ? null : typed.stored.interval());
        }

        private void refuse(String field, String key, Object... values) {
            filled.refuse(field, visit.say(key, values));
        }

        private void checkName() {
            String name = filled.value("name");
            if (name.isEmpty()) {
                if (!forTest) {
                    refuse("name", "peers.wrong.name.none");
                }
            } else if (name.length() > Peer.MAX_NAME) {
                refuse("name", "peers.wrong.name.long", Peer.MAX_NAME);
            } else if (hasControlCharacter(name)) {
                refuse("name", "peers.wrong.line");
            }
        }

        private void checkUser() {
            String user = filled.value("user");
            if (user.isEmpty()) {
                if (forTest) {
                    refuse("user", "peers.wrong.user.none");
                }
            } else if (user.length() > PeerAccess.MAX_USER) {
                refuse("user", "peers.wrong.user.long", PeerAccess.MAX_USER);
            } else if (hasControlCharacter(user)) {
                refuse("user", "peers.wrong.line");
            } else if (user.indexOf(':') >= 0) {
                refuse("user", "peers.wrong.user.colon");
            }
        }

        private @Nullable PeerHost host() {
            String text = filled.value("host");
            PeerHost host;
            try {
                host = PeerHost.of(text);
            } catch (IllegalArgumentException e) {
                if (!text.isEmpty() || !isReadFromBundles()) {
                    refuseHost(text);
                }
                return null;
            }
            Optional<Peer> other = peers.findByHost(host).filter(this::isOther);
            if (other.isPresent() && !forTest) {
                typed = typed.taken(visit, other.get());
            }
            return host;
        }

        private void refuseHost(String text) {
            String rest = text.replaceFirst("(?i)^[a-z][a-z0-9+.-]*:/+", "").replaceFirst("/.*", "");
            if (text.isEmpty()) {
                refuse("host", "peers.wrong.host.none");
            } else if (text.indexOf('@') >= 0) {
                refuse("host", "peers.wrong.host.user");
            } else if (!text.toLowerCase(Locale.ROOT).matches("https?:.*")
                    && PeerHost.ofAddress("https://" + rest).isPresent()) {
                refuse("host", "peers.wrong.host.scheme", rest);
            } else if (PeerHost.ofAddress(text).isPresent()) {
                refuse(
                        "host",
                        "peers.wrong.host.path",
                        PeerHost.ofAddress(text).get().toString());
            } else {
                refuse("host", "peers.wrong.host.bad");
            }
        }

        private @Nullable ApiKey key(String text, @Nullable PeerHost host) {
            Peer stored = typed.stored;
            if (!text.isEmpty()) {
                if (text.length() > MAX_KEY || hasControlCharacter(text)) {
                    refuse("key", "peers.wrong.key.bad");
                    return null;
                }
                return new ApiKey(text);
            }
            if (stored != null && stored.apiKey() != null) {
                if (host != null && isElsewhere(stored.host().orElse(host), host)) {
                    refuse("key", "peers.wrong.key.moved");
                }
                return stored.apiKey();
            }
            if (forTest) {
                refuse("key", "peers.wrong.key.none");
            }
            return null;
        }

        /**
         * Returns whether a key must be entered again for a changed host: it is another host, or the connection is no longer
         * encrypted.
         */
        private static boolean isElsewhere(PeerHost before, PeerHost now) {
            boolean lessSafe = before.uri().getScheme().equals("https")
                    && now.uri().getScheme().equals("http");
            return lessSafe || !before.isSameAs(now.toString());
        }

        private static boolean hasControlCharacter(String text) {
            return text.chars().anyMatch(Character::isISOControl);
        }
    }
}

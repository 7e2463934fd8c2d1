package org.librarypeers.app.staff;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.port.PeerRepository;

/**
 * What somebody typed of a peer, but for the key, which no page holds; and what is wrong with it, by field.
 *
 * @param stored the peer that is edited; null for a new one
 */
public record PeerForm(
        @Nullable Peer stored,
        String name,
        String host,
        boolean active,
        String user,
        boolean reviewsUpdates,
        boolean archivesWithdrawn,
        Map<String, Wrong> wrong) {

    /** The number of a peer that has none yet, and may never get one. */
    private static final PeerId UNSAVED = new PeerId(Long.MAX_VALUE);

    private static final int MAX_KEY = 200;

    /**
     * What is wrong with a field.
     *
     * @param other the peer that it is about, if it is about another one
     */
    public record Wrong(String text, @Nullable Peer other) {}

    /**
     * A form that was sent.
     *
     * @param peer what it describes; null if something is wrong with it
     */
    record Sent(PeerForm form, @Nullable Peer peer) {}

    /** The form for a new peer. */
    static PeerForm empty() {
        return new PeerForm(null, "", "", true, "", false, false, Map.of());
    }

    /** The form for a peer that is there. */
    static PeerForm of(Peer peer) {
        return new PeerForm(
                peer,
                peer.name(),
                peer.host().toString(),
                peer.active(),
                peer.apiUser() == null ? "" : peer.apiUser(),
                peer.reviewsUpdates(),
                peer.archivesWithdrawn(),
                Map.of());
    }

    /** This form, with one thing more that is wrong. */
    PeerForm withWrong(String field, Wrong what) {
        Map<String, Wrong> more = new TreeMap<>(wrong);
        more.put(field, what);
        return new PeerForm(stored, name, host, active, user, reviewsUpdates, archivesWithdrawn, more);
    }

    /** What is wrong with that field; null if nothing is. */
    public @Nullable Wrong wrong(String field) {
        return wrong.get(field);
    }

    /** Where it is sent. */
    public String action() {
        return stored == null ? "/peers/new" : "/peers/" + stored.id() + "/edit";
    }

    /**
     * Reads the form that was sent.
     *
     * @param stored the peer that is edited; null for a new one
     * @param forTest whether the peer is to be asked, for which it takes user and key
     */
    static Sent read(Visit visit, @Nullable Peer stored, PeerRepository peers, boolean forTest) {
        PeerForm typed = new PeerForm(
                stored,
                visit.field("name"),
                visit.field("host"),
                !visit.field("active").isEmpty(),
                visit.field("user"),
                !visit.field("reviews").isEmpty(),
                !visit.field("archives").isEmpty(),
                Map.of());
        return new Reading(visit, peers, typed, forTest).read(visit.field("key"));
    }

    private static final class Reading {
        private final Visit visit;
        private final PeerRepository peers;
        private final PeerForm typed;
        private final boolean forTest;
        private final Map<String, Wrong> wrong = new TreeMap<>();

        Reading(Visit visit, PeerRepository peers, PeerForm typed, boolean forTest) {
            this.visit = visit;
            this.peers = peers;
            this.typed = typed;
            this.forTest = forTest;
        }

        Sent read(String typedKey) {
            checkName();
            PeerHost host = host();
            checkUser();
            ApiKey key = key(typedKey, host);
            Peer peer = wrong.isEmpty() && host != null ? peer(host, key) : null;
            PeerForm form = typed;
            for (Map.Entry<String, Wrong> each : wrong.entrySet()) {
                form = form.withWrong(each.getKey(), each.getValue());
            }
            return new Sent(form, peer);
        }

        private @Nullable Peer peer(PeerHost host, @Nullable ApiKey key) {
            try {
                return new Peer(
                        typed.stored == null ? UNSAVED : typed.stored.id(),
                        typed.name.isEmpty() ? host.toString() : typed.name,
                        host,
                        typed.user.isEmpty() ? null : typed.user,
                        key,
                        typed.active,
                        typed.reviewsUpdates,
                        typed.archivesWithdrawn);
            } catch (IllegalArgumentException e) {
                refuse("name", "peers.wrong.line");
                return null;
            }
        }

        private void refuse(String field, String key, Object... values) {
            wrong.putIfAbsent(field, new Wrong(visit.say(key, values), null));
        }

        private void checkName() {
            if (typed.name.isEmpty()) {
                if (!forTest) {
                    refuse("name", "peers.wrong.name.none");
                }
            } else if (typed.name.length() > Peer.MAX_NAME) {
                refuse("name", "peers.wrong.name.long", Peer.MAX_NAME);
            } else if (isNoLine(typed.name)) {
                refuse("name", "peers.wrong.line");
            }
        }

        private void checkUser() {
            if (typed.user.isEmpty()) {
                if (forTest) {
                    refuse("user", "peers.wrong.user.none");
                }
            } else if (typed.user.length() > Peer.MAX_NAME) {
                refuse("user", "peers.wrong.user.long", Peer.MAX_NAME);
            } else if (isNoLine(typed.user)) {
                refuse("user", "peers.wrong.line");
            } else if (typed.user.indexOf(':') >= 0) {
                refuse("user", "peers.wrong.user.colon");
            }
        }

        private @Nullable PeerHost host() {
            PeerHost host;
            try {
                host = PeerHost.of(typed.host);
            } catch (IllegalArgumentException e) {
                sayWhyNoHost(typed.host);
                return null;
            }
            Optional<Peer> other = peers.findByHost(host)
                    .filter(peer -> typed.stored == null || !peer.id().equals(typed.stored.id()));
            if (other.isPresent() && !forTest) {
                wrong.put("host", new Wrong(visit.say("peers.wrong.host.taken"), other.get()));
            }
            return host;
        }

        private void sayWhyNoHost(String text) {
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
                if (text.length() > MAX_KEY || isNoLine(text)) {
                    refuse("key", "peers.wrong.key.bad");
                    return null;
                }
                return new ApiKey(text);
            }
            if (stored != null && stored.apiKey() != null) {
                if (host != null && isElsewhere(stored.host(), host)) {
                    refuse("key", "peers.wrong.key.moved");
                }
                return stored.apiKey();
            }
            if (forTest) {
                refuse("key", "peers.wrong.key.none");
            }
            return null;
        }

        /** Whether a key for the one must not be sent to the other: another machine, or the same without encryption. */
        private static boolean isElsewhere(PeerHost before, PeerHost now) {
            boolean lessSafe = before.uri().getScheme().equals("https")
                    && now.uri().getScheme().equals("http");
            return lessSafe || !before.isSameAs(now.toString());
        }

        private static boolean isNoLine(String text) {
            return text.chars().anyMatch(Character::isISOControl);
        }
    }
}

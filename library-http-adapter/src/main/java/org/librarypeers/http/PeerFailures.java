package org.librarypeers.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.ConnectionFailure;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;

/** A factory of exceptions that describe the failure of a peer in one line for the administrator. */
final class PeerFailures {

    private static final int SHORTEST_KEY = 8;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final Peer peer;
    private final Settings settings;
    private volatile boolean answered;

    PeerFailures(Peer peer, Settings settings) {
        this.peer = peer;
        this.settings = settings;
    }

    /**
     * Records that the peer has answered as a library. From then on, its address counts as correct, regardless of its
     * answers.
     */
    void answered() {
        answered = true;
    }

    PeerException of(AnswerException failure) {
        if (failure instanceof AnswerException.Status status) {
            return ofStatus(status.code(), status.errorText());
        }
        String type = failure instanceof AnswerException.Malformed malformed ? malformed.type() : null;
        return noList(type, "answered with " + failure.getMessage());
    }

    private PeerException noList(@Nullable String detail, String what) {
        return answered
                ? exception(
                        PeerTrouble.UNREADABLE,
                        detail,
                        what + ", but has answered as a library before; try again later, or tell its administrator",
                        null)
                : exception(
                        PeerTrouble.NOT_A_LIBRARY,
                        detail,
                        what + "; check that this is the address of a library",
                        null);
    }

    private PeerException ofStatus(int code, ErrorText errorText) {
        String detail = code + errorText.quotedAfter(": ");
        String words = errorText.quotedAfter(": ");
        if (code == PROXY_AUTHENTICATION_REQUIRED && isBehindProxy()) {
            return exception(
                    PeerTrouble.UNREACHABLE,
                    detail,
                    "cannot be reached: the proxy " + proxy() + " rejected the user or the password (" + code
                            + "); check the credentials for the proxy",
                    null);
        } else if (errorText.isRejectionInFront(code)) {
            return exception(
                    PeerTrouble.BLOCKED,
                    detail,
                    "did not receive the request: something in front of it, such as a firewall, rejected it (" + code
                            + (errorText.server() == null ? "" : " from " + errorText.server()) + words
                            + "); ask its administrator to allow requests of this library to /api/v1/",
                    null);
        } else if (code == 403) {
            return exception(
                    PeerTrouble.REFUSED,
                    detail,
                    "rejected user " + peer.apiUser() + " (403" + words
                            + "); compare user and key with the profile page there, and ask its administrator whether"
                            + " this library is blocked",
                    null);
        } else if (code == 401) {
            return exception(
                    PeerTrouble.REFUSED,
                    detail,
                    "rejected the API key of user " + peer.apiUser() + " (" + code + words
                            + "); compare user and key with the profile page there",
                    null);
        } else if (code == 404 || code == 410) {
            return noList(detail, "has no /api/v1/resource/ (" + code + words + ")");
        } else if (code == 429) {
            return exception(
                    PeerTrouble.THROTTLED,
                    detail,
                    "has throttled this library (" + code + words + "); try again later",
                    null);
        } else if (code >= 500) {
            String tries = settings.attempts() > 1 ? " in each of " + settings.attempts() + " attempts" : "";
            return exception(
                    PeerTrouble.UNAVAILABLE,
                    detail,
                    "has an internal problem (status " + code + tries + words + "); try again later",
                    null);
        }
        return exception(
                answered ? PeerTrouble.UNREADABLE : PeerTrouble.NOT_A_LIBRARY,
                detail,
                "answered with status " + code + words + " to a request that every library supports",
                null);
    }

    PeerException of(IOException failure) {
        if (isNoConnection(failure) && isBehindProxy()) {
            return exception(
                    PeerTrouble.UNREACHABLE,
                    "cannot be reached: there is no connection to the proxy " + proxy()
                            + "; check the address of the proxy, and that it is running",
                    failure);
        } else if (failure instanceof HttpConnectTimeoutException) {
            return exception(
                    PeerTrouble.NO_ANSWER,
                    "did not accept a connection within " + shown(settings.connectTimeout())
                            + "; check the address, and that no firewall blocks the connection",
                    failure);
        } else if (failure instanceof HttpTimeoutException) {
            return exception(
                    PeerTrouble.NO_ANSWER,
                    "did not answer within " + shown(settings.requestTimeout()) + times() + "; try again later",
                    failure);
        } else if (failure instanceof ProtocolException && answered) {
            return noList(null, "did not answer with HTTP");
        } else if (failure instanceof EOFException) {
            return exception(
                    PeerTrouble.UNREACHABLE, "ended its answer early" + times() + "; try again later", failure);
        }
        Optional<ConnectionFailure> reason = failure instanceof SSLException
                ? Optional.of(ConnectionFailure.ofTls(failure))
                : ConnectionFailure.of(failure, "library");
        return reason.map(found -> exception(found.trouble(), found.words(), failure))
                .orElseGet(() -> exception(
                        PeerTrouble.UNREACHABLE, "dropped the connection" + times() + "; try again later", failure));
    }

    private static boolean isNoConnection(IOException failure) {
        return failure instanceof HttpConnectTimeoutException || ConnectionFailure.isNoConnection(failure);
    }

    /** Returns whether the peer is reached through a proxy. */
    boolean isBehindProxy() {
        return proxy() != null;
    }

    private @Nullable ProxyRoute proxy() {
        return settings.proxyFor(peer.host().orElseThrow().uri());
    }

    private String times() {
        return settings.attempts() > 1 ? " in each of " + settings.attempts() + " attempts" : "";
    }

    PeerException needsTls() {
        return exception(
                PeerTrouble.NEEDS_TLS, "accepts only TLS; change the beginning of its address to https://", null);
    }

    PeerException noTls() {
        return exception(ConnectionFailure.NO_TLS.trouble(), ConnectionFailure.NO_TLS.words(), null);
    }

    PeerException throttled(Instant until) {
        return new PeerThrottledException(
                until, peer.address() + " has throttled this library; requests are allowed again from " + until);
    }

    PeerException stopped() {
        return exception(PeerTrouble.STOPPED, "received no further requests because this run was stopped", null);
    }

    PeerException noProgress(String what) {
        return exception(
                PeerTrouble.UNREADABLE, what + ", so reading it would never end; tell its administrator", null);
    }

    private static String shown(Duration time) {
        return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Returns whether the peer did not answer in time. */
    static boolean isTimeout(IOException failure) {
        return failure instanceof HttpTimeoutException;
    }

    private PeerException exception(PeerTrouble reason, String what, @Nullable Throwable cause) {
        return exception(reason, null, what, cause);
    }

    private PeerException exception(
            PeerTrouble reason, @Nullable String detail, String what, @Nullable Throwable cause) {
        String message = peer.address() + " " + what;
        return new PeerException(reason, detail == null ? null : hidden(detail), hidden(message), cause);
    }

    /**
     * Hides the API key. An answer may repeat what was sent, also as part of an address, a page or JSON. Very short keys are
     * not hidden, because they would match ordinary text.
     */
    String hidden(String text) {
        String secret = Optional.ofNullable(peer.apiKey()).map(ApiKey::secret).orElse("");
        if (secret.length() < SHORTEST_KEY) {
            return text;
        }
        String pageForm = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String quotedForm = pageForm.replace("\"", "&quot;");
        return Stream.of(
                        secret,
                        URLEncoder.encode(secret, StandardCharsets.UTF_8),
                        pageForm,
                        quotedForm,
                        quotedForm.replace("'", "&#39;"),
                        quotedForm.replace("'", "&#x27;"),
                        secret.replace("\\", "\\\\").replace("\"", "\\\""),
                        secret.replace("/", "\\/"))
                .distinct()
                .reduce(
                        text,
                        (hidden, form) -> Pattern.compile(Pattern.quote(form), Pattern.CASE_INSENSITIVE)
                                .matcher(hidden)
                                .replaceAll("[hidden]"));
    }
}

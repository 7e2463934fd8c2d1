package org.librarypeers.oai;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.TextCut;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;

/** A factory of exceptions that describe the failure of a repository in one line for the administrator. */
final class OaiFailures {

    private static final int MAX_WORDS = 200;

    private final Peer peer;
    private final Settings settings;
    private volatile boolean answered;

    OaiFailures(Peer peer, Settings settings) {
        this.peer = peer;
        this.settings = settings;
    }

    /** Records that the repository has answered as one. From then on, its address counts as correct. */
    void answered() {
        answered = true;
    }

    PeerException of(AnswerException failure) {
        int status = failure.status();
        String detail = failure.getMessage();
        if (status == 0) {
            return noRepository(detail, "answered with " + detail + times());
        } else if (status == 404 || status == 410) {
            return noRepository(detail, "was not found (" + status + ")");
        } else if (status == 401 || status == 403 || status == 451) {
            return exception(
                    PeerTrouble.BLOCKED,
                    detail,
                    "rejected the request (" + status + "); ask its administrator to allow requests of this library",
                    failure);
        } else if (status == 429) {
            return exception(PeerTrouble.THROTTLED, detail, "has throttled this library; try again later", failure);
        } else if (status >= 500) {
            return exception(
                    PeerTrouble.UNAVAILABLE,
                    detail,
                    "has an internal problem (status " + status + times() + "); try again later",
                    failure);
        }
        return noRepository(detail, "answered with status " + status);
    }

    private PeerException noRepository(@Nullable String detail, String what) {
        return answered
                ? unreadable(
                        detail,
                        what + ", but has answered as a repository before; try again later, or tell its"
                                + " administrator")
                : exception(
                        PeerTrouble.NOT_A_LIBRARY,
                        detail,
                        what + "; check that this is the base URL of an OAI-PMH repository",
                        null);
    }

    /** Returns an exception for an answer that is not that of an OAI-PMH 2.0 repository. */
    PeerException otherProtocol(String what) {
        return noRepository(null, what);
    }

    /** Returns an exception for an error that the repository reports. */
    PeerException of(OaiPage.ProtocolError error) {
        String words = shown(error);
        return switch (error.code()) {
            case "cannotDisseminateFormat" ->
                unreadable(words, "does not offer this metadata format (" + words + "); choose another one");
            case "noSetHierarchy" -> unreadable(words, "has no sets (" + words + "); remove the set of this peer");
            default -> unreadable(words, "reports an error: " + words + "; tell its administrator");
        };
    }

    /** Returns the code and the text of an error on one line. */
    static String shown(OaiPage.ProtocolError error) {
        String text = (error.code() + " " + error.text())
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return TextCut.shorten(text, MAX_WORDS);
    }

    PeerException of(IOException failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return exception(
                    PeerTrouble.NO_ANSWER,
                    "did not accept a connection in time; check the address, and that no firewall blocks it",
                    failure);
        } else if (failure instanceof HttpTimeoutException) {
            return exception(
                    PeerTrouble.NO_ANSWER,
                    "did not answer within " + seconds(settings.requestTimeout()) + times() + "; try again later",
                    failure);
        } else if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return exception(
                    PeerTrouble.UNKNOWN_HOST,
                    "is unknown: there is no host with this name; check the address",
                    failure);
        } else if (has(failure, NoRouteToHostException.class)) {
            return exception(PeerTrouble.UNREACHABLE, "cannot be reached from here; check the network", failure);
        } else if (failure instanceof ConnectException) {
            return exception(
                    PeerTrouble.NOBODY_LISTENS,
                    "refuses connections; check address and port, and that the repository is running",
                    failure);
        } else if (failure instanceof SSLException) {
            return ofTls(failure);
        } else if (failure instanceof ProtocolException) {
            return noRepository(null, "does not answer with HTTP");
        }
        return exception(PeerTrouble.UNREACHABLE, "dropped the connection" + times() + "; try again later", failure);
    }

    private PeerException ofTls(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (has(failure, CertificateExpiredException.class)) {
            return exception(
                    PeerTrouble.CERTIFICATE_EXPIRED,
                    "has a certificate that has expired; tell its administrator",
                    failure);
        } else if (message.contains("subject alternative") || message.contains("No name matching")) {
            return exception(
                    PeerTrouble.CERTIFICATE_OF_ANOTHER,
                    "has a certificate for another host name; check the address",
                    failure);
        } else if (isCertificate(failure)) {
            return exception(
                    PeerTrouble.CERTIFICATE_UNTRUSTED,
                    "has a certificate that this machine does not trust; check it, or add its authority to the"
                            + " trusted authorities",
                    failure);
        } else if (message.contains("Unsupported or unrecognized")) {
            return exception(
                    PeerTrouble.NO_TLS,
                    "does not use TLS there; check the port, or whether the address begins with http://",
                    failure);
        }
        return exception(
                PeerTrouble.UNREACHABLE, "dropped the connection during the TLS handshake; try again later", failure);
    }

    /** Returns whether the same request may succeed on a retry. */
    static boolean isTemporary(IOException failure) {
        return !isCertificate(failure) && !(failure instanceof ProtocolException);
    }

    private static boolean isCertificate(IOException failure) {
        return failure instanceof SSLException
                && (has(failure, CertificateException.class)
                        || String.valueOf(failure.getMessage()).contains("certificat"));
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    PeerException throttled(Duration wait) {
        Instant until =
                settings.clock().instant().plus(wait).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        return new PeerThrottledException(
                until, peer.address() + " has throttled this library; requests are allowed again from " + until);
    }

    PeerException stopped() {
        return exception(PeerTrouble.STOPPED, "received no further requests because this run was stopped", null);
    }

    PeerException noProgress(String what) {
        return unreadable(null, what + ", so reading it would never end; tell its administrator");
    }

    private PeerException unreadable(@Nullable String detail, String what) {
        return exception(PeerTrouble.UNREADABLE, detail, what, null);
    }

    private String times() {
        return settings.attempts() > 1 ? " in each of " + settings.attempts() + " attempts" : "";
    }

    private static String seconds(Duration time) {
        return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private PeerException exception(PeerTrouble reason, String what, @Nullable Throwable cause) {
        return exception(reason, null, what, cause);
    }

    private PeerException exception(
            PeerTrouble reason, @Nullable String detail, String what, @Nullable Throwable cause) {
        return new PeerException(reason, detail, peer.address() + " " + what, cause);
    }
}

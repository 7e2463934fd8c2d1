package org.librarypeers.oai;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.TextCut;
import org.librarypeers.sync.peer.ConnectionFailure;
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
        } else if (failure instanceof ProtocolException && answered) {
            return noRepository(null, "did not answer with HTTP");
        }
        Optional<ConnectionFailure> reason = failure instanceof SSLException
                ? Optional.of(ConnectionFailure.ofTls(failure))
                : ConnectionFailure.of(failure, "repository");
        return reason.map(found -> exception(found.trouble(), found.words(), failure))
                .orElseGet(() -> exception(
                        PeerTrouble.UNREACHABLE, "dropped the connection" + times() + "; try again later", failure));
    }

    /** Returns whether the same request may succeed on a retry. */
    static boolean isTemporary(IOException failure) {
        return !(failure instanceof SSLException && ConnectionFailure.isCertificate(failure))
                && !(failure instanceof ProtocolException);
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

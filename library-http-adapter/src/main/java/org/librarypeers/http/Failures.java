package org.librarypeers.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.port.PeerException;
import org.librarypeers.sync.port.PeerException.Reason;

/** Says what went wrong with a peer in one line for the administrator. */
final class Failures {

    private static final int SHORTEST_KEY = 8;

    private final Peer peer;
    private final Settings settings;

    Failures(Peer peer, Settings settings) {
        this.peer = peer;
        this.settings = settings;
    }

    PeerException of(AnswerException failure) {
        if (failure instanceof AnswerException.Status status) {
            return ofStatus(status.code());
        }
        return exception(
                Reason.NOT_A_LIBRARY,
                "answered " + failure.getMessage() + "; is this the address of an ORB site?",
                null);
    }

    private PeerException ofStatus(int code) {
        if (code == 401 || code == 403) {
            return exception(
                    Reason.REFUSED,
                    "refused the API key of user " + peer.apiUser() + " (" + code
                            + "); compare user and key with the profile page there",
                    null);
        } else if (code == 404 || code == 410) {
            return exception(
                    Reason.NOT_A_LIBRARY,
                    "has no /api/v1/resource/ (" + code + "); is this the address of an ORB site?",
                    null);
        } else if (code >= 500) {
            return exception(
                    Reason.UNAVAILABLE,
                    "has trouble of its own (" + code + ", " + settings.attempts() + " tries); try again later",
                    null);
        }
        return exception(
                Reason.NOT_A_LIBRARY, "answered " + code + " to a question that every ORB site understands", null);
    }

    PeerException of(IOException failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return unreachable(
                    "accepts no connection within " + shown(settings.connectTimeout())
                            + "; check the address, and that no firewall is in between",
                    failure);
        } else if (failure instanceof HttpTimeoutException) {
            return unreachable(
                    "did not answer within " + shown(settings.requestTimeout()) + ", " + settings.attempts()
                            + " times; try again later",
                    failure);
        } else if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return unreachable("is not known: there is no host of that name; check the address", failure);
        } else if (failure instanceof ConnectException) {
            return unreachable("refuses connections; check address and port, and that the site is running", failure);
        } else if (failure instanceof SSLException) {
            return unreachable(certificate(failure), failure);
        } else if (failure instanceof ProtocolException) {
            return exception(Reason.NOT_A_LIBRARY, "does not answer in HTTP; check address and port", null);
        } else if (failure instanceof EOFException) {
            return unreachable(
                    "ended its answer in the middle, " + settings.attempts() + " times; try again later", failure);
        }
        return unreachable("broke the connection off, " + settings.attempts() + " times; try again later", failure);
    }

    PeerException interrupted() {
        return unreachable("was not asked further: this run was stopped", null);
    }

    PeerException noProgress(String what) {
        return exception(
                Reason.NOT_A_LIBRARY, what + ", so that reading it would never end; tell its administrator", null);
    }

    PeerException broken(int details) {
        return exception(
                Reason.UNAVAILABLE,
                "failed at " + details + " resources in a row (500); try again later, or tell its administrator",
                null);
    }

    private static String shown(Duration time) {
        return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static String certificate(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("unsupported or unrecognized") || message.contains("plaintext")) {
            return "does not speak TLS there; check the port, or whether the address begins with http://";
        } else if (has(failure, CertificateExpiredException.class)) {
            return "shows a certificate that has expired; tell its administrator";
        } else if (message.contains("subject alternative") || message.contains("no name matching")) {
            return "shows a certificate for another host name; check the address";
        } else if (isCertificate(failure)) {
            return "shows a certificate that this machine does not trust; check it, or add its authority to the trusted ones";
        }
        return "broke off while the encrypted connection was made; try again later";
    }

    /** Whether it is the certificate, which will be no better next time. */
    static boolean isCertificate(Throwable failure) {
        return has(failure, CertificateException.class)
                || has(failure, CertPathBuilderException.class)
                || (failure instanceof SSLHandshakeException
                        && String.valueOf(failure.getMessage()).contains("certificate"));
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

    private PeerException unreachable(String what, @Nullable Throwable cause) {
        return exception(Reason.UNREACHABLE, what, cause);
    }

    private PeerException exception(Reason reason, String what, @Nullable Throwable cause) {
        String message = peer.host() + " " + what;
        // What a peer answers may echo what it was sent. A key of a few letters is none, and would riddle the words.
        String shown = Optional.ofNullable(peer.apiKey())
                .map(ApiKey::secret)
                .filter(secret -> secret.length() >= SHORTEST_KEY)
                .map(secret -> message.replace(secret, "[hidden]"))
                .orElse(message);
        return new PeerException(reason, shown, cause);
    }
}

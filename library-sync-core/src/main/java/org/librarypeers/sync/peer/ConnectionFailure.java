package org.librarypeers.sync.peer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.Optional;
import org.librarypeers.domain.PeerTrouble;

/**
 * The reason why a connection to a peer cannot be used, for clients that read peers over a network.
 *
 * @param trouble the problem
 * @param words the cause and the remedy for the administrator, to be written after the address of the peer
 */
public record ConnectionFailure(PeerTrouble trouble, String words) {

    /** A TLS connection to a port that does not use TLS. */
    public static final ConnectionFailure NO_TLS = new ConnectionFailure(
            PeerTrouble.NO_TLS, "does not use TLS there; check the port, or whether the address begins with http://");

    private static final int MOST_CAUSES = 20;

    /**
     * Returns the reason of a failure outside TLS. Returns an empty {@code Optional} if a time limit has passed, or if a connection
     * that had been established was lost.
     *
     * @param program the word for what should run at the address, such as {@code library}
     */
    public static Optional<ConnectionFailure> of(IOException failure, String program) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return reason(PeerTrouble.UNKNOWN_HOST, "is unknown: there is no host with this name; check the address");
        } else if (has(failure, NoRouteToHostException.class)) {
            return reason(PeerTrouble.UNREACHABLE, "cannot be reached from here; check the network");
        } else if (failure instanceof ConnectException) {
            return reason(
                    PeerTrouble.NOBODY_LISTENS,
                    "refuses connections; check address and port, and that the " + program + " is running");
        } else if (failure instanceof ProtocolException) {
            return reason(PeerTrouble.NOT_A_LIBRARY, "does not answer with HTTP; check address and port");
        }
        return Optional.empty();
    }

    private static Optional<ConnectionFailure> reason(PeerTrouble trouble, String words) {
        return Optional.of(new ConnectionFailure(trouble, words));
    }

    /** Returns the reason of a failure that the TLS implementation reported. */
    public static ConnectionFailure ofTls(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("unsupported or unrecognized") || message.contains("plaintext")) {
            return NO_TLS;
        } else if (has(failure, CertificateExpiredException.class)) {
            return new ConnectionFailure(
                    PeerTrouble.CERTIFICATE_EXPIRED, "has a certificate that has expired; tell its administrator");
        } else if (message.contains("subject alternative") || message.contains("no name matching")) {
            return new ConnectionFailure(
                    PeerTrouble.CERTIFICATE_OF_ANOTHER, "has a certificate for another host name; check the address");
        } else if (isCertificate(failure)) {
            return new ConnectionFailure(
                    PeerTrouble.CERTIFICATE_UNTRUSTED,
                    "has a certificate that this machine does not trust; check it, or add its authority to the"
                            + " trusted authorities");
        }
        return new ConnectionFailure(
                PeerTrouble.UNREACHABLE, "dropped the connection during the TLS handshake; try again later");
    }

    /** Returns whether no connection was established, apart from a time limit that has passed. */
    public static boolean isNoConnection(IOException failure) {
        return failure instanceof ConnectException
                || has(failure, UnresolvedAddressException.class)
                || has(failure, UnknownHostException.class)
                || has(failure, NoRouteToHostException.class);
    }

    /** Returns whether a failure that the TLS implementation reported concerns a certificate, so that a retry would not help. */
    public static boolean isCertificate(Throwable failure) {
        return has(failure, CertificateException.class)
                || has(failure, CertPathBuilderException.class)
                || String.valueOf(failure.getMessage()).contains("certificate");
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}

package org.librarypeers.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.peer.ConnectionFailure;
import org.librarypeers.sync.peer.PeerException;

/**
 * A check that determines whether a request failed because one side uses TLS and the other does not, where the failure
 * itself does not show this. The check sends no credentials and takes two seconds at most.
 */
final class TlsProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The statuses with which servers answer plain HTTP on a TLS port. */
    private static final Set<String> PLAIN_AT_TLS = Set.of("400", "426", "497");

    private TlsProbe() {}

    /** Returns the explanation of a failure; empty if TLS is not the cause. */
    static Optional<PeerException> explanation(Peer peer, PeerFailures failures, Exception failure) {
        URI uri = peer.host().orElseThrow().uri();
        if (failures.isBehindProxy()) {
            // Connections past the proxy are not wanted.
            return Optional.empty();
        }
        boolean plain = "http".equals(uri.getScheme());
        if (plain && isGarbled(failure) && speaksTls(uri, 80)) {
            return Optional.of(failures.needsTls());
        }
        return !plain && isNoHandshake(failure) && speaksPlainly(uri, 443)
                ? Optional.of(failures.noTls())
                : Optional.empty();
    }

    private static boolean isGarbled(Exception failure) {
        if (failure instanceof AnswerException.Status status) {
            return PLAIN_AT_TLS.contains(Integer.toString(status.code()));
        }
        return failure instanceof ProtocolException
                || (failure instanceof IOException io && RequestPacer.isTemporary(io) && !PeerFailures.isTimeout(io));
    }

    private static boolean isNoHandshake(Exception failure) {
        return failure instanceof IOException io && (PeerFailures.isTimeout(io) || RequestPacer.isTemporary(io));
    }

    private static Socket connected(URI uri, int ownPort) throws IOException {
        Socket socket = new Socket();
        int millis = (int) PATIENCE.toMillis();
        socket.setSoTimeout(millis);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? ownPort : uri.getPort()), millis);
        return socket;
    }

    private static boolean speaksTls(URI uri, int ownPort) {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (Socket socket = connected(uri, ownPort);
                SSLSocket tls = (SSLSocket) factory.createSocket(socket, uri.getHost(), socket.getPort(), true)) {
            tls.startHandshake();
            return true;
        } catch (SSLException e) {
            // A server whose certificate is not trusted still speaks TLS.
            return ConnectionFailure.isCertificate(e);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean speaksPlainly(URI uri, int ownPort) {
        String request = "HEAD / HTTP/1.1\r\nHost: " + uri.getRawAuthority() + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = connected(uri, ownPort)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] first = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            String status = new String(first, StandardCharsets.US_ASCII);
            return status.matches("HTTP/\\d\\.\\d \\d{3}") && !PLAIN_AT_TLS.contains(status.substring(9));
        } catch (IOException e) {
            return false;
        }
    }
}

package org.librarypeers.app.api;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client that sends a request byte for byte on a new connection and keeps the raw answer. */
final class RawHttp {

    private static final int TIMEOUT_MILLIS = 30_000;

    /**
     * An answer.
     *
     * @param headers the values by name, in any case; repeated headers are joined by a comma
     * @param body the raw body, without chunk headers
     */
    record RawResponse(int status, Map<String, String> headers, byte[] body) {

        boolean isChunked() {
            return "chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"));
        }
    }

    private RawHttp() {}

    /** Sends the request to the server at the address. */
    static RawResponse ask(String address, byte[] request) {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return read(socket.getInputStream(), request[0] == 'H');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawResponse read(InputStream in, boolean ofHead) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(":", 2);
            headers.merge(header[0], header[1].strip(), (first, second) -> first + ", " + second);
        }
        RawResponse head = new RawResponse(status, headers, new byte[0]);
        if (ofHead || status == 204 || status == 304) {
            return head;
        }
        return new RawResponse(
                status, headers, head.isChunked() ? chunks(in) : body(in, headers.get("Content-Length")));
    }

    private static byte[] body(InputStream in, String length) throws IOException {
        return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.writeBytes(exactly(in, size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body has " + bytes.length + " bytes; " + length + " were promised");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the answer ends within its head: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}

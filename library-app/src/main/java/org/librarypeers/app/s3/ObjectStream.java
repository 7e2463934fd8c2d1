package org.librarypeers.app.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.UnavailableFilesException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A stream of an object, or a part of it. If the connection is lost, it goes on where it was with another request. The JDK ends a
 * stream without a failure when the connection is closed early, so the bytes are counted. Closing it before the end closes the
 * connection instead of reading the rest. Not thread-safe.
 */
final class ObjectStream extends InputStream {

    /** The number of requests that may follow each other without a byte. */
    private static final int MOST_FAILURES = 3;

    private final Source source;
    private final long end;
    private ResponseInputStream<?> current;
    private long position;
    private int failures;

    /** Sends a request for the rest of the part, from an offset in the object. */
    @FunctionalInterface
    interface Source {
        ResponseInputStream<?> from(long offset) throws IOException;
    }

    /**
     * Opens a stream.
     *
     * @param from the first byte
     * @param end the byte after the last one, greater than {@code from}
     */
    ObjectStream(Source source, long from, long end) throws IOException {
        this.source = source;
        this.position = from;
        this.end = end;
        this.current = source.from(from);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            int read = readOnce(buffer, offset, (int) Math.min(length, end - position));
            if (read > 0) {
                position += read;
                failures = 0;
                return read;
            }
        }
        return -1;
    }

    /** Reads some bytes. If the connection is lost, returns 0 after another one was opened. */
    private int readOnce(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = current.read(buffer, offset, length);
            if (read < 0) {
                reopen(null);
            }
            return read;
        } catch (IOException | SdkException e) {
            reopen(e);
            return 0;
        }
    }

    private void reopen(@Nullable Exception cause) throws IOException {
        current.abort();
        failures++;
        if (failures > MOST_FAILURES) {
            throw new UnavailableFilesException(
                    "the connection to the object store was lost " + failures + " times, " + (end - position)
                            + " bytes before the end; check the network",
                    cause);
        }
        current = source.from(position);
    }

    @Override
    public void close() throws IOException {
        if (position < end) {
            current.abort();
        } else {
            current.close();
        }
    }
}

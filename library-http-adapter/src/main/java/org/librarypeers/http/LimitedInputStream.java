package org.librarypeers.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that fails when more bytes are read than allowed. It wraps the decompressing stream, so that the decompressed size
 * counts.
 */
final class LimitedInputStream extends FilterInputStream {

    private static final int DRAIN_BYTES = 8_192;

    private long left;

    LimitedInputStream(InputStream in, long maxBytes) {
        super(in);
        this.left = maxBytes;
    }

    /** A failure caused by a body that is larger than allowed. A retry would not help. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        private TooLargeException() {
            super("body is too large");
        }
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        counted(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        counted(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        counted(skipped);
        return skipped;
    }

    /** Reads to the end, so that the connection can be reused and a truncated body is detected. */
    void drain() throws IOException {
        byte[] buffer = new byte[DRAIN_BYTES];
        while (read(buffer, 0, buffer.length) >= 0) {
            // Nothing of interest comes after the answer.
        }
    }

    private void counted(long bytes) throws TooLargeException {
        left -= bytes;
        if (left < 0) {
            throw new TooLargeException();
        }
    }
}

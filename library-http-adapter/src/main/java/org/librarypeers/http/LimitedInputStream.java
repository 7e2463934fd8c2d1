package org.librarypeers.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails as soon as more comes than is allowed. Around what unpacks, so that what is small only on the way counts in full. */
final class LimitedInputStream extends FilterInputStream {

    private static final int DRAIN_BYTES = 8_192;

    private long left;

    LimitedInputStream(InputStream in, long maxBytes) {
        super(in);
        this.left = maxBytes;
    }

    /** More came than is allowed; asking again will not help. */
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

    /** Reads to the end, so that the connection can be used again and a body that was cut off is noticed. */
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

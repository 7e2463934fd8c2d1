package org.librarypeers.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A stream that counts, and digests if wanted, what is written to another one. */
final class CountedStream extends OutputStream {

    private final OutputStream out;
    private final @Nullable MessageDigest digest;
    private long count;

    CountedStream(OutputStream out, @Nullable MessageDigest digest) {
        this.out = out;
        this.digest = digest;
    }

    /** Returns the number of bytes so far. */
    long count() {
        return count;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        if (digest != null) {
            digest.update(bytes, from, length);
        }
        count += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

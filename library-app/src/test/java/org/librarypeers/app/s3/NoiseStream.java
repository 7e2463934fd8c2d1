package org.librarypeers.app.s3;

import java.io.InputStream;

/** A stream of bytes that look random and depend on a seed. It takes no memory, whatever its length is. */
final class NoiseStream extends InputStream {

    private long left;
    private long state;

    NoiseStream(long length, long seed) {
        this.left = length;
        this.state = seed * 2 + 1;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int read = (int) Math.min(left, length);
        for (int i = offset; i < offset + read; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            buffer[i] = (byte) (state >>> 56);
        }
        left -= read;
        return read;
    }
}

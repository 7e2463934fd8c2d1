package org.librarypeers.app.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.files.StoredFile;

/**
 * The content of a stored file. At its end, it throws an exception if the content does not match the address of the file, so that a
 * damaged file is not stored elsewhere. Not thread-safe.
 */
final class VerifiedStream extends FilterInputStream {

    private final StoredFile file;
    private final MessageDigest digest = Sha256.newDigest();
    private boolean ended;

    /** Thrown to indicate that the content of a file does not match its address. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(StoredFile file) {
            super("the content of the file " + file.sha256() + " does not match its address");
        }
    }

    VerifiedStream(InputStream content, StoredFile file) {
        super(content);
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            digest.update(buffer, offset, read);
        } else if (read < 0 && !ended) {
            ended = true;
            if (!Sha256.hex(digest).equals(file.sha256())) {
                throw new DamagedException(file);
            }
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

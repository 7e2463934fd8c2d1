package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.files.StoredFile;

/**
 * The content of a stored file. At its end, it throws an exception if the content does not match the address of the file, so that a
 * damaged file is not stored elsewhere. Not thread-safe.
 */
final class VerifiedStream extends DigestInputStream {

    private final StoredFile file;
    private boolean ended;

    /** Thrown to indicate that the content of a file does not match its address. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(StoredFile file) {
            super("the content of the file " + file.sha256() + " does not match its address");
        }
    }

    VerifiedStream(InputStream content, StoredFile file) {
        super(content, Sha256.newDigest());
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        return verified(super.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return verified(super.read(buffer, offset, length));
    }

    private int verified(int read) throws IOException {
        if (read < 0 && !ended) {
            ended = true;
            if (!Sha256.hex(getMessageDigest()).equals(file.sha256())) {
                throw new DamagedException(file);
            }
        }
        return read;
    }
}

package org.librarypeers.app.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.files.LimitedStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A part of a file as the content of a request. It is read again when the request is repeated. Not thread-safe. */
final class FilePart implements ContentStreamProvider, AutoCloseable {

    private static final String TYPE = "application/octet-stream";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path file;
    private final long from;
    private final long length;
    private @Nullable InputStream current;

    /** Creates the part that begins at an offset and has a length, both in bytes and within the file. */
    FilePart(Path file, long from, long length) {
        this.file = file;
        this.from = from;
        this.length = length;
    }

    long length() {
        return length;
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(this, length, TYPE);
    }

    /** Returns the MD5 of the part in Base64, by which the store detects a changed or truncated content. */
    String md5() throws IOException {
        MessageDigest digest = newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    private InputStream open() throws IOException {
        return new LimitedStream(Channels.newInputStream(FileChannel.open(file).position(from)), length);
    }

    @Override
    public InputStream newStream() {
        try {
            close();
            InputStream stream = open();
            current = stream;
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}

package org.librarypeers.sync.inmemory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.librarypeers.sync.port.FileStore;
import org.librarypeers.sync.port.FileTooLargeException;
import org.librarypeers.sync.port.StoredFile;

/** Files in memory: for trials and tests. */
public final class InMemoryFiles implements FileStore {

    private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /** An empty store. */
    public InMemoryFiles() {}

    @Override
    public StoredFile put(InputStream bytes, long maxBytes) throws IOException {
        byte[] content = bytes.readNBytes((int) Math.min(maxBytes, MOST_BYTES) + 1);
        if (content.length > maxBytes) {
            throw new FileTooLargeException(maxBytes);
        }
        String address = HexFormat.of().formatHex(sha256(content));
        files.putIfAbsent(address, content);
        return new StoredFile(address, content.length);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Optional<StoredFile> find(String sha256) {
        return Optional.ofNullable(files.get(sha256)).map(content -> new StoredFile(sha256, content.length));
    }

    @Override
    public InputStream open(StoredFile file, long from) throws IOException {
        byte[] content = files.get(file.sha256());
        if (content == null) {
            throw new IOException("file " + file.sha256() + " is not there");
        }
        return new ByteArrayInputStream(Arrays.copyOfRange(content, (int) from, content.length));
    }
}

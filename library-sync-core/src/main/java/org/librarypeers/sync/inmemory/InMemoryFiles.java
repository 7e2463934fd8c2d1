package org.librarypeers.sync.inmemory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.FileTooLargeException;
import org.librarypeers.sync.files.StoredFile;

/** A file store in memory. Its contents are lost when the process ends. */
public final class InMemoryFiles implements FileStore {

    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    /** Creates an empty store. */
    public InMemoryFiles() {}

    @Override
    public StoredFile put(InputStream bytes, long maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + "; it must be at least 0");
        }
        byte[] content = bytes.readNBytes((int) Math.min(maxBytes, Integer.MAX_VALUE - 1) + 1);
        // The second check rejects a file that does not fit into an array, which would otherwise be cut off silently.
        if (content.length > maxBytes || bytes.read() >= 0) {
            throw new FileTooLargeException(maxBytes);
        }
        StoredFile file = new StoredFile(Sha256.hex(content), content.length);
        contents.putIfAbsent(file.sha256(), content);
        return file;
    }

    @Override
    public Optional<StoredFile> find(String sha256) {
        return Optional.ofNullable(contents.get(sha256)).map(content -> new StoredFile(sha256, content.length));
    }

    @Override
    public InputStream open(StoredFile file, long from) throws IOException {
        byte[] content = contents.get(file.sha256());
        if (content == null) {
            throw new NoSuchFileException(file.sha256());
        }
        if (from < 0 || from > content.length) {
            throw new IllegalArgumentException(
                    "byte " + from + " is outside the file, which has " + Count.of(content.length, "byte"));
        }
        return new ByteArrayInputStream(content, (int) from, content.length - (int) from);
    }
}

package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.librarypeers.sync.files.StoredFile;

/**
 * A file store that also reads the files of an earlier one, from which not all files have been moved yet. New files are
 * stored in the present store only.
 */
public final class FallbackFiles implements ManagedFiles {

    private final ManagedFiles present;
    private final ManagedFiles earlier;

    /** Creates a store on two others, which it closes. */
    public FallbackFiles(ManagedFiles present, ManagedFiles earlier) {
        this.present = present;
        this.earlier = earlier;
    }

    @Override
    public StoredFile put(InputStream bytes, long maxBytes) throws IOException {
        return present.put(bytes, maxBytes);
    }

    @Override
    public Optional<StoredFile> find(String sha256) {
        return present.find(sha256).or(() -> earlier.find(sha256));
    }

    @Override
    public InputStream open(StoredFile file, long from) throws IOException {
        try {
            return present.open(file, from);
        } catch (NoSuchFileException e) {
            return earlier.open(file, from);
        }
    }

    @Override
    public InputStream open(StoredFile file, long from, long length) throws IOException {
        try {
            return present.open(file, from, length);
        } catch (NoSuchFileException e) {
            return earlier.open(file, from, length);
        }
    }

    /** Does the work for each file of both stores once. */
    @Override
    public void forEach(Action action) throws IOException {
        present.forEach(action);
        earlier.forEach(file -> {
            if (present.find(file.sha256()).isEmpty()) {
                action.on(file);
            }
        });
    }

    @Override
    public void delete(StoredFile file) throws IOException {
        present.delete(file);
        earlier.delete(file);
    }

    @Override
    public void removeLeftovers() throws IOException {
        present.removeLeftovers();
    }

    @Override
    public void check() throws IOException {
        present.check();
    }

    @Override
    public void close() {
        present.close();
        earlier.close();
    }

    @Override
    public String toString() {
        return present.toString();
    }
}

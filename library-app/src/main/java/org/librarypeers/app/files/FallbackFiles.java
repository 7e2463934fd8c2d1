package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.sync.files.FileStore;
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
        return anywhere(store -> store.open(file, from));
    }

    @Override
    public InputStream open(StoredFile file, long from, long length) throws IOException {
        return anywhere(store -> store.open(file, from, length));
    }

    /** Opens a file of a store. */
    private interface Opening {
        InputStream in(FileStore store) throws IOException;
    }

    /** Opens a file where it is. It may be moved to the present store after that was asked first. */
    private InputStream anywhere(Opening opening) throws IOException {
        try {
            return opening.in(present);
        } catch (NoSuchFileException e) {
            try {
                return opening.in(earlier);
            } catch (NoSuchFileException moved) {
                return opening.in(present);
            }
        }
    }

    /**
     * Does the work for each file of both stores once. Lists the earlier store first: in the other order, a file that
     * is moved during the listing would be missed.
     */
    @Override
    public void forEach(Action action) throws IOException {
        Set<String> done = new HashSet<>();
        earlier.forEach(file -> {
            done.add(file.sha256());
            action.on(file);
        });
        present.forEach(file -> {
            if (!done.contains(file.sha256())) {
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
        earlier.removeLeftovers();
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

package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.Optional;
import org.librarypeers.domain.Count;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.storage.StorageException;

/**
 * A file store in a directory. A file is stored as {@code 3f/3f…}, under the first two digits of its address. Uploads
 * are written to {@code incoming} and moved into place when they are complete, so that a file at an address is never
 * incomplete. Several processes may use one directory.
 */
public final class DiskFiles implements ManagedFiles {

    /** The folder of uploads that are not complete yet. */
    static final String INCOMING = "incoming";

    private final Path directory;
    private final Drafts drafts;

    /** Creates a store in this directory. The first upload creates the directory. */
    public DiskFiles(Path directory, Clock clock) {
        this.directory = directory;
        this.drafts = new Drafts(directory.resolve(INCOMING), clock);
    }

    @Override
    public StoredFile put(InputStream bytes, long maxBytes) throws IOException {
        try (Drafts.Draft draft = drafts.write(bytes, maxBytes)) {
            keep(draft.path(), draft.file());
            return draft.file();
        }
    }

    /**
     * Moves a draft into place. An existing file is not replaced, so that its readers are not disturbed, even on
     * Windows.
     */
    private void keep(Path draft, StoredFile file) throws IOException {
        Path place = place(file.sha256());
        Path folder = directory.resolve(file.sha256().substring(0, 2));
        Files.createDirectories(folder);
        if (!isAt(place, file)) {
            try {
                Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                // Windows: another process was quicker, and the file is being read now.
                if (!isAt(place, file)) {
                    throw e;
                }
            }
        }
        Folders.sync(folder);
        Folders.sync(directory);
    }

    private static boolean isAt(Path place, StoredFile file) throws IOException {
        return sizeOf(place).filter(size -> size == file.sizeBytes()).isPresent();
    }

    @Override
    public Optional<StoredFile> find(String sha256) {
        if (!StoredFile.isAddress(sha256)) {
            return Optional.empty();
        }
        try {
            return sizeOf(place(sha256)).map(size -> new StoredFile(sha256, size));
        } catch (IOException e) {
            throw new StorageException(
                    "cannot read the folder " + directory + " (" + e.getClass().getSimpleName()
                            + "); check its permissions",
                    e);
        }
    }

    private static Optional<Long> sizeOf(Path place) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(place, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(attributes.size()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(StoredFile file, long from) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(place(file.sha256()));
        boolean opened = false;
        try {
            if (from < 0 || from > channel.size()) {
                throw new IllegalArgumentException(
                        "byte " + from + " is outside the file of " + Count.of(channel.size(), "byte"));
            }
            InputStream stream = Channels.newInputStream(channel.position(from));
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    @Override
    public void forEach(Action action) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, "[0-9a-f][0-9a-f]")) {
            for (Path folder : folders) {
                forEach(folder, action);
            }
        }
    }

    private static void forEach(Path folder, Action action) throws IOException {
        try (DirectoryStream<Path> places = Files.newDirectoryStream(folder)) {
            for (Path place : places) {
                String name = place.getFileName().toString();
                Optional<Long> size = StoredFile.isAddress(name) ? sizeOf(place) : Optional.empty();
                if (size.isPresent()) {
                    action.on(new StoredFile(name, size.get()));
                }
            }
        }
    }

    /** Deletes a file. Its folder stays, because another process may be storing a file there. */
    @Override
    public void delete(StoredFile file) throws IOException {
        Files.deleteIfExists(place(file.sha256()));
    }

    @Override
    public void removeLeftovers() {
        drafts.removeAbandoned();
    }

    /** Checks that the directory is a directory, if it exists. The first upload creates it. */
    @Override
    public void check() throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IOException("the place of the uploaded files is not a directory; move the file away");
        }
    }

    /** Does nothing. */
    @Override
    public void close() {}

    private Path place(String sha256) {
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    @Override
    public String toString() {
        return "the directory " + directory;
    }
}

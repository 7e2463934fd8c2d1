package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.FileTooLargeException;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file store in a directory. A file is stored as {@code 3f/3f…}, under the first two digits of its address. Uploads
 * are written to {@code incoming} and moved into place when they are complete, so that a file at an address is never
 * incomplete. Several processes may use one directory.
 */
public final class DiskFiles implements FileStore {

    private static final Logger LOG = LoggerFactory.getLogger(DiskFiles.class);

    /** The time without a write after which an upload is considered abandoned by a killed process. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path directory;
    private final Path incoming;
    private final Clock clock;

    /** Creates a store in this directory. The first upload creates the directory. */
    public DiskFiles(Path directory, Clock clock) {
        this.directory = directory;
        this.incoming = directory.resolve("incoming");
        this.clock = clock;
    }

    @Override
    public StoredFile put(InputStream bytes, long maxBytes) throws IOException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + "; it must be at least 0");
        }
        Files.createDirectories(incoming);
        sweep();
        Path draft = Files.createTempFile(incoming, "", ".part");
        try {
            StoredFile file = write(bytes, draft, maxBytes);
            keep(draft, file);
            return file;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static StoredFile write(InputStream bytes, Path draft, long maxBytes) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            while (true) {
                int wanted = (int) Math.min(maxBytes - size, BUFFER_BYTES - 1) + 1;
                int read = bytes.readNBytes(buffer, 0, wanted);
                if (read == 0) {
                    break;
                }
                size += read;
                if (size > maxBytes) {
                    throw new FileTooLargeException(maxBytes);
                }
                digest.update(buffer, 0, read);
                ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, read);
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            channel.force(true);
        }
        return new StoredFile(Sha256.hex(digest), size);
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

    /**
     * Returns all files, in no particular order. Files that are stored meanwhile may be missing.
     *
     * @throws IOException if a folder cannot be read
     */
    public List<StoredFile> all() throws IOException {
        List<StoredFile> files = new ArrayList<>();
        if (Files.notExists(directory)) {
            return files;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, "[0-9a-f][0-9a-f]")) {
            for (Path folder : folders) {
                addAll(folder, files);
            }
        }
        return files;
    }

    private static void addAll(Path folder, List<StoredFile> files) throws IOException {
        try (DirectoryStream<Path> places = Files.newDirectoryStream(folder)) {
            for (Path place : places) {
                String name = place.getFileName().toString();
                if (StoredFile.isAddress(name)) {
                    sizeOf(place).ifPresent(size -> files.add(new StoredFile(name, size)));
                }
            }
        }
    }

    private Path place(String sha256) {
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /**
     * Deletes abandoned drafts. Those that cannot be deleted are left to the next sweep; the upload does not fail
     * because of them.
     */
    private void sweep() {
        Instant limit = clock.instant().minus(ABANDONED_AFTER);
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(incoming)) {
            for (Path draft : drafts) {
                removeIfAbandoned(draft, limit);
            }
        } catch (IOException e) {
            LOG.debug("Could not look for leftover files in {}", incoming, e);
        }
    }

    private static void removeIfAbandoned(Path draft, Instant limit) {
        try {
            if (Files.getLastModifiedTime(draft).toInstant().isBefore(limit)) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            LOG.debug("Could not remove {}", draft, e);
        }
    }
}

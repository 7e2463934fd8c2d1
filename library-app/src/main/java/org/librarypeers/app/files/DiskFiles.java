package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.librarypeers.sync.port.FileStore;
import org.librarypeers.sync.port.FileTooLargeException;
import org.librarypeers.sync.port.StoredFile;

/**
 * Files in a directory, {@code ab/abcd…}: written beside, and moved to their place when they are whole and on the disk. What a
 * killed process left behind is swept away after a day.
 */
public final class DiskFiles implements FileStore {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{64}");
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);
    private static final int BUFFER = 64 * 1024;

    private final Path directory;

    /** Files in that directory, which is made when the first one comes. */
    public DiskFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public StoredFile put(InputStream bytes, long maxBytes) throws IOException {
        Path unfinished = Files.createDirectories(directory.resolve("unfinished"));
        sweep(unfinished);
        Path part = Files.createTempFile(unfinished, "upload", ".part");
        try {
            StoredFile file = write(bytes, part, maxBytes);
            Path place = place(file.sha256());
            Files.createDirectories(place.getParent());
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static StoredFile write(InputStream bytes, Path part, long maxBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            MessageDigest digest = sha256();
            OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                size += read;
                if (size > maxBytes) {
                    throw new FileTooLargeException(maxBytes);
                }
                out.write(buffer, 0, read);
            }
            channel.force(true);
            return new StoredFile(HexFormat.of().formatHex(digest.digest()), size);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void sweep(Path unfinished) throws IOException {
        Instant old = Instant.now().minus(LEFT_BEHIND);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(unfinished)) {
            for (Path part : parts) {
                sweep(part, old);
            }
        }
    }

    private static void sweep(Path part, Instant old) throws IOException {
        try {
            if (Files.getLastModifiedTime(part).toInstant().isBefore(old)) {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            // Somebody else has swept it away.
        }
    }

    private Path place(String sha256) {
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    @Override
    public Optional<StoredFile> find(String sha256) {
        if (!ADDRESS.matcher(sha256).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoredFile(sha256, Files.size(place(sha256))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(StoredFile file, long from) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(place(file.sha256()));
        return Channels.newInputStream(channel.position(from));
    }
}

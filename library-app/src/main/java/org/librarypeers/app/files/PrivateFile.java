package org.librarypeers.app.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Files that only their owner can read, and that are either complete or missing. */
public final class PrivateFile {

    /** The end of the name of a file that is not complete yet. A killed process leaves such a file behind. */
    public static final String DRAFT = ".part";

    private PrivateFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content. Does not have to close the stream. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Creates a file. It is written under another name in the same folder, saved to the disk, and then linked into place.
     * If this method throws, nothing is left behind.
     *
     * @throws FileAlreadyExistsException if the file exists; it is never replaced
     * @throws IOException if the file cannot be written
     */
    public static void create(Path file, Content content) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path draft = Files.createTempFile(folder, file.getFileName() + ".", DRAFT, ownerOnly(folder));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                content.write(Channels.newOutputStream(channel));
                channel.force(true);
            }
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                throw e;
            } catch (UnsupportedOperationException | FileSystemException e) {
                // The file system has no hard links.
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Folders.sync(folder);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Replaces a file by another one in the same folder. A crash leaves one of both in place. */
    public static void replace(Path file, Path by) throws IOException {
        Files.move(by, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
                }
                : new FileAttribute<?>[0];
    }
}

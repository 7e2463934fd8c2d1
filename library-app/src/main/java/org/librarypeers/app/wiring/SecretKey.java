package org.librarypeers.app.wiring;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key that encrypts the stored secrets of a library. The administrator sets it, or it is created on the first
 * start.
 */
final class SecretKey {

    private static final int BYTES = 32;

    private SecretKey() {}

    /**
     * Returns the key.
     *
     * @param given 64 hexadecimal digits; null to use the file {@code secret.key} under home, which is created if
     *     missing
     * @throws IllegalArgumentException if the given text or the file is not a valid key
     * @throws IOException if the file cannot be read or created
     */
    static byte[] of(@Nullable String given, Path home) throws IOException {
        if (given != null) {
            return parse("LIBRARY_SECRET_KEY", given);
        }
        Path file = file(home);
        if (!Files.exists(file)) {
            make(file);
        }
        return parse(file.toString(), Files.readString(file));
    }

    /** Returns whether there is no key file under home yet. */
    static boolean isMissing(Path home) {
        return Files.notExists(file(home));
    }

    private static Path file(Path home) {
        return home.resolve("secret.key");
    }

    /**
     * Creates the key file. It is written under another name and linked into place, so that the file is never
     * incomplete, and processes that start at the same time use the same key.
     */
    private static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "secret.key.", ".new", ownerOnly(file));
        try {
            Files.writeString(draft, HexFormat.of().formatHex(key) + "\n", StandardOpenOption.SYNC);
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                return;
            } catch (UnsupportedOperationException | FileSystemException e) {
                // The file system has no hard links.
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
                }
                : new FileAttribute<?>[0];
    }

    private static byte[] parse(String where, String text) {
        String hex = text.strip();
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(where + " is not a valid key; it must be 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(hex);
    }
}

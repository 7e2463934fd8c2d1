package org.librarypeers.app.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.PrivateFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that encrypts the stored secrets of a library. The administrator sets it, or it is created on the first
 * start.
 */
final class SecretKey {

    private static final Logger LOG = LoggerFactory.getLogger(SecretKey.class);
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

    /** Creates the key file, unless another process creates it at the same time. */
    private static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        try {
            PrivateFile.create(file, content(key));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another process has created the key file", e);
        }
    }

    private static PrivateFile.Content content(byte[] key) {
        return out -> out.write((HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] parse(String where, String text) {
        String hex = text.strip();
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(where + " is not a valid key; it must be 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(hex);
    }
}

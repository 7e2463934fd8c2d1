package org.librarypeers.app.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.PrivateFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that encrypts the stored secrets of a library. The administrator sets it, or it is created on the first
 * start.
 *
 * <p>A change of the key first writes the file {@code secret.key.next}, then changes the database, and then moves that file
 * to {@code secret.key}. So at every moment, one of the two files has the key of the database.
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
            create(file, random());
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

    private static Path nextFile(Path home) {
        return home.resolve("secret.key.next");
    }

    /**
     * Returns the key, but creates none.
     *
     * @param given as in {@link #of}
     */
    static Optional<byte[]> find(@Nullable String given, Path home) throws IOException {
        return given == null && isMissing(home) ? Optional.empty() : Optional.of(of(given, home));
    }

    /**
     * Creates the key file with this key, unless it has this key already.
     *
     * @throws IllegalArgumentException if the file has another key, which may be that of another database
     */
    static void keep(Path home, byte[] key) throws IOException {
        create(file(home), key);
        if (!Arrays.equals(key, of(null, home))) {
            throw new IllegalArgumentException(
                    "the file " + file(home) + " has another secret key; it was not replaced. Use another home, or move"
                            + " that file to another folder if no library uses it");
        }
    }

    /** Returns the key of an unfinished change. */
    static Optional<byte[]> next(Path home) throws IOException {
        Path file = nextFile(home);
        return Files.exists(file) ? Optional.of(parse(file.toString(), Files.readString(file))) : Optional.empty();
    }

    /** Begins a change of the key: writes a new one to a file of its own and returns it. */
    static byte[] makeNext(Path home) throws IOException {
        Files.deleteIfExists(nextFile(home));
        byte[] key = random();
        create(nextFile(home), key);
        return key;
    }

    /** Completes a change of the key. Does nothing if another process has completed it. */
    static void useNext(Path home) throws IOException {
        try {
            PrivateFile.replace(file(home), nextFile(home));
        } catch (NoSuchFileException e) {
            LOG.debug("Another process has completed the change of the secret key", e);
        }
    }

    private static byte[] random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** Creates a key file, unless another process creates it at the same time. */
    private static void create(Path file, byte[] key) throws IOException {
        try {
            PrivateFile.create(
                    file, out -> out.write((HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("The file {} exists already", file, e);
        }
    }

    /**
     * Parses a key.
     *
     * @param where where the text comes from, for the message
     * @throws IllegalArgumentException if the text is not a key; the message does not show it
     */
    static byte[] parse(String where, String text) {
        String hex = text.strip();
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(where + " is not a valid key; it must be 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(hex);
    }
}

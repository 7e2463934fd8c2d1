package org.librarypeers.examples.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.sync.storage.StorageException;

/** A cipher for the API keys of peers. A copy of the database alone does not reveal the keys. */
record ApiKeyCipher(SecretKeySpec key) {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Creates a cipher with the key in this file. Creates the file, readable by its owner only, if it is missing. */
    static ApiKeyCipher withKeyIn(Path file) {
        try {
            if (Files.notExists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(file, random(KEY_BYTES));
            }
            return new ApiKeyCipher(new SecretKeySpec(Files.readAllBytes(file), "AES"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a random nonce, followed by the encrypted key. */
    byte[] encrypt(ApiKey secret) {
        byte[] nonce = random(NONCE_BYTES);
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, nonce, secret.secret().getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
        System.arraycopy(encrypted, 0, both, NONCE_BYTES, encrypted.length);
        return both;
    }

    ApiKey decrypt(byte[] stored) {
        byte[] nonce = Arrays.copyOf(stored, NONCE_BYTES);
        byte[] encrypted = Arrays.copyOfRange(stored, NONCE_BYTES, stored.length);
        return new ApiKey(new String(run(Cipher.DECRYPT_MODE, nonce, encrypted), StandardCharsets.UTF_8));
    }

    private byte[] run(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new StorageException(
                    "an API key cannot be encrypted or decrypted; check that the key file belongs to this database", e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

package org.librarypeers.persistence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.librarypeers.sync.storage.StorageException;

/**
 * Encryption and hashing of secrets, so that the database alone does not reveal them. Secrets are encrypted with
 * AES-256-GCM and bound to their row. Encryption and hashing use separate keys, which are derived from the secret key.
 */
final class Secrets {

    static final int KEY_BYTES = 32;

    // The first byte of every ciphertext, so that another scheme can be added later.
    private static final byte SCHEME = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec encryption;
    private final SecretKeySpec hashing;

    Secrets(byte[] masterKey) {
        if (masterKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "secret key is " + masterKey.length + " bytes long; it must be " + KEY_BYTES);
        }
        SecretKeySpec master = new SecretKeySpec(masterKey, "HmacSHA256");
        encryption = new SecretKeySpec(mac(master, "librarypeers encryption 1"), "AES");
        hashing = new SecretKeySpec(mac(master, "librarypeers lookup 1"), "HmacSHA256");
    }

    /** Encrypts a secret for one row. Decrypting it requires the same row. */
    byte[] encrypt(String secret, String row) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, row).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] kept = new byte[1 + NONCE_BYTES + sealed.length];
            kept[0] = SCHEME;
            System.arraycopy(nonce, 0, kept, 1, NONCE_BYTES);
            System.arraycopy(sealed, 0, kept, 1 + NONCE_BYTES, sealed.length);
            return kept;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform does not support AES-GCM", e);
        }
    }

    /**
     * Decrypts a secret that was encrypted for this row.
     *
     * @param what the name of the secret in error messages
     * @throws StorageException if it was encrypted with another secret key or for another row, or was tampered with
     */
    String decrypt(byte[] kept, String row, String what) {
        if (kept.length > 1 + NONCE_BYTES && kept[0] == SCHEME) {
            byte[] nonce = Arrays.copyOfRange(kept, 1, 1 + NONCE_BYTES);
            try {
                byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce, row)
                        .doFinal(kept, 1 + NONCE_BYTES, kept.length - 1 - NONCE_BYTES);
                return new String(plain, StandardCharsets.UTF_8);
            } catch (GeneralSecurityException e) {
                throw undecryptable(what, e);
            }
        }
        throw undecryptable(what, new GeneralSecurityException("unknown format"));
    }

    private static StorageException undecryptable(String what, GeneralSecurityException cause) {
        return new StorageException(what + " cannot be decrypted; check that this is the right secret key", cause);
    }

    private Cipher cipher(int mode, byte[] nonce, String row) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(row.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Returns a keyed hash of the secret, for lookups. It is useless without the secret key. */
    byte[] hash(String secret) {
        return mac(hashing, secret);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform does not support HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Secrets[hidden]";
    }
}

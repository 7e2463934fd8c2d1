package org.librarypeers.bundle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.sync.bundles.SigningKey;

/** Ed25519 signatures of manifests. */
final class Signing {

    static final int BYTES = 64;

    private static final String ALGORITHM = "Ed25519";

    /** The text that precedes the manifest in the signed bytes, so that a signature for another purpose never fits. */
    private static final byte[] PURPOSE = "library bundle manifest\n".getBytes(StandardCharsets.UTF_8);

    /** The bytes that precede the 32 bytes of a public key in its X.509 form, see RFC 8410. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Signing() {}

    static SigningKey generate(Instant now) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            return new SigningKey(
                    BundleKey.of(Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length)),
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
                    now);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform does not support Ed25519", e);
        }
    }

    static byte[] sign(SigningKey key, byte[] manifest) {
        try {
            byte[] encoded = Base64.getDecoder().decode(key.privateKey());
            PrivateKey secret = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(PURPOSE);
            signature.update(manifest);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the bundle cannot be signed with key " + key, e);
        }
    }

    /** Returns whether the signature of a manifest is that of the key. */
    static boolean isValid(BundleKey key, byte[] manifest, byte[] sent) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(publicKey(key));
            signature.update(PURPOSE);
            signature.update(manifest);
            return signature.verify(sent);
        } catch (GeneralSecurityException e) {
            // Thrown for a malformed key or signature.
            return false;
        }
    }

    private static PublicKey publicKey(BundleKey key) throws GeneralSecurityException {
        byte[] raw = key.bytes();
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, encoded, X509_PREFIX.length, raw.length);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }
}

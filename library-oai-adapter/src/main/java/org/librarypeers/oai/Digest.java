package org.librarypeers.oai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.librarypeers.domain.Sha256;

/** A digest of several texts. Each is preceded by its length, so that no two lists of texts have the same digest. */
final class Digest {

    private static final int SHOWN_BYTES = 16;

    private final MessageDigest digest = Sha256.newDigest();

    Digest add(String text) {
        digest.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Returns the digest as 32 hexadecimal digits. Nothing can be added afterwards. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
    }
}

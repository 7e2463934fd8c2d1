package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** The test vector "abc" of FIPS 180-2. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void a_hash_is_the_same_for_a_text_its_bytes_and_its_parts() {
        MessageDigest parts = Sha256.newDigest();
        parts.update((byte) 'a');
        parts.update("bc".getBytes(StandardCharsets.UTF_8));

        assertThat(Sha256.hex("abc")).isEqualTo(ABC);
        assertThat(Sha256.hex("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(ABC);
        assertThat(Sha256.hex(parts)).isEqualTo(ABC);
    }

    @Test
    void a_short_hash_is_its_beginning() {
        assertThat(Sha256.shortHex("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(ABC.substring(0, 32));
    }
}

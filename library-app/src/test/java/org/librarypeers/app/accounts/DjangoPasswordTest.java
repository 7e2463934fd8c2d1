package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the password hashes of existing sites. */
class DjangoPasswordTest {

    private static final String SALT_AND_HASH = "$seasalt$JgZryXe2Ga8ysg6XbzkLpTdyPQrHqsinbL9BnnhgX4A=";

    @ParameterizedTest
    @ValueSource(
            strings = {"pbkdf2_sha256$1000" + SALT_AND_HASH, "pbkdf2_sha1$500$seasalt$dZWa2aBcLwmPBrWijmn3ckdvtqc="})
    void only_the_password_of_a_hash_matches_it(String hash) {
        assertThat(DjangoPassword.isHash(hash)).isTrue();
        assertThat(DjangoPassword.matches("lètmein", hash)).isTrue();
        assertThat(DjangoPassword.matches("letmein", hash)).isFalse();
        assertThat(DjangoPassword.matches("lètmein", hash.replace("seasalt", "sealsalt")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "md5$seasalt$JgZryXe2Ga8ysg6XbzkLpTdyPQrHqsin",
                "pbkdf2_sha512$1000" + SALT_AND_HASH,
                "pbkdf2_sha256$0" + SALT_AND_HASH,
                "pbkdf2_sha256$10000001" + SALT_AND_HASH,
                "pbkdf2_sha256$1000$$JgZryXe2Ga8ysg6XbzkLpTdyPQrHqsinbL9BnnhgX4A=",
                "pbkdf2_sha256$1000$seasalt$JgZryXe2Ga8ysg6XbzkLpTdyPQrHqsinbL9BnnhgX4A==",
                "pbkdf2_sha256$1000$seasalt$short"
            })
    void other_texts_are_no_hashes(String text) {
        assertThat(DjangoPassword.isHash(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> DjangoPassword.matches("lètmein", text));
    }

    @Test
    void the_number_of_iterations_has_a_limit() {
        assertThat(DjangoPassword.isHash("pbkdf2_sha256$10000000" + SALT_AND_HASH))
                .isTrue();
    }
}

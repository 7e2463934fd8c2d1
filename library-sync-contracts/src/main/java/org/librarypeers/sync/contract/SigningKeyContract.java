package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.library.LibraryStorage;

/** Contract tests of {@link org.librarypeers.sync.bundles.SigningKeyRepository}. */
abstract class SigningKeyContract extends StorageContract<LibraryStorage> {

    private static final SigningKey FIRST = new SigningKey(new BundleKey("0a".repeat(32)), "private 🔑", Samples.NOON);
    private static final SigningKey SECOND = new SigningKey(new BundleKey("0b".repeat(32)), "other", Samples.NOON);

    @Test
    void the_first_key_stays() {
        assertThat(storage.signingKey().find()).isEmpty();

        assertThat(storage.signingKey().saveFirst(FIRST)).isEqualTo(FIRST);
        assertThat(storage.signingKey().saveFirst(SECOND)).isEqualTo(FIRST);

        assertThat(storage.signingKey().find()).contains(FIRST);
        assertThat(FIRST.toString()).doesNotContain("private 🔑");
    }

    @Test
    void concurrent_processes_agree_on_one_key() throws Exception {
        List<SigningKey> saved = atOnce(
                4,
                () -> storage.signingKey()
                        .saveFirst(new SigningKey(
                                FIRST.publicKey(), Thread.currentThread().getName(), Samples.NOON)));

        assertThat(saved).containsOnly(storage.signingKey().find().orElseThrow());
    }
}

package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.StorageException;

class SecretsTest {

    private static final String SECRET = "0123456789abcdef-key";

    private final Secrets secrets = new Secrets(TestDatabase.KEY);

    @Test
    void the_same_secret_is_kept_in_other_bytes_each_time() {
        byte[] first = secrets.encrypt(SECRET, "peer:1");
        byte[] second = secrets.encrypt(SECRET, "peer:1");

        assertThat(first).isNotEqualTo(second);
        assertThat(secrets.decrypt(first, "peer:1", "it")).isEqualTo(SECRET);
        assertThat(secrets.decrypt(second, "peer:1", "it")).isEqualTo(SECRET);
        assertThat(secrets.hash(SECRET)).isEqualTo(secrets.hash(SECRET)).isNotEqualTo(secrets.hash(SECRET + "x"));
    }

    @Test
    void what_was_copied_tampered_with_or_cut_off_is_refused() {
        byte[] kept = secrets.encrypt(SECRET, "peer:1");
        byte[] tampered = kept.clone();
        tampered[20] ^= 1;

        for (byte[] bytes : List.of(tampered, new byte[0], new byte[] {1, 2}, new byte[60])) {
            assertThatThrownBy(() -> secrets.decrypt(bytes, "peer:1", "it")).isInstanceOf(StorageException.class);
        }
        assertThatThrownBy(() -> secrets.decrypt(kept, "peer:2", "it")).isInstanceOf(StorageException.class);
    }

    @Test
    void another_key_gives_another_hash() {
        byte[] other = TestDatabase.KEY.clone();
        other[31] = 1;

        assertThat(new Secrets(other).hash(SECRET)).isNotEqualTo(secrets.hash(SECRET));
    }

    @Test
    void no_key_is_in_the_tables_in_any_form() {
        JpaStorage storage = TestDatabase.sharedStorage();
        storage.peers()
                .save(Samples.peer(storage.peers().nextId(), "https://a.example.org")
                        .withCredentials("user", new ApiKey(SECRET)));
        Account account = new Account(Samples.AMINA, null, Role.MEMBER);
        storage.accounts().add(account, "hash", new ApiKey(SECRET + "2"));

        String dump = dump();

        assertThat(dump).contains("https://a.example.org", Samples.AMINA.value());
        byte[] plain = SECRET.getBytes(StandardCharsets.UTF_8);
        assertThat(dump)
                .doesNotContain(SECRET)
                .doesNotContain(HexFormat.of().formatHex(plain))
                .doesNotContain(Base64.getEncoder().encodeToString(plain).substring(0, 20));
    }

    @Test
    void a_database_stays_with_the_key_that_it_began_with() {
        byte[] wrong = TestDatabase.KEY.clone();
        wrong[0] = 1;
        try (JpaStorage first = TestDatabase.shared().storage().build();
                JpaStorage other =
                        TestDatabase.shared().storage().secretKey(wrong).build()) {
            first.check();
            assertThatThrownBy(other::check)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("not the one with which this database was first used");
            first.check();
        }
    }

    @Test
    void a_wrong_key_file_is_named_as_the_likely_cause() {
        JpaStorage storage = TestDatabase.sharedStorage();
        Peer peer = Samples.peer(storage.peers().nextId(), "https://a.example.org");
        storage.peers().save(peer);
        storage.accounts().add(new Account(Samples.AMINA, null, Role.MEMBER), "hash", new ApiKey(SECRET));
        byte[] wrong = TestDatabase.KEY.clone();
        wrong[0] = 1;

        try (JpaStorage other = TestDatabase.shared().storage().secretKey(wrong).build()) {
            assertThatThrownBy(() -> other.peers().find(peer.id()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("the API key of peer " + peer.id())
                    .hasMessageContaining("check that this is the right secret key");
            assertThatThrownBy(() -> other.accounts().apiKey(Samples.AMINA))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("check that this is the right secret key");
            assertThat(other.accounts().findByApiKey(new ApiKey(SECRET))).isEmpty();
        }
    }

    private static String dump() {
        TestDatabase database = TestDatabase.shared();
        List<String> all = new ArrayList<>();
        for (String table : database.texts("select tablename from pg_tables where schemaname = 'public'")) {
            all.addAll(database.texts("select t::text from " + table + " t"));
        }
        return String.join("\n", all);
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.DuplicateAccountException;

/** Contract tests of {@link org.librarypeers.sync.accounts.AccountRepository}. */
@Timeout(60)
abstract class AccountContract extends LibraryContract {

    private static final Account AMINA = new Account(Samples.AMINA, "amina@moh.example.org", Role.REVIEWER);
    private static final Account LONG = new Account(new UserName("ق".repeat(150)), null, Role.MEMBER).withActive(false);

    @Test
    void an_account_is_read_back_as_it_was() {
        storage.accounts().add(AMINA, "$argon2id$v=19$…", new ApiKey("amina's key"));
        storage.accounts().add(LONG, "other hash", new ApiKey("other key"));

        assertThat(storage.accounts().find(AMINA.name())).contains(AMINA);
        assertThat(storage.accounts().find(LONG.name())).contains(LONG);
        assertThat(storage.accounts().passwordHash(AMINA.name())).contains("$argon2id$v=19$…");
        assertThat(storage.accounts().apiKey(AMINA.name())).contains(new ApiKey("amina's key"));
    }

    @Test
    void an_account_is_found_by_its_key() {
        storage.accounts().add(AMINA, "hash", new ApiKey("amina's key"));
        storage.accounts().add(LONG, "hash", new ApiKey("k".repeat(200)));

        assertThat(storage.accounts().findByApiKey(new ApiKey("amina's key"))).contains(AMINA);
        assertThat(storage.accounts().findByApiKey(new ApiKey("k".repeat(200)))).contains(LONG);
        assertThat(storage.accounts().findByApiKey(new ApiKey("amina's kez"))).isEmpty();
    }

    @Test
    void an_unknown_account_is_not_found() {
        UserName nobody = new UserName("nobody");

        assertThat(storage.accounts().find(nobody)).isEmpty();
        assertThat(storage.accounts().apiKey(nobody)).isEmpty();
        assertThat(storage.accounts().passwordHash(nobody)).isEmpty();
        assertThat(storage.accounts().all()).isEmpty();
        assertThat(storage.accounts().isEmpty()).isTrue();

        storage.accounts().add(AMINA, "hash", new ApiKey("key"));
        assertThat(storage.accounts().isEmpty()).isFalse();
    }

    @Test
    void user_names_are_case_sensitive() {
        Account upper = new Account(new UserName("Amina"), null, Role.MEMBER);
        Account lower = new Account(new UserName("amina"), null, Role.ADMIN);
        storage.accounts().add(lower, "hash", new ApiKey("1"));
        storage.accounts().add(upper, "hash", new ApiKey("2"));

        assertThat(storage.accounts().all()).containsExactly(upper, lower);
        assertThat(storage.accounts().find(new UserName("AMINA"))).isEmpty();
    }

    @Test
    void a_user_name_and_a_key_are_unique() {
        storage.accounts().add(AMINA, "hash", new ApiKey("key"));
        Account namesake = new Account(AMINA.name(), null, Role.ADMIN);

        assertThatThrownBy(() -> storage.accounts().add(namesake, "new hash", new ApiKey("new key")))
                .isInstanceOf(DuplicateAccountException.class);
        assertThatThrownBy(() -> storage.accounts().add(LONG, "new hash", new ApiKey("key")))
                .isInstanceOf(DuplicateAccountException.class);
        assertThat(storage.accounts().all()).containsExactly(AMINA);
        assertThat(storage.accounts().passwordHash(AMINA.name())).contains("hash");
        assertThat(storage.accounts().findByApiKey(new ApiKey("new key"))).isEmpty();
    }

    @Test
    void only_one_of_concurrent_additions_of_a_user_name_succeeds() throws Exception {
        List<Boolean> added = atOnce(4, () -> {
            try {
                storage.accounts().add(AMINA, "hash", new ApiKey("key " + System.nanoTime()));
                return true;
            } catch (DuplicateAccountException e) {
                return false;
            }
        });

        assertThat(added).containsOnlyOnce(true);
    }

    @Test
    void updating_an_account_keeps_its_password_and_key() {
        storage.accounts().add(AMINA, "hash", new ApiKey("amina's key"));
        Account changed = new Account(AMINA.name(), null, Role.CONTRIBUTOR)
                .withActive(false)
                .writingApi(true);

        storage.accounts().update(changed);
        storage.accounts().update(LONG);

        assertThat(storage.accounts().all()).containsExactly(changed);
        assertThat(storage.accounts().passwordHash(AMINA.name())).contains("hash");
        assertThat(storage.accounts().findByApiKey(new ApiKey("amina's key"))).contains(changed);
    }

    @Test
    void a_profile_is_read_back_as_it_was_saved() {
        storage.accounts().add(AMINA, "hash", new ApiKey("key"));
        Account said = AMINA.withProfile("a@b.example.org", null, "Ministère de la Santé 🏥", "fr");

        storage.accounts().update(said);

        assertThat(storage.accounts().find(AMINA.name())).contains(said);
    }

    @Test
    void a_password_and_a_key_are_replaced_independently() {
        storage.accounts().add(AMINA, "hash", new ApiKey("key"));
        storage.accounts().add(LONG, "hash", new ApiKey("long's key"));

        storage.accounts().changePassword(AMINA.name(), "new hash");
        storage.accounts().changeApiKey(AMINA.name(), new ApiKey("new key"));
        storage.accounts().changePassword(new UserName("nobody"), "x");
        storage.accounts().changeApiKey(new UserName("nobody"), new ApiKey("x"));

        assertThat(storage.accounts().passwordHash(AMINA.name())).contains("new hash");
        assertThat(storage.accounts().apiKey(AMINA.name())).contains(new ApiKey("new key"));
        assertThat(storage.accounts().findByApiKey(new ApiKey("key"))).isEmpty();
        assertThat(storage.accounts().findByApiKey(new ApiKey("new key"))).contains(AMINA);
        assertThatThrownBy(() -> storage.accounts().changeApiKey(AMINA.name(), new ApiKey("long's key")))
                .isInstanceOf(DuplicateAccountException.class);
        assertThat(storage.accounts().passwordHash(LONG.name())).contains("hash");
    }

    @Test
    void only_one_of_concurrent_first_accounts_is_added() throws Exception {
        AtomicInteger number = new AtomicInteger();
        List<Boolean> added = atOnce(4, () -> {
            UserName name = new UserName("first" + number.incrementAndGet());
            return storage.accounts().addFirst(new Account(name, null, Role.ADMIN), "hash", new ApiKey(name.value()));
        });

        assertThat(added).containsOnlyOnce(true);
        assertThat(storage.accounts().all()).hasSize(1);
    }

    @Test
    void concurrent_changes_of_a_locked_account_are_serialized() throws Exception {
        storage.accounts().add(AMINA.withProfile(null, null, "0", null), "hash", new ApiKey("key"));

        atOnce(
                4,
                () -> storage.inTransaction(() -> {
                    Account now = storage.accounts().findForUpdate(AMINA.name()).orElseThrow();
                    int more = Integer.parseInt(String.valueOf(now.organisation())) + 1;
                    storage.accounts().update(now.withProfile(null, null, String.valueOf(more), null));
                    return more;
                }));

        assertThat(storage.accounts().find(AMINA.name()).map(Account::organisation))
                .contains("4");
        assertThat(storage.accounts().findForUpdate(new UserName("nobody"))).isEmpty();
    }

    @Test
    void only_one_of_concurrent_accounts_gets_the_same_key() throws Exception {
        ApiKey wanted = new ApiKey("wanted");
        for (int i = 0; i < 4; i++) {
            storage.accounts()
                    .add(new Account(new UserName("a" + i), null, Role.CONTRIBUTOR), "hash", new ApiKey("key " + i));
        }
        AtomicInteger number = new AtomicInteger();

        List<Boolean> taken = atOnce(4, () -> {
            try {
                storage.accounts().changeApiKey(new UserName("a" + number.getAndIncrement()), wanted);
                return true;
            } catch (DuplicateAccountException e) {
                return false;
            }
        });

        assertThat(taken).containsOnlyOnce(true);
        assertThat(storage.accounts().findByApiKey(wanted)).isPresent();
    }

    @Test
    void the_active_administrators_are_returned() {
        Account admin = new Account(new UserName("zoe"), null, Role.ADMIN);
        Account another = new Account(new UserName("Abel"), null, Role.ADMIN);
        Account gone = new Account(new UserName("gone"), null, Role.ADMIN).withActive(false);
        storage.accounts().add(admin, "hash", new ApiKey("1"));
        storage.accounts().add(another, "hash", new ApiKey("2"));
        storage.accounts().add(AMINA, "hash", new ApiKey("3"));
        storage.accounts().add(gone, "hash", new ApiKey("4"));

        assertThat(storage.accounts().adminsForUpdate()).containsExactly(another, admin);
    }
}

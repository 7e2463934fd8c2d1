package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountUse;
import org.librarypeers.sync.accounts.NamedKey;
import org.librarypeers.sync.accounts.SessionRepository.Session;

/**
 * Contract tests of {@link org.librarypeers.sync.accounts.ApiKeyRepository}, and of what accounts were used for.
 */
@Timeout(60)
abstract class ApiKeyContract extends LibraryContract {

    private static final Instant NOW = Samples.NOON;
    private static final Instant LATER = NOW.plusSeconds(3_600);
    private static final UserName JUMA = new UserName("juma");
    private static final ApiKey OWN = new ApiKey("key of amina");
    private static final ApiKey SCRIPT = new ApiKey("key of a script");
    private static final ApiKey PHONE = new ApiKey("key of a phone");

    @BeforeEach
    void addAccounts() {
        storage.accounts().add(new Account(Samples.AMINA, null, Role.MEMBER), "hash", OWN);
        storage.accounts().add(new Account(JUMA, null, Role.MEMBER), "hash", new ApiKey("juma's key"));
    }

    private static NamedKey key(UserName account, String name, Instant created) {
        return new NamedKey(account, name, created, null);
    }

    @Test
    void an_account_is_found_by_each_of_its_keys_until_the_key_is_removed() {
        assertThat(storage.apiKeys().add(key(Samples.AMINA, "Script", LATER), SCRIPT))
                .isTrue();
        assertThat(storage.apiKeys().add(key(Samples.AMINA, "Phone", NOW), PHONE))
                .isTrue();

        assertThat(List.of(OWN, SCRIPT, PHONE))
                .allSatisfy(secret -> assertThat(storage.accounts().findByApiKey(secret))
                        .map(Account::name)
                        .contains(Samples.AMINA));
        assertThat(storage.apiKeys().of(Samples.AMINA))
                .extracting(NamedKey::name)
                .containsExactly("Phone", "Script");
        assertThat(storage.apiKeys().of(JUMA)).isEmpty();

        assertThat(storage.apiKeys().remove(JUMA, "Script")).isFalse();
        assertThat(storage.apiKeys().remove(Samples.AMINA, "Script")).isTrue();
        assertThat(storage.apiKeys().remove(Samples.AMINA, "Script")).isFalse();
        assertThat(storage.accounts().findByApiKey(SCRIPT)).isEmpty();
        assertThat(storage.accounts().findByApiKey(PHONE)).isPresent();
        assertThat(storage.accounts().findByApiKey(OWN)).isPresent();
    }

    @Test
    void an_account_has_one_key_of_a_name() {
        assertThat(storage.apiKeys().add(key(Samples.AMINA, "Script", NOW), SCRIPT))
                .isTrue();

        assertThat(storage.apiKeys().add(key(Samples.AMINA, "Script", LATER), PHONE))
                .isFalse();
        assertThat(storage.apiKeys().add(key(new UserName("nobody"), "Script", LATER), PHONE))
                .isFalse();

        assertThat(storage.accounts().findByApiKey(PHONE)).isEmpty();
        assertThat(storage.apiKeys().of(Samples.AMINA)).containsExactly(key(Samples.AMINA, "Script", NOW));
        assertThat(storage.apiKeys().add(key(JUMA, "Script", NOW), PHONE)).isTrue();
        assertThat(storage.accounts().findByApiKey(PHONE).orElseThrow().name()).isEqualTo(JUMA);
    }

    @Test
    void the_last_use_of_each_key_is_recorded() {
        storage.apiKeys().add(key(Samples.AMINA, "Script", NOW), SCRIPT);
        storage.apiKeys().add(key(Samples.AMINA, "Phone", LATER), PHONE);

        storage.apiKeys().used(SCRIPT, LATER);
        storage.apiKeys().used(SCRIPT, NOW);
        storage.apiKeys().used(OWN, NOW);
        storage.apiKeys().used(new ApiKey("nobody's"), LATER);

        assertThat(storage.apiKeys().of(Samples.AMINA))
                .containsExactly(new NamedKey(Samples.AMINA, "Script", NOW, LATER), key(Samples.AMINA, "Phone", LATER));
        assertThat(storage.accounts().uses(List.of(Samples.AMINA, JUMA), NOW))
                .isEqualTo(Map.of(Samples.AMINA, new AccountUse(null, NOW, 0), JUMA, AccountUse.NONE));
    }

    @Test
    void sign_ins_and_open_sessions_of_accounts_are_known() {
        storage.accounts().signedIn(Samples.AMINA, NOW);
        storage.accounts().signedIn(new UserName("nobody"), NOW);
        storage.sessions().begin("one", new Session(Samples.AMINA, LATER));
        storage.sessions().begin("two", new Session(Samples.AMINA, LATER.plusSeconds(1)));

        assertThat(storage.accounts().uses(List.of(Samples.AMINA, new UserName("nobody")), NOW))
                .isEqualTo(Map.of(Samples.AMINA, new AccountUse(NOW, null, 2)));
        assertThat(storage.accounts().uses(List.of(Samples.AMINA), LATER).get(Samples.AMINA))
                .isEqualTo(new AccountUse(NOW, null, 1));
        assertThat(storage.accounts().uses(List.of(), NOW)).isEmpty();
    }

    @Test
    void what_is_undone_adds_no_key() {
        org.junit.jupiter.api.Assertions.assertThrows(
                IllegalStateException.class,
                () -> storage.inTransaction(() -> {
                    storage.apiKeys().add(key(Samples.AMINA, "Script", NOW), SCRIPT);
                    throw new IllegalStateException("undone");
                }));

        assertThat(storage.accounts().findByApiKey(SCRIPT)).isEmpty();
        assertThat(storage.apiKeys().of(Samples.AMINA)).isEmpty();
    }
}

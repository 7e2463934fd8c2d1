package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.DuplicateAccountException;
import org.librarypeers.sync.inmemory.InMemoryStorage;

class AccountServiceTest {

    private static final UserName ASHA = new UserName("asha");
    private static final String PASSWORD = "correct horse ñ 🐎";

    private final InMemoryStorage storage = new InMemoryStorage();
    private final AccountRepository accounts = storage.accounts();
    private final AccountService service = new AccountService(storage);

    @Test
    void a_password_signs_in_and_another_one_does_not() {
        Account asha = service.create(ASHA, Role.REVIEWER, null, PASSWORD);
        assertThat(service.withPassword(ASHA, PASSWORD)).contains(asha);
        assertThat(service.withPassword(ASHA, PASSWORD + " ")).isEmpty();
        assertThat(service.withPassword(new UserName("Asha"), PASSWORD)).isEmpty();
    }

    @Test
    void a_password_is_stored_as_argon2id_with_its_own_salt() {
        service.create(ASHA, Role.MEMBER, null, PASSWORD);
        service.create(new UserName("other"), Role.MEMBER, null, PASSWORD);
        String hash = accounts.passwordHash(ASHA).orElseThrow();
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
        assertThat(accounts.passwordHash(new UserName("other")).orElseThrow()).isNotEqualTo(hash);
    }

    @Test
    void a_key_authenticates_only_its_own_account() {
        Account asha = service.create(ASHA, Role.MEMBER, null, PASSWORD);
        String key = service.apiKey(ASHA).orElseThrow().secret();
        assertThat(key).matches("[0-9a-f]{40}");
        assertThat(service.withApiKey("asha", key)).contains(asha);
        assertThat(service.withApiKey("Asha", key)).isEmpty();
        assertThat(service.withApiKey("asha", key.replace(key.charAt(0), 'x'))).isEmpty();
        assertThat(service.withApiKey("asha", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asha", "ASHA", "LIBRARY", "lIBRARY", "\u0430sha", "\u0410sha", "1ibrary"})
    void a_name_that_people_would_confuse_with_another_is_refused(String name) {
        service.create(ASHA, Role.MEMBER, null, PASSWORD);

        assertThatThrownBy(() -> service.create(new UserName(name), Role.MEMBER, null, PASSWORD))
                .isInstanceOf(LookalikeNameException.class)
                .hasMessageContaining("looks like");
        assertThatThrownBy(() -> service.createWithoutPassword(new UserName(name), Role.MEMBER, "a@example.org"))
                .isInstanceOf(LookalikeNameException.class);
        assertThat(service.all()).hasSize(1);
    }

    @Test
    void names_that_differ_visibly_are_accepted() {
        service.create(ASHA, Role.MEMBER, null, PASSWORD);

        for (String name : List.of("asha2", "asha.b", "isha", "\u0622\u0634\u0627")) {
            assertThat(service.create(new UserName(name), Role.MEMBER, null, PASSWORD)
                            .name()
                            .value())
                    .isEqualTo(name);
        }
        assertThatThrownBy(() -> service.create(ASHA, Role.MEMBER, null, PASSWORD))
                .isInstanceOf(DuplicateAccountException.class);
    }

    @Test
    void an_inactive_account_cannot_sign_in_by_password_or_key() {
        service.create(ASHA, Role.MEMBER, null, PASSWORD);
        String key = service.apiKey(ASHA).orElseThrow().secret();

        service.change(ASHA, asha -> asha.withActive(false));

        assertThat(service.withPassword(ASHA, PASSWORD)).isEmpty();
        assertThat(service.withApiKey("asha", key)).isEmpty();
    }

    @Test
    void a_taken_name_and_a_short_password_are_rejected() {
        service.create(ASHA, Role.MEMBER, null, PASSWORD);
        assertThatThrownBy(() -> service.create(ASHA, Role.ADMIN, null, PASSWORD))
                .isInstanceOf(DuplicateAccountException.class);
        assertThatThrownBy(() -> service.create(new UserName("x"), Role.ADMIN, null, "1234567"))
                .hasMessageContaining("7 characters")
                .hasMessageNotContaining("1234567");
    }
}

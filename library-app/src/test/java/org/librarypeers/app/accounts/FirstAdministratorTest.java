package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.inmemory.InMemoryStorage;

class FirstAdministratorTest {

    private static final UserName ZOE = new UserName("zoë");
    private static final String PASSWORD = "a long password";
    private static final byte[] KEY = key(1);

    private final InMemoryStorage storage = new InMemoryStorage();
    private final AccountService accounts =
            new AccountService(storage, RunningLibrary.PASSWORD_COST, Clock.systemUTC());
    private final FirstAdministrator first = node(storage.id(), KEY);

    private FirstAdministrator node(LibraryId library, byte[] key) {
        return new FirstAdministrator(accounts, library, key);
    }

    private static byte[] key(int last) {
        byte[] key = new byte[32];
        key[31] = (byte) last;
        return key;
    }

    @Test
    void the_token_is_the_same_on_every_node_and_after_each_start() {
        assertThat(first.token()).hasValueSatisfying(token -> assertThat(token).matches("[0-9a-f]{40}"));
        assertThat(node(storage.id(), KEY).token()).isEqualTo(first.token());
    }

    @Test
    void the_token_differs_for_another_library_or_another_key() {
        assertThat(node(LibraryId.random(), KEY).token()).isNotEqualTo(first.token());
        assertThat(node(storage.id(), key(2)).token()).isNotEqualTo(first.token());
    }

    @Test
    void the_token_creates_an_administrator_once() {
        String token = first.token().orElseThrow();

        assertThat(first.create(token, ZOE, "zoe@example.org", PASSWORD))
                .contains(new Account(ZOE, "zoe@example.org", Role.ADMIN));

        assertThat(accounts.withPassword(ZOE, PASSWORD)).isPresent();
        assertThat(first.token()).isEmpty();
        assertThat(first.admits(token)).isFalse();
        assertThat(first.create(token, new UserName("late"), null, PASSWORD)).isEmpty();
        assertThat(accounts.all()).hasSize(1);
    }

    @Test
    void any_account_of_any_role_invalidates_the_token() {
        String token = first.token().orElseThrow();

        accounts.create(ZOE, Role.MEMBER, null, PASSWORD);

        assertThat(first.token()).isEmpty();
        assertThat(first.create(token, new UserName("late"), null, PASSWORD)).isEmpty();
    }

    @Test
    void a_wrong_token_creates_no_administrator() {
        String token = first.token().orElseThrow();
        for (String wrong :
                new String[] {"", "x", token.substring(1), token + "0", token.toUpperCase(Locale.ROOT), "é"}) {
            assertThat(first.admits(wrong)).as(wrong).isFalse();
            assertThat(first.create(wrong, ZOE, null, PASSWORD)).as(wrong).isEmpty();
        }
        assertThat(accounts.all()).isEmpty();
    }

    @Test
    void a_rejected_password_does_not_use_up_the_token() {
        String token = first.token().orElseThrow();

        assertThatIllegalArgumentException().isThrownBy(() -> first.create(token, ZOE, null, "short"));

        assertThat(first.admits(token)).isTrue();
    }
}

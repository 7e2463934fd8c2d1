package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountTokenRepository.AccountToken;
import org.librarypeers.sync.accounts.AccountTokenRepository.Purpose;

/** Contract tests of {@link org.librarypeers.sync.accounts.AccountTokenRepository}. */
@Timeout(60)
abstract class AccountTokenContract extends LibraryContract {

    private static final Instant NOW = Samples.NOON;
    private static final Instant LATER = NOW.plusSeconds(3_600);
    private static final UserName JUMA = new UserName("juma");
    private static final AccountToken RESET = new AccountToken(Samples.AMINA, Purpose.RESET, LATER);

    @BeforeEach
    void addAccounts() {
        storage.accounts().add(new Account(Samples.AMINA, null, Role.MEMBER), "hash", new ApiKey("key"));
        storage.accounts().add(new Account(JUMA, null, Role.MEMBER), "hash", new ApiKey("juma's key"));
    }

    @Test
    void a_token_is_found_by_its_secret_until_it_expires() {
        storage.accountTokens().add("secret", RESET);

        assertThat(storage.accountTokens().find("secret", NOW)).contains(RESET);
        assertThat(storage.accountTokens().find("secret", NOW)).contains(RESET);
        assertThat(storage.accountTokens().find("secret", LATER)).isEmpty();
        assertThat(storage.accountTokens().find("Secret", NOW)).isEmpty();
    }

    @Test
    void a_token_works_once() {
        AccountToken invitation = new AccountToken(JUMA, Purpose.INVITATION, LATER);
        storage.accountTokens().add("secret", RESET);
        storage.accountTokens().add("juma's", invitation);

        assertThat(storage.accountTokens().use("secret", LATER)).isEmpty();
        assertThat(storage.accountTokens().use("unknown", NOW)).isEmpty();
        assertThat(storage.accountTokens().use("secret", NOW)).contains(RESET);
        assertThat(storage.accountTokens().use("secret", NOW)).isEmpty();
        assertThat(storage.accountTokens().find("secret", NOW)).isEmpty();
        assertThat(storage.accountTokens().use("juma's", NOW)).contains(invitation);
    }

    @Test
    void only_one_of_several_callers_uses_a_token() throws Exception {
        storage.accountTokens().add("secret", RESET);

        List<Optional<AccountToken>> used =
                atOnce(4, () -> storage.accountTokens().use("secret", NOW));

        assertThat(used).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void a_use_that_is_rolled_back_does_not_count() {
        storage.accountTokens().add("secret", RESET);

        try {
            storage.inTransaction((Runnable) () -> {
                assertThat(storage.accountTokens().use("secret", NOW)).isPresent();
                throw new IllegalStateException();
            });
        } catch (IllegalStateException e) {
            assertThat(storage.accountTokens().find("secret", NOW)).isPresent();
        }
        assertThat(storage.accountTokens().use("secret", NOW)).isPresent();
    }

    @Test
    void the_tokens_of_an_account_and_expired_ones_are_removed() {
        storage.accountTokens().add("one", RESET);
        storage.accountTokens().add("two", new AccountToken(Samples.AMINA, Purpose.RESET, LATER.plusSeconds(1)));
        storage.accountTokens().add("juma's", new AccountToken(JUMA, Purpose.RESET, LATER.plusSeconds(1)));

        assertThat(storage.accountTokens().of(Samples.AMINA, NOW))
                .containsExactly(new AccountToken(Samples.AMINA, Purpose.RESET, LATER.plusSeconds(1)), RESET);
        assertThat(storage.accountTokens().of(Samples.AMINA, LATER)).hasSize(1);
        storage.accountTokens().removeExpired(LATER);
        assertThat(storage.accountTokens().find("one", NOW)).isEmpty();
        assertThat(storage.accountTokens().find("two", NOW)).isPresent();

        storage.accountTokens().removeAll(Samples.AMINA);
        assertThat(storage.accountTokens().find("two", NOW)).isEmpty();
        assertThat(storage.accountTokens().find("juma's", NOW)).isPresent();
    }
}

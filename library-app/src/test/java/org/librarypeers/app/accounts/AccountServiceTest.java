package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AccountTokenRepository.AccountToken;
import org.librarypeers.sync.accounts.AccountTokenRepository.Purpose;
import org.librarypeers.sync.accounts.DuplicateAccountException;
import org.librarypeers.sync.accounts.SessionRepository.Session;
import org.librarypeers.sync.inmemory.InMemoryStorage;

class AccountServiceTest {

    private static final UserName ASHA = new UserName("asha");
    private static final String PASSWORD = "correct horse ñ 🐎";

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final AccountRepository accounts = storage.accounts();
    private final AccountService service =
            new AccountService(storage, RunningLibrary.PASSWORD_COST, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void a_password_signs_in_and_another_one_does_not() {
        Account asha = service.create(ASHA, Role.REVIEWER, null, PASSWORD);
        assertThat(service.withPassword(ASHA, PASSWORD)).contains(asha);
        assertThat(service.withPassword(ASHA, PASSWORD + " ")).isEmpty();
        assertThat(service.withPassword(new UserName("Asha"), PASSWORD)).isEmpty();
    }

    @Test
    void a_password_is_stored_as_argon2id_with_its_own_salt() {
        AccountService costly = new AccountService(storage);
        costly.create(ASHA, Role.MEMBER, null, PASSWORD);
        costly.create(new UserName("other"), Role.MEMBER, null, PASSWORD);
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

    private void signIn(String session) {
        storage.sessions().begin(session, new Session(ASHA, NOON.plusSeconds(9)));
    }

    private boolean isSignedIn(String session) {
        return storage.sessions().find(session, NOON).isPresent();
    }

    private void mailLink() {
        storage.accountTokens().add("token", new AccountToken(ASHA, Purpose.RESET, NOON.plusSeconds(9)));
    }

    private boolean hasLink() {
        return !storage.accountTokens().of(ASHA, NOON).isEmpty();
    }

    @Test
    void an_account_that_becomes_inactive_is_signed_out_and_its_links_do_not_work() {
        service.create(ASHA, Role.MEMBER, "asha@example.org", PASSWORD);
        signIn("browser");
        mailLink();

        service.change(ASHA, asha -> asha.withRole(Role.REVIEWER));
        assertThat(isSignedIn("browser")).isTrue();
        assertThat(hasLink()).isTrue();

        assertThat(service.change(ASHA, asha -> asha.withActive(false))).isEqualTo(service.find(ASHA));
        assertThat(isSignedIn("browser")).isFalse();
        assertThat(hasLink()).isFalse();
    }

    @Test
    void links_that_were_mailed_to_an_earlier_address_do_not_work() {
        service.create(ASHA, Role.MEMBER, "asha@example.org", PASSWORD);
        signIn("browser");
        mailLink();

        service.change(ASHA, asha -> asha.withProfile("new@example.org", null, null, null));

        assertThat(hasLink()).isFalse();
        assertThat(isSignedIn("browser")).isTrue();
    }

    @Test
    void the_last_active_administrator_stays_one() {
        service.create(ASHA, Role.ADMIN, null, PASSWORD);
        assertThat(service.change(ASHA, asha -> asha.withRole(Role.REVIEWER))).isEmpty();
        assertThat(service.change(ASHA, asha -> asha.withActive(false))).isEmpty();
        assertThat(service.find(ASHA).orElseThrow().isActiveAdmin()).isTrue();
        assertThat(service.allowWriting(ASHA, true).orElseThrow().writesApi()).isTrue();
        assertThat(service.allowWriting(new UserName("nobody"), true)).isEmpty();

        UserName juma = new UserName("juma");
        service.create(juma, Role.ADMIN, null, PASSWORD);
        assertThat(service.change(ASHA, asha -> asha.withRole(Role.REVIEWER))).isPresent();
        assertThat(service.change(ASHA, asha -> asha.withActive(false))).isPresent();
    }

    @Test
    void a_new_password_ends_the_other_sessions_and_all_links() {
        service.create(ASHA, Role.MEMBER, null, PASSWORD);
        signIn("this");
        signIn("other");
        mailLink();

        service.changePassword(ASHA, "another horse, more correct", "this");

        assertThat(service.withPassword(ASHA, PASSWORD)).isEmpty();
        assertThat(service.withPassword(ASHA, "another horse, more correct")).isPresent();
        assertThat(isSignedIn("this")).isTrue();
        assertThat(isSignedIn("other")).isFalse();
        assertThat(hasLink()).isFalse();

        service.signOutEverywhere(ASHA, null);
        assertThat(isSignedIn("this")).isFalse();
    }

    @Test
    void a_new_key_replaces_the_earlier_one() {
        service.create(ASHA, Role.MEMBER, null, PASSWORD);
        String before = service.apiKey(ASHA).orElseThrow().secret();

        service.renewApiKey(ASHA);

        assertThat(service.withApiKey("asha", before)).isEmpty();
        assertThat(service.withApiKey("asha", service.apiKey(ASHA).orElseThrow().secret()))
                .isPresent();
        assertThat(service.uses(List.of(ASHA))).containsKey(ASHA);
    }

    @Test
    void nobody_signs_in_to_an_account_without_a_password() {
        Account asha = service.createWithoutPassword(ASHA, Role.MEMBER, "asha@example.org");

        assertThat(service.find(ASHA)).contains(asha);
        assertThat(service.withPassword(ASHA, "")).isEmpty();
        service.changePassword(ASHA, PASSWORD, null);
        assertThat(service.withPassword(ASHA, PASSWORD)).contains(asha);
    }

    @Test
    void a_password_is_not_known_to_others() {
        assertThat(AccountService.isCommonPassword("library1", ASHA, null)).isTrue();
        assertThat(AccountService.isCommonPassword("asha.phiri@example.org", ASHA, "asha.phiri@example.org"))
                .isTrue();
        assertThat(AccountService.isCommonPassword(PASSWORD, ASHA, "")).isFalse();
        assertThatThrownBy(() -> service.create(ASHA, Role.MEMBER, "asha.phiri@example.org", "asha.phiri@example.org"))
                .hasMessageContaining("too common");
        assertThatThrownBy(() -> service.create(ASHA, Role.MEMBER, null, "p".repeat(501)))
                .hasMessageContaining("501 characters");
    }

    @Test
    void an_account_of_another_site_keeps_its_password_and_key() {
        String hash = "pbkdf2_sha256$1000$seasalt$JgZryXe2Ga8ysg6XbzkLpTdyPQrHqsinbL9BnnhgX4A=";
        Account asha = new Account(ASHA, null, Role.MEMBER);
        Account juma = new Account(new UserName("juma"), null, Role.MEMBER);

        service.addMoved(accounts, asha, hash, new ApiKey("0123456789"));
        service.addMoved(accounts, juma, null, null);

        assertThat(AccountService.canCheck(hash)).isTrue();
        assertThat(service.withPassword(ASHA, "lètmein")).contains(asha);
        assertThat(service.withPassword(ASHA, "letmein")).isEmpty();
        assertThat(service.withApiKey("asha", "0123456789")).contains(asha);
        assertThat(service.withPassword(juma.name(), "lètmein")).isEmpty();
        assertThat(service.apiKey(juma.name()).orElseThrow().secret()).hasSize(40);
        assertThat(service.replacement(hash, "lètmein").orElseThrow()).startsWith("$argon2id$");
        assertThat(service.replacement(service.replacement(hash, "lètmein").orElseThrow(), "lètmein"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", ".", "..", "library"})
    void some_names_are_reserved(String name) {
        assertThat(AccountService.isReserved(new UserName(name))).isTrue();
        assertThat(AccountService.isReserved(ASHA)).isFalse();
    }

    @Test
    void a_program_is_known_by_user_name_and_key_together() {
        Account asha = service.create(ASHA, Role.MEMBER, null, PASSWORD);
        String key = service.apiKey(ASHA).orElseThrow().secret();

        assertThat(service.withApiKey("asha", key, "192.0.2.1")).contains(asha);
        for (String other : List.of("Asha", "", "a:b")) {
            assertThat(service.withApiKey(other, key, "192.0.2.1")).isEmpty();
        }
        assertThat(AccountService.canCheck("$argon2id$v=19")).isFalse();
    }

    @Test
    void a_password_may_have_eight_to_five_hundred_characters() {
        String longest = "correct horse \u00f1 \ud83d\udc0e "
                .repeat(40)
                .codePoints()
                .limit(500)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        service.create(ASHA, Role.MEMBER, null, "xq7#Lm2v");
        assertThat(service.withPassword(ASHA, "xq7#Lm2v")).isPresent();

        service.changePassword(ASHA, longest, null);

        assertThat(service.withPassword(ASHA, longest)).isPresent();
        assertThat(service.withPassword(ASHA, longest + longest + longest)).isEmpty();
    }
}

package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    private static final UserName NAME = new UserName("amina");

    @ParameterizedTest
    @ValueSource(strings = {"amina", "a.b+c-d_e@example.org", "Ñandú", "أمينة", "7"})
    void a_user_name_is_made_of_letters_digits_and_a_few_signs(String name) {
        assertThat(new UserName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a/b", "<b>", "a\n"})
    void another_user_name_is_refused_and_shown(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserName(name))
                .withMessageStartingWith("user name \"" + name.replace('\n', '?') + "\" is not valid; use 1 to 150");
    }

    @Test
    void a_user_name_has_at_most_150_characters_and_letter_case_counts() {
        assertThat(new UserName("a".repeat(150)).value()).hasSize(150);
        assertThatIllegalArgumentException().isThrownBy(() -> new UserName("a".repeat(151)));
        assertThat(NAME).isNotEqualTo(new UserName("Amina")).isLessThan(new UserName("bea"));
        assertThat(NAME).isEqualByComparingTo(new UserName("amina"));
        assertThat(UserName.SYSTEM).hasToString("library");
    }

    @Test
    void an_email_address_may_be_missing_but_not_be_none() {
        assertThat(new Account(NAME, " ", Role.MEMBER).email()).isNull();
        assertThat(new Account(NAME, null, Role.MEMBER).email()).isNull();
        assertThat(new Account(NAME, " a@b.org ", Role.MEMBER).email()).isEqualTo("a@b.org");
        for (String none : new String[] {"a", "a@b", "@b.org", "a@b@c.org", "a b@c.org"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Account(NAME, none, Role.MEMBER))
                    .withMessage("\"" + none + "\" is not a valid e-mail address");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Account(NAME, "a".repeat(250) + "@b.org", Role.MEMBER))
                .withMessageContaining("at most 254");
    }

    @Test
    void a_role_includes_itself_and_those_below() {
        assertThat(Role.ADMIN.includes(Role.MEMBER)).isTrue();
        assertThat(Role.REVIEWER.includes(Role.REVIEWER)).isTrue();
        assertThat(Role.CONTRIBUTOR.includes(Role.REVIEWER)).isFalse();
        assertThat(Role.MEMBER.includes(Role.ADMIN)).isFalse();
        assertThat(Role.values()).extracting(Role::word).containsExactly("admin", "reviewer", "contributor", "member");
    }

    @Test
    void an_account_may_not_write_through_the_api_until_it_is_allowed_to() {
        Account account = new Account(NAME, "a@b.org", Role.CONTRIBUTOR);

        assertThat(account.active()).isTrue();
        assertThat(account.writesApi()).isFalse();
        assertThat(account.writingApi(true))
                .isEqualTo(new Account(NAME, "a@b.org", null, null, null, Role.CONTRIBUTOR, true, true));
        assertThat(account.writingApi(true).writingApi(false)).isEqualTo(account);
    }
}

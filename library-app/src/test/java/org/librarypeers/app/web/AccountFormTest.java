package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.domain.UserName;

/** Tests of the checks of names, e-mail addresses and passwords. */
class AccountFormTest {

    private static final UserName ASHA = new UserName("asha");

    private static FormData checked(String field, String value) {
        Visit visit = OfflineLibrary.sent(field, value);
        FormData form = FormData.read(visit, field);
        switch (field) {
            case "username" -> AccountForm.checkName(visit, form);
            case "email" -> AccountForm.checkEmail(visit, form);
            default -> AccountForm.checkLines(visit, form);
        }
        return form;
    }

    @ParameterizedTest
    @CsvSource({"asha, true", "new, false", ".., false", "'a b', false", "'', false", "library, false"})
    void a_user_name_is_valid_and_not_reserved(String name, boolean good) {
        assertThat(checked("username", name).isGood()).isEqualTo(good);
    }

    @Test
    void the_name_is_returned_if_it_can_be_used() {
        Visit visit = OfflineLibrary.sent("username", "asha");
        assertThat(AccountForm.checkName(visit, FormData.read(visit, "username")))
                .contains(ASHA);
        Visit reserved = OfflineLibrary.sent("username", "new");
        assertThat(AccountForm.checkName(reserved, FormData.read(reserved, "username")))
                .isEmpty();
        assertThat(AccountForm.name("asha")).contains(ASHA);
        assertThat(AccountForm.name("a b")).isEmpty();
    }

    @Test
    void what_is_too_long_is_refused_with_both_lengths() {
        assertThat(checked("username", "x".repeat(150)).isGood()).isTrue();
        assertThat(checked("username", "x".repeat(151)).wrong("username")).contains("151", "150");
        assertThat(checked("email", "a".repeat(250) + "@b.org").wrong("email")).contains("256", "254");
        for (String field : new String[] {"fullname", "organisation"}) {
            assertThat(checked(field, "x".repeat(200)).isGood()).isTrue();
            assertThat(checked(field, "x".repeat(201)).wrong(field)).contains("201", "200");
            assertThat(checked(field, "a\u0007b").wrong(field)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"'', true", "asha@example.org, true", "asha, false"})
    void an_email_address_is_valid_or_missing(String email, boolean good) {
        assertThat(checked("email", email).isGood()).isEqualTo(good);
    }

    private static FormData password(String password, UserName name, boolean repeated, String again) {
        Visit visit = OfflineLibrary.sent("password", password, "repeated", again, "email", "asha@example.org");
        FormData form = FormData.read(visit, "email");
        AccountForm.checkPassword(visit, form, name, repeated);
        return form;
    }

    @Test
    void a_password_has_8_to_500_characters_and_is_uncommon() {
        assertThat(password("7horses", ASHA, false, "").wrong("password")).contains("7", "8");
        assertThat(password("\ud83d\udca7".repeat(7), ASHA, false, "").wrong("password"))
                .contains("7", "8");
        assertThat(password("qx7 vplm", ASHA, false, "").isGood()).isTrue();
        String longest = "correct horse battery staple ".repeat(18).substring(0, 500);
        assertThat(password(longest, ASHA, false, "").isGood()).isTrue();
        assertThat(password(longest + "x", ASHA, false, "").wrong("password")).contains("500");
        assertThat(password("password1", ASHA, false, "").wrong("password")).isNotNull();
        assertThat(password("asha@example.org", null, false, "").wrong("password"))
                .isNotNull();
    }

    @Test
    void a_password_that_must_be_repeated_is_compared() {
        assertThat(password("a long password", ASHA, true, "a long password").isGood())
                .isTrue();
        assertThat(password("a long password", ASHA, true, "a long passwort").wrong("repeated"))
                .isNotNull();
        assertThat(password("a long password", ASHA, false, "a long passwort").isGood())
                .isTrue();
        assertThat(AccountForm.password(OfflineLibrary.sent("password", " x "), "password"))
                .isEqualTo(" x ");
        assertThat(AccountForm.password(OfflineLibrary.sent(), "password")).isEmpty();
    }
}

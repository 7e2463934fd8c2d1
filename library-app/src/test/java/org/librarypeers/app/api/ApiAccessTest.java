package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.OfflineAnswer;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.OfflineVisitor;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of who calls the API, how often, and in which language. */
class ApiAccessTest {

    private static final UserName ASHA = new UserName("asha");
    private static final byte[] NOTHING = {};

    private final List<Optional<Account>> callers = new ArrayList<>();
    private final List<String> languages = new ArrayList<>();
    private final List<Throttle.Counted> counted = new ArrayList<>();

    private final OfflineLibrary library = OfflineLibrary.withApi((here, routes) -> {
        Authentication authentication = new Authentication(here.accounts(), here.signIns());
        Languages spoken = new Languages(() -> List.of("en", "es", "pt-br"));
        Throttle limited = new Throttle(here.storage().events(), here.clock(), 2);
        Throttle unlimited = new Throttle(here.storage().events(), here.clock(), 0);
        routes.get("/key", ctx -> callers.add(authentication.byKey(ctx)));
        routes.post("/key", ctx -> callers.add(authentication.byKey(ctx)));
        routes.get("/session", ctx -> callers.add(authentication.byKeyOrSession(ctx)));
        routes.post("/session", ctx -> callers.add(authentication.byKeyOrSession(ctx)));
        routes.get("/language", ctx -> {
            languages.add(spoken.of(ctx));
            languages.add(spoken.requested(ctx).orElse("none"));
        });
        routes.get("/limited", ctx -> limited.count(ctx, asha(here)).ifPresent(counted::add));
        routes.get("/unlimited", ctx -> unlimited.count(ctx, asha(here)).ifPresent(counted::add));
    });
    private String key;

    private static Account asha(OfflineLibrary here) {
        return here.accounts().find(ASHA).orElseThrow();
    }

    @BeforeEach
    void account() {
        library.accounts().create(ASHA, Role.MEMBER, null, "a long password");
        key = library.accounts().apiKey(ASHA).orElseThrow().secret();
    }

    private boolean isKnown(OfflineAnswer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return callers.remove(callers.size() - 1)
                .filter(account -> account.name().equals(ASHA))
                .isPresent();
    }

    private OfflineVisitor sending(String authorization) {
        return library.visitor().withHeader("Authorization", authorization);
    }

    @Test
    void a_key_is_accepted_in_the_header_the_query_and_a_form() {
        assertThat(isKnown(sending("ApiKey asha:" + key).get("/key"))).isTrue();
        assertThat(isKnown(sending("apikey  asha:" + key + " ").get("/key"))).isTrue();
        assertThat(isKnown(library.visitor().get("/key?username=asha&api_key=" + key)))
                .isTrue();
        assertThat(isKnown(library.visitor().postOnly("/key", "username", "asha", "api_key", key)))
                .isTrue();
    }

    @Test
    void a_wrong_or_incomplete_key_is_not() {
        for (String header : List.of("ApiKey asha:" + "0".repeat(40), "ApiKey asha", "ApiKey other:" + key)) {
            assertThat(isKnown(sending(header).get("/key"))).as(header).isFalse();
        }
        assertThat(isKnown(library.visitor().get("/key?username=asha"))).isFalse();
        assertThat(isKnown(library.visitor().get("/key?api_key=" + key))).isFalse();
        assertThat(isKnown(library.visitor().get("/key"))).isFalse();
        // Parameters in a body of another type are not read.
        assertThat(isKnown(library.visitor()
                        .withHeader("Content-Type", "text/plain")
                        .send("POST", "/key", ("username=asha&api_key=" + key).getBytes())))
                .isFalse();
    }

    @Test
    void a_header_of_this_scheme_wins_over_parameters_and_one_of_another_scheme_does_not() {
        String query = "/key?username=asha&api_key=" + key;

        assertThat(isKnown(sending("ApiKey asha:wrong").get(query))).isFalse();
        assertThat(isKnown(sending("Basic " + Base64.getEncoder().encodeToString(NOTHING))
                        .get(query)))
                .isTrue();
    }

    @Test
    void a_session_may_read_and_with_its_token_write() {
        String session = library.signIns().begin(ASHA);
        OfflineVisitor browser = library.visitor().withCookie("sessionid", session);

        assertThat(isKnown(browser.get("/session"))).isTrue();
        assertThat(isKnown(browser.get("/key"))).isFalse();
        assertThat(isKnown(browser.send("POST", "/session", NOTHING))).isFalse();
        browser.withHeader("X-CSRFToken", library.signIns().token(session));
        assertThat(isKnown(browser.send("POST", "/session", NOTHING))).isTrue();
        assertThat(isKnown(
                        browser.withHeader("Authorization", "ApiKey asha:wrong").get("/session")))
                .isFalse();
        assertThat(isKnown(browser.withHeader("Authorization", "Basic x").get("/session")))
                .isTrue();
        assertThat(isKnown(library.visitor().get("/session"))).isFalse();
        assertThat(isKnown(sending("ApiKey asha:" + key).get("/session"))).isTrue();
    }

    @Test
    void an_account_has_a_number_of_requests_per_hour_and_may_take_one_back() {
        OfflineVisitor visitor = library.visitor();
        visitor.get("/limited");
        library.clock().set(OfflineLibrary.NOON.plusSeconds(10));
        visitor.get("/limited");
        assertThat(counted).hasSize(2);

        OfflineAnswer refused = visitor.get("/limited");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("3590");
        library.clock().set(OfflineLibrary.NOON.plusSeconds(3_599).plusMillis(500));
        assertThat(visitor.get("/limited").header("Retry-After")).isEqualTo("1");
        assertThat(counted).hasSize(2);

        counted.get(1).takeBack();
        visitor.get("/limited");
        assertThat(counted).hasSize(3);
        assertThat(visitor.get("/limited").status()).isEqualTo(429);
    }

    @Test
    void without_a_limit_nothing_is_counted() {
        for (int i = 0; i < 5; i++) {
            assertThat(library.visitor().get("/unlimited").status()).isEqualTo(200);
        }
        assertThat(counted).hasSize(5).allSatisfy(Throttle.Counted::takeBack);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "es            | es    | es",
                "es-MX         | es    | es",
                "pt            | pt-br | pt-br",
                "pt-PT         | pt-br | pt-br",
                "fr, es;q=0.5  | es    | es",
                "fr            | en    | none",
                "p             | en    | none",
                "''            | en    | none"
            })
    void the_language_is_the_first_of_the_caller_that_the_library_has(String header, String of, String requested) {
        library.visitor().withHeader("Accept-Language", header).get("/language");

        assertThat(languages).containsExactly(of, requested);
    }
}

package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of authentication, accepted credentials and request limits. */
class AccessTest {

    private static final UserName WRITER = new UserName("writer");
    private static final String NEW = "{\"title\": \"From a session\", \"description\": \"d\"}";

    private static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        running.library().accounts().create(WRITER, Role.CONTRIBUTOR, null, "a writer's password");
        running.library().accounts().allowWriting(WRITER, true);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_browser_session_reads_and_writes_with_its_token() throws Exception {
        HttpResponse<String> signedIn = signIn("writer", "a writer's password");
        assertThat(signedIn.statusCode()).isEqualTo(303);
        List<String> cookies = signedIn.headers().allValues("set-cookie");
        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("sessionid=")
                        .containsIgnoringCase("HttpOnly")
                        .contains("SameSite=Lax"));
        String session = value(cookies, "sessionid");
        String token = value(cookies, "csrftoken");
        String cookie = "sessionid=" + session;

        assertThat(running.get("/api/v1/resource/", "Cookie", cookie).statusCode())
                .isEqualTo(200);
        assertThat(running.get("/api/v1/tag/", "Cookie", cookie).statusCode()).isEqualTo(401);
        assertThat(post(cookie, "").statusCode()).isEqualTo(401);
        assertThat(post(cookie, "0".repeat(64)).statusCode()).isEqualTo(401);
        assertThat(post(cookie, token).statusCode()).isEqualTo(201);
        assertThat(running.get("/api/v1/resource/", "Cookie", cookie, "Authorization", "ApiKey writer:nope")
                        .statusCode())
                .isEqualTo(401);
        assertThat(running.get("/api/v1/resource/", "Cookie", cookie, "Authorization", "Basic d3JpdGVyOng=")
                        .statusCode())
                .isEqualTo(200);

        running.send("POST", "/signout", "Cookie", cookie);
        assertThat(running.get("/api/v1/resource/", "Cookie", cookie).statusCode())
                .isEqualTo(200);
        running.send("POST", "/signout", "Cookie", cookie, "X-CSRFToken", token);
        assertThat(running.get("/api/v1/resource/", "Cookie", cookie).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_wrong_password_and_an_unknown_name_get_the_same_response() throws Exception {
        for (HttpResponse<String> answer :
                List.of(signIn("writer", "wrong"), signIn("nobody", "wrong"), signIn("no name!", "wrong"))) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(Jsoup.parse(answer.body()).select("main .problem").text())
                    .isEqualTo("The user name or the password is wrong. Check both and try again.");
            assertThat(answer.headers().allValues("set-cookie")).isEmpty();
        }
        assertThat(running.get("/api/v1/resource/", "Cookie", "sessionid=x").statusCode())
                .isEqualTo(401);
    }

    @Test
    void too_many_wrong_passwords_delay_further_sign_ins() throws Exception {
        UserName guessed = new UserName("guessed");
        running.library().accounts().create(guessed, Role.MEMBER, null, "the right one");
        for (int i = 0; i < 9; i++) {
            assertThat(signIn("guessed", "wrong one " + i).statusCode()).isEqualTo(401);
        }
        assertThat(signIn("guessed", "the right one").statusCode()).isEqualTo(303);
        for (int i = 0; i < 10; i++) {
            assertThat(signIn("guessed", "wrong one " + i).statusCode()).isEqualTo(401);
        }

        assertThat(signIn("guessed", "the right one").statusCode()).isEqualTo(429);
    }

    @Test
    void behind_a_proxy_addresses_have_the_scheme_and_host_of_the_caller() throws Exception {
        running.publish("Behind a proxy");
        assertThat(running.get(
                                "/api/v1/resource/?limit=1",
                                "Authorization",
                                running.authorization(WRITER),
                                "X-Forwarded-Proto",
                                "https",
                                "X-Forwarded-Host",
                                "library.example.org")
                        .body())
                .contains("\"url\": \"https://library.example.org/resource/view/");
    }

    @Test
    void an_inactive_account_has_no_access() throws Exception {
        UserName gone = new UserName("gone");
        running.library().accounts().create(gone, Role.MEMBER, null, "a long password");
        String authorization = running.authorization(gone);
        assertThat(running.get("/api/v1/resource/", "Authorization", authorization)
                        .statusCode())
                .isEqualTo(200);

        running.library().storage().accounts().update(new Account(gone, null, Role.MEMBER).withActive(false));

        assertThat(running.get("/api/v1/resource/", "Authorization", authorization)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_hourly_limit_applies_to_one_account_and_to_resource_addresses_only() throws Exception {
        try (RunningLibrary throttled = RunningLibrary.start(3)) {
            String reader = throttled.authorization(RunningLibrary.READER);
            String known = "/api/v1/resource/" + throttled.publish("One").guid();
            // Refused requests and other addresses do not count towards the limit.
            assertThat(throttled
                            .get("/api/v1/resource/?limit=x", "Authorization", reader)
                            .statusCode())
                    .isEqualTo(400);
            assertThat(throttled.get(known + "/", "Authorization", reader).statusCode())
                    .isEqualTo(404);
            assertThat(throttled
                            .send("DELETE", "/api/v1/resource/", "Authorization", reader)
                            .statusCode())
                    .isEqualTo(405);
            assertThat(throttled.get("/api/v1/tag/", "Authorization", reader).statusCode())
                    .isEqualTo(200);
            assertThat(throttled
                            .get("/api/v1/resource/", "Authorization", "ApiKey reader:x")
                            .statusCode())
                    .isEqualTo(401);

            assertThat(throttled
                            .get("/api/v1/resource/", "Authorization", reader)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(throttled
                            .get("/api/v1/resource/999999/", "Authorization", reader)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(throttled
                            .get("/api/v1/resource/search/?q=one", "Authorization", reader)
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> refused = throttled.get("/api/v1/resource/", "Authorization", reader);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).isEmpty();
            assertThat(Long.parseLong(
                            refused.headers().firstValue("retry-after").orElseThrow()))
                    .isBetween(3_500L, 3_600L);
            throttled.execute(
                    "update counted_event set at = at - interval '59 minutes', expires = expires - interval '59 minutes'");
            HttpResponse<String> soon = throttled.get("/api/v1/resource/", "Authorization", reader);
            assertThat(soon.statusCode()).isEqualTo(429);
            assertThat(soon.headers().firstValueAsLong("retry-after").orElseThrow())
                    .isBetween(1L, 60L);
            throttled.execute(
                    "update counted_event set at = at - interval '1 minute', expires = expires - interval '1 minute'");
            assertThat(throttled
                            .get("/api/v1/resource/", "Authorization", reader)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(throttled.get("/api/v1/tag/", "Authorization", reader).statusCode())
                    .isEqualTo(200);
            String reviewer = throttled.authorization(RunningLibrary.REVIEWER);
            assertThat(throttled
                            .get("/api/v1/resource/", "Authorization", reviewer)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Signs in like a browser, with the form's token and its cookie. */
    private static HttpResponse<String> signIn(String name, String password) throws Exception {
        HttpResponse<String> form = running.get("/signin");
        String visitor = value(form.headers().allValues("set-cookie"), "visitor");
        String token = Jsoup.parse(form.body()).select("input[name=csrf]").val();
        return running.send(
                "POST",
                "/signin",
                BodyPublishers.ofString("csrf=" + token + "&username=" + name.replace(" ", "+") + "&password="
                        + password.replace(" ", "+")),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Cookie",
                "visitor=" + visitor);
    }

    private static HttpResponse<String> post(String cookie, String token) throws Exception {
        return running.send(
                "POST", "/api/v1/resource/", BodyPublishers.ofString(NEW), "Cookie", cookie, "X-CSRFToken", token);
    }

    private static String value(List<String> cookies, String name) {
        return cookies.stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.replaceFirst("^[^=]*=", "").replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow();
    }
}

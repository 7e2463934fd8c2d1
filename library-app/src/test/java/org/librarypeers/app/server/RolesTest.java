package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.Rights.Row;
import org.librarypeers.app.server.Rights.Who;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.Samples;

/** Tests of every page with every role. {@link Rights} lists what each role may do. */
class RolesTest {

    private static final String PASSWORD = "a long password";
    private static final UserName ANOTHER = new UserName("another");

    private static final Pattern NAMES_RESOURCE = Pattern.compile("/resource/\\{slug}|/resources/\\{guid}");

    private static RunningLibrary running;
    private static final Map<Role, PageClient> PEOPLE = new EnumMap<>(Role.class);
    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        running.library().accounts().create(ANOTHER, Role.CONTRIBUTOR, null, PASSWORD);
        for (Role role : Role.values()) {
            UserName name = name(role);
            running.library().accounts().create(name, role, null, PASSWORD);
            PageClient client = new PageClient(running.address());
            client.signIn(name.value(), PASSWORD);
            PEOPLE.put(role, client);
            TOKENS.put(
                    role,
                    client.get("/profile").page().select("input[name=csrf]").val());
        }
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    /** Returns an address of the route. Anything that it names does not exist. */
    private static String address(Row route) {
        return address(route.path());
    }

    private static String address(String path) {
        return path.replace("{language}", "en")
                .replace("{guid}", Guid.random().toString())
                .replaceAll("\\{(slug|token|name)}", "nothing")
                .replaceAll("\\{\\w+}", "999999");
    }

    @Test
    void pages_that_need_a_role_are_closed_to_visitors() {
        PageClient stranger = new PageClient(running.address());
        String token =
                stranger.get("/signin").page().select("main input[name=csrf]").val();
        for (Row route : Rights.pages()) {
            Answer answer = ask(stranger, route, token);
            if (route.who() == Who.ANYONE || route.who() == Who.ANYONE_VISIBLE) {
                assertThat(answer.status()).as(route.toString()).isNotIn(403, 500);
                assertThat(answer.location()).as(route.toString()).doesNotStartWith("/signin?next");
            } else if (route.isStream()) {
                assertThat(answer.status()).as(route.toString()).isEqualTo(401);
            } else if (route.method().equals("GET")) {
                assertThat(answer.status()).as(route.toString()).isEqualTo(303);
                assertThat(answer.location()).as(route.toString()).startsWith("/signin?next=%2F");
            } else {
                assertThat(answer.status()).as(route.toString()).isEqualTo(403);
                assertThat(answer.page().select("h1").text()).isEqualTo("You are no longer signed in");
                assertThat(answer.page().select("main a[href=/signin]").text()).isEqualTo("Sign in");
            }
        }
    }

    @Test
    void a_part_of_a_page_is_not_replaced_with_the_sign_in_page() throws IOException, InterruptedException {
        HttpResponse<String> part = running.get("/peers", "HX-Request", "true", "Accept", "text/html");

        assertThat(part.statusCode()).isEqualTo(403);
        assertThat(part.body()).contains("You are no longer signed in");
    }

    @Test
    void a_public_form_rejects_files_of_any_visitor() {
        for (PageClient client : List.of(new PageClient(running.address()), PEOPLE.get(Role.ADMIN))) {
            assertThat(client.upload("/signin", "file", "a.txt", new byte[] {1}).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void each_role_can_use_exactly_its_pages() {
        for (Role role : Role.values()) {
            for (Row route : Rights.pages()) {
                // Signing out or changing the password or the key would end the test early.
                if (route.path().equals("/signout")
                        || (route.method().equals("POST") && route.path().startsWith("/profile"))) {
                    continue;
                }
                // Who added a resource makes a difference only where the route names one.
                boolean namesResource = NAMES_RESOURCE.matcher(route.path()).lookingAt();
                for (boolean own : namesResource ? new boolean[] {false, true} : new boolean[] {false}) {
                    String path = route.path();
                    if (namesResource) {
                        Resource resource = resource(own ? name(role) : ANOTHER, route);
                        path = path.replace("/resource/{slug}", "/resource/" + resource.slug())
                                .replace("/resources/{guid}", "/resources/" + resource.guid());
                    }
                    path = address(path);
                    Answer answer = ask(PEOPLE.get(role), route.method(), path, TOKENS.get(role));
                    String what = route + " as " + role + (own ? ", own" : "");
                    if (route.who().includes(role, own)) {
                        assertThat(answer.status()).as(what).isNotIn(403, 500);
                        if (route.who() == Who.CONTRIBUTOR_OWN || route.who() == Who.ANYONE_VISIBLE) {
                            assertThat(answer.status()).as(what).isNotEqualTo(404);
                        }
                    } else if (route.who() == Who.ANYONE_VISIBLE) {
                        assertThat(answer.status()).as(what).isEqualTo(404);
                    } else {
                        assertThat(answer.status()).as(what).isEqualTo(403);
                        assertThat(answer.page().select("h1").text()).isEqualTo("Not allowed for this account");
                    }
                }
            }
        }
    }

    /**
     * Creates a resource that is visible to all, so that only the right to change it matters, or a pending one if
     * needed.
     */
    private static Resource resource(UserName creator, Row route) {
        ResourceContent content = Samples.titled("A resource " + Guid.random());
        Resource made = running.library().authoring().create(content, creator).resource();
        if (route.who() != Who.ANYONE_VISIBLE) {
            running.library().review().approve(List.of(made.guid()));
        }
        return made;
    }

    private static UserName name(Role role) {
        return new UserName("a-" + role.word());
    }

    @Test
    void no_form_is_accepted_without_the_token_of_the_session() {
        List<String> let = new ArrayList<>();
        for (Row route : Rights.pages()) {
            if (route.method().equals("POST")) {
                for (String token : List.of("", "0".repeat(64), TOKENS.get(Role.MEMBER))) {
                    Answer answer = PEOPLE.get(Role.ADMIN).post(address(route), "csrf", token);
                    if (answer.status() != 403
                            || !answer.page().select("h1").text().equals("This form has expired")) {
                        let.add(route + " with " + token + ": " + answer.status());
                    }
                }
            }
        }
        assertThat(let).isEmpty();
    }

    @Test
    void every_page_permits_only_its_own_scripts() {
        for (Row route : Rights.pages()) {
            if (route.method().equals("GET")) {
                Answer answer = ask(PEOPLE.get(Role.ADMIN), route, "");
                String type =
                        answer.response().headers().firstValue("Content-Type").orElse("");
                if (type.startsWith("text/html")) {
                    assertThat(answer.response().headers().firstValue("Content-Security-Policy"))
                            .as(route.toString())
                            .hasValueSatisfying(policy -> assertThat(policy)
                                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                                    .doesNotContain("unsafe"));
                    assertThat(answer.page().select("script:not([src]), style, [style], [onclick], [onload]"))
                            .as(route.toString())
                            .isEmpty();
                }
            }
        }
    }

    private static Answer ask(PageClient client, Row route, String token) {
        return ask(client, route.method(), address(route), token);
    }

    private static Answer ask(PageClient client, String method, String path, String token) {
        return method.equals("GET") ? client.get(path) : client.post(path, "csrf", token);
    }
}

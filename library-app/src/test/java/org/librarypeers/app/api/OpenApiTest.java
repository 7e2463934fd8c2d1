package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.Rights;
import org.librarypeers.app.web.PageClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the OpenAPI description matches the registered routes. */
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

    private static RunningLibrary running;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        running = RunningLibrary.start();
        HttpResponse<String> answer = running.get("/openapi.json");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        document = JsonMapper.builder().build().readTree(answer.body());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void every_route_is_described_and_every_description_has_a_route() {
        Set<String> described = new TreeSet<>(document.path("paths").propertyNames());

        Set<String> routes = running.server().routes();
        Set<String> pages = Rights.pages().stream().map(Rights.Row::route).collect(Collectors.toSet());
        Set<String> paths = routes.stream()
                .filter(route -> !pages.contains(route))
                .map(route -> route.substring(route.indexOf(' ') + 1))
                .filter(path -> !path.startsWith("/assets/") && !path.equals("/favicon.ico"))
                .collect(Collectors.toSet());
        Set<String> routed = new TreeSet<>(paths);
        // An API address without its final slash only redirects to the address with it.
        routed.removeIf(path -> !path.endsWith("/") && paths.contains(path + "/"));
        routed.removeIf(path ->
                path.equals("/media/resource/{sha256}/{name}") || path.equals("/media/resourceimage/{sha256}/{name}"));
        routed.add("/media/{kind}/{sha256}/{name}");
        // OAI-PMH describes itself.
        routed.remove("/oai");
        // A path of several segments cannot be described.
        routed.remove("/media/<path>");

        assertThat(described).isEqualTo(routed);
    }

    @Test
    void each_address_supports_exactly_the_described_methods() throws Exception {
        for (String path : document.path("paths").propertyNames()) {
            if (path.startsWith("/api/")) {
                String real = path.replace("{id}", "1").replace("{ids}", "1;2");
                String allowed = running.send("OPTIONS", real)
                        .headers()
                        .firstValue("allow")
                        .orElseThrow();
                for (String method : METHODS) {
                    boolean described = document.path("paths").path(path).has(method.toLowerCase(Locale.ROOT));
                    int status = running.send(method, real).statusCode();
                    // The description leaves out methods that nobody may use and methods that are not implemented.
                    boolean useless = status == 501
                            || (method.equals("PUT") && path.equals("/api/v1/resource/"))
                            || (method.equals("DELETE") && !path.contains("{id}"));
                    assertThat(status == 405).as(method + " " + path).isEqualTo(!allowed.contains(method));
                    assertThat(described).as(method + " " + path).isEqualTo(allowed.contains(method) && !useless);
                }
            }
        }
    }

    @Test
    void every_operation_has_a_name_of_its_own_and_is_on_the_page() {
        List<String> names = document.findValues("operationId").stream()
                .map(JsonNode::asString)
                .toList();
        long operations =
                document.path("paths").valueStream().mapToLong(JsonNode::size).sum();

        assertThat(names).doesNotHaveDuplicates().hasSize((int) operations).allMatch(name -> name.matches("[a-z]\\w+"));
        PageClient.Answer page = new PageClient(running.address()).get("/about/api");
        assertThat(page.page().select("section > details[id]").eachAttr("id"))
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(page.page().select("#searchResources pre").text())
                .isEqualTo("curl -H 'Authorization: ApiKey USER:KEY' '" + running.address()
                        + "/api/v1/resource/search/?q=water'");
        assertThat(page.page().select("#uploadFile pre").text()).contains("-X POST", "-F resource_file=@resource_file");
    }

    @Test
    void every_reference_has_a_target() {
        document.findValues("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.asString().substring(1)).isObject())
                        .as(reference.asString())
                        .isTrue());
        assertThat(document.findValues("$ref")).isNotEmpty();
        assertThat(document.at("/components/schemas/resource/properties").propertyNames())
                .contains("title", "title_es", "title_pt_br", "guid", "urls");
    }
}

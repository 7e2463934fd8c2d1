package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.Rights.Row;
import org.librarypeers.app.server.Rights.Who;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.contract.SampleAttachment;

/** Tests of the table of rights against the routes, the docs and the API's answers to each account. */
class RightsTest {

    private static final UserName ANOTHER = new UserName("another");
    private static final String PASSWORD = "a long password";
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern DOCUMENTED = Pattern.compile("\\| ([A-Z]+) \\| `(/[^`]*)` \\| ([^|]+) \\|");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3, 4};

    private static RunningLibrary running;
    private static final List<Visitor> CALLERS = new ArrayList<>();

    /** An account that calls the API. */
    private record Visitor(UserName name, Role role, boolean writes) {}

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        running.library().accounts().create(ANOTHER, Role.CONTRIBUTOR, null, PASSWORD);
        running.library().accounts().allowWriting(ANOTHER, true);
        for (Role role : Role.values()) {
            for (boolean writes : new boolean[] {false, true}) {
                UserName name = new UserName(role.word() + (writes ? "-writes" : "-reads"));
                running.library().accounts().create(name, role, null, PASSWORD);
                running.library().accounts().allowWriting(name, writes);
                CALLERS.add(new Visitor(name, role, writes));
            }
        }
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void every_route_has_a_row_and_every_row_has_a_route() {
        Set<String> rows = Rights.rows().stream().map(Row::route).collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows).hasSameSizeAs(Rights.rows());

        Set<String> routes = new TreeSet<>(running.server().routes());
        // The API registers all methods of its addresses. Another test shows that methods without a row do nothing.
        routes.removeIf(route -> route.contains(" /api/") && !rows.contains(route));

        assertThat(routes).isEqualTo(rows);
    }

    @Test
    void operations_md_has_the_same_table() throws Exception {
        List<String> documented = new ArrayList<>();
        Matcher rows = DOCUMENTED.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        while (rows.find()) {
            documented.add(
                    rows.group(1) + " " + rows.group(2) + " (" + rows.group(3).strip() + ")");
        }

        assertThat(documented)
                .containsExactlyElementsOf(
                        Rights.rows().stream().map(Row::toString).toList());
    }

    @Test
    void api_methods_without_a_row_do_nothing_for_any_account() throws Exception {
        Visitor administrator = new Visitor(new UserName("admin-writes"), Role.ADMIN, true);
        assertThat(CALLERS).contains(administrator);
        Set<String> rows = Rights.api().stream().map(Row::route).collect(Collectors.toSet());
        SampleResource sample = sample(administrator.name(), true);
        for (String route : running.server().routes()) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            if (path.startsWith("/api/") && !rows.contains(route)) {
                int status = running.send(
                                method,
                                sample.address(path),
                                "Authorization",
                                running.authorization(administrator.name()))
                        .statusCode();
                int nothing = !path.endsWith("/") ? 301 : method.equals("OPTIONS") ? 200 : 405;
                // HEAD on the list of addresses is answered like GET.
                boolean head = route.equals("HEAD /api/v1/");
                assertThat(status).as(route).isEqualTo(head ? 200 : nothing);
            }
        }
        assertThat(running.server().routes()).hasSizeGreaterThan(rows.size() + METHODS.size());
    }

    @Test
    void the_api_does_nothing_without_a_valid_key() throws Exception {
        SampleResource sample = sample(ANOTHER, true);
        for (Row row : Rights.api()) {
            // These methods are not implemented. Existing sites say so to everyone.
            int refused = isNotImplemented(row) ? 501 : 401;
            int expected = row.who() == Who.ANYONE ? 200 : refused;
            assertThat(send(row, sample).statusCode()).as(row.toString()).isEqualTo(expected);
            assertThat(send(row, sample, "Authorization", "ApiKey admin-writes:" + "0".repeat(40))
                            .statusCode())
                    .as(row + " with a wrong key")
                    .isEqualTo(expected);
        }
    }

    @Test
    void each_account_can_do_with_its_key_exactly_what_the_table_states() throws Exception {
        List<String> differences = new ArrayList<>();
        for (Row row : Rights.api()) {
            for (Visitor caller : CALLERS) {
                for (boolean own : new boolean[] {false, true}) {
                    // Approved resources are visible to all, so that only the right to change them makes a difference.
                    boolean approved = row.who() != Who.KEY_VISIBLE;
                    SampleResource sample = sample(own ? caller.name() : ANOTHER, approved);
                    HttpResponse<String> answer =
                            send(row, sample, "Authorization", running.authorization(caller.name()));
                    boolean may = row.who().includes(caller.role(), caller.writes(), own);
                    if (may != isDone(row, sample, answer)) {
                        differences.add(row + " as " + caller + (own ? ", own" : "") + ": " + answer.statusCode() + " "
                                + answer.body());
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void only_resource_addresses_accept_a_browser_session() {
        PageClient browser = new PageClient(running.address());
        assertThat(browser.signIn("admin-writes", PASSWORD).status()).isEqualTo(303);
        SampleResource sample = sample(ANOTHER, true);
        for (Row row : Rights.api()) {
            if (row.method().equals("GET")) {
                boolean read = row.who() == Who.ANYONE || row.path().startsWith("/api/v1/resource/");
                assertThat(browser.get(sample.address(row.path())).status())
                        .as(row.toString())
                        .isEqualTo(read ? 200 : 401);
            }
        }
    }

    private static boolean isNotImplemented(Row row) {
        return row.who() == Who.NOBODY && row.method().equals("POST");
    }

    /**
     * Returns whether the request was carried out. An answer that is neither a success nor a refusal fails the test.
     */
    private static boolean isDone(Row row, SampleResource sample, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (row.who() == Who.KEY_VISIBLE) {
            assertThat(status).as(row.toString()).isIn(200, 404);
            return status == 200 && answer.body().contains('"' + sample.uri(row.path()) + '"');
        }
        assertThat(status).as(row + ": " + answer.body()).isIn(200, 201, 204, isNotImplemented(row) ? 501 : 401);
        return status < 300;
    }

    /** A resource with a link, a file and a tag, and their API addresses. */
    private record SampleResource(CatalogueEntry entry, long otherTag) {

        String address(String path) {
            String id = String.valueOf(id(path));
            return path.replace("{id}", id).replace("{ids}", id)
                    + (path.endsWith("/search/") ? "?q=sample" : path.contains("{") ? "" : "?limit=0");
        }

        private long number(AttachmentKind kind) {
            return entry.numberOf(entry.resource().content().attachments(kind).get(0));
        }

        private long id(String path) {
            return switch (path.split("/").length > 3 ? path.split("/")[3] : "") {
                case "resourceurl" -> number(AttachmentKind.LINK);
                case "resourcefile" -> number(AttachmentKind.FILE);
                case "resourcetag" -> entry.taggings().get(0).id();
                case "tag", "tags" -> entry.taggings().get(0).tag();
                case "category" ->
                    running.library().storage().tags().categories().get(0).id();
                default -> entry.id();
            };
        }

        String uri(String path) {
            return "/api/v1/" + path.split("/")[3] + "/" + id(path) + "/";
        }

        String body(Row row) {
            return switch (row.path().replaceAll("/\\{id}/$|/$", "").replaceAll(".*/", "")) {
                case "resource" ->
                    "{\"title\": \"Title %s\", \"description\": \"Some words\"}".formatted(Guid.random());
                case "resourceurl" ->
                    "{\"resource_id\": %d, \"url\": \"https://example.org/a\", \"title\": \"A link\"}"
                            .formatted(entry.id());
                case "resourcetag" -> "{\"resource_id\": %d, \"tag_id\": %d}".formatted(entry.id(), otherTag);
                case "tag" -> "{\"name\": \"Tag %s\"}".formatted(Guid.random());
                default -> "";
            };
        }
    }

    private static SampleResource sample(UserName creator, boolean approved) {
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "A sample " + Guid.random()))
                .tags(List.of(Tag.of("Audience", "Nurse")))
                .attachments(List.of(
                        SampleAttachment.link("https://example.org").build(),
                        SampleAttachment.file("https://example.org/f").build()))
                .build();
        CatalogueEntry entry = running.library().authoring().create(content, creator);
        if (approved) {
            Resource resource = entry.resource();
            running.library().review().approve(List.of(resource.guid()));
        }
        long otherTag = running.library()
                .storage()
                .tags()
                .findOrAdd(Tag.of("Audience", "Midwife"))
                .id();
        return new SampleResource(
                running.library().storage().catalogue().find(entry.id()).orElseThrow(), otherTag);
    }

    private static HttpResponse<String> send(Row row, SampleResource sample, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        BodyPublisher body = BodyPublishers.noBody();
        if (row.path().startsWith("/api/upload/")) {
            all.addAll(List.of("Content-Type", "multipart/form-data; boundary=limit"));
            body = upload(row.path().contains("image") ? "image_file" : "resource_file", sample);
        } else if (row.method().equals("POST") || row.method().equals("PUT")) {
            all.addAll(List.of("Content-Type", "application/json"));
            body = BodyPublishers.ofString(sample.body(row));
        }
        return running.send(row.method(), sample.address(row.path()), body, all.toArray(String[]::new));
    }

    private static BodyPublisher upload(String field, SampleResource sample) {
        String start = "--limit\r\nContent-Disposition: form-data; name=\"resource_id\"\r\n\r\n"
                + sample.entry().id()
                + "\r\n--limit\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA file"
                + "\r\n--limit\r\nContent-Disposition: form-data; name=\"" + field
                + "\"; filename=\"x.png\"\r\n\r\n";
        return BodyPublishers.concat(
                BodyPublishers.ofString(start),
                BodyPublishers.ofByteArray(PNG),
                BodyPublishers.ofString("\r\n--limit--\r\n"));
    }
}

package org.librarypeers.app.move;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.ScriptedResource;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tests what another library sees after a site that it pulls from moved to this program. */
@Timeout(120)
class MovedSiteTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> PARTS = List.of("files", "urls", "tags");
    private static final String PICTURE = "resourceimage/2016/05/18/water.png";
    private static final String POSTER = "resource/2016/05/18/poster (A4).pdf";

    @TempDir
    private Path directory;

    private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();

    @Test
    void the_next_sync_from_the_same_address_sees_nothing_new_and_nothing_changed() throws Exception {
        try (RunningLibrary moved = RunningLibrary.start();
                RunningLibrary reader = RunningLibrary.start()) {
            Peer peer = readBefore(reader);
            Path dump = Files.writeString(directory.resolve("dump.json"), rows.toString());
            for (String file : List.of(POSTER, PICTURE)) {
                Files.createDirectories(directory.resolve(file).getParent());
                Files.writeString(directory.resolve(file), "content");
            }

            MoveReport report = moved.library().siteImport().run(dump, directory);

            assertThat(report.left()).isEmpty();
            int port = peer.host().orElseThrow().uri().getPort();
            try (LibraryServer server = LibraryServer.start(moved.library(), "127.0.0.1", port)) {
                assertThat(server.address()).endsWith(":" + port);
                SyncLog next = sync(reader, peer);
                assertThat(next.status()).as(next.message()).isEqualTo(SyncStatus.SUCCEEDED);
                assertThat(next.tally().added()
                                + next.tally().updated()
                                + next.tally().failed())
                        .isZero();
                SyncLog whole = reader.library()
                        .sync()
                        .sync(peer, SyncScope.EVERY_DETAIL, SyncListener.NONE)
                        .log();
                assertThat(whole.tally()).isEqualTo(SyncTally.NONE.unchanged(3));
            }
        }
    }

    /** Syncs a library from the site, writes the rows of the site, and stops the site. */
    private Peer readBefore(RunningLibrary reader) throws IOException, InterruptedException {
        try (ScriptedOrbSite site = new ScriptedOrbSite()) {
            List<ScriptedResource> resources = List.of(poster(site), site.add("Plain"), tagged(site));
            Peer peer = site.peer(reader.library().storage().peers().nextId());
            reader.library().storage().peers().save(peer);
            assertThat(sync(reader, peer).tally()).isEqualTo(SyncTally.NONE.added(3));
            for (ScriptedResource resource : resources) {
                addRows(detail(site, resource));
            }
            addUser();
            return peer;
        }
    }

    private static ScriptedResource poster(ScriptedOrbSite site) {
        return site.add(Guid.random(), resource -> {
            resource.text("title", "en", "Safe water").text("title", "es", "Agua segura");
            resource.text("description", "en", "<p>Boil &amp; cool</p>").text("description", "es", "<p>Hervir</p>");
            resource.text("attribution", "en", "A nurse");
            resource.set("born_on", "2015-12-31T00:00:00")
                    .set("study_time_number", 15)
                    .set("study_time_unit", "mins")
                    .set("image", site.host() + "/media/" + PICTURE);
            resource.file(Guid.random(), site.host() + "/media/resource/2016/05/18/poster%20(A4).pdf")
                    .put("title_en", "Poster");
            resource.link(Guid.random(), "https://example.org/water?lang=es").put("order_by", 3);
        });
    }

    private static ScriptedResource tagged(ScriptedOrbSite site) {
        return site.add(Guid.random(), resource -> {
            resource.text("title", "en", "Tagged");
            resource.tag("Audience", "Midwife").put("name_es", "Partera");
            resource.tag("Geography", "Malawi");
        });
    }

    private static SyncLog sync(RunningLibrary library, Peer peer) {
        return library.library().sync().sync(peer, SyncListener.NONE).log();
    }

    private static ObjectNode detail(ScriptedOrbSite site, ScriptedResource resource)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(site.host() + "/api/v1/resource/" + resource.id() + "/"))
                .header("Authorization", "ApiKey " + ScriptedOrbSite.USER + ":" + ScriptedOrbSite.KEY)
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return (ObjectNode) JSON.readTree(answer.body());
    }

    /** Adds the rows from which the site made its answer. */
    private void addRows(ObjectNode detail) {
        long id = detail.path("id").asLong();
        ObjectNode resource = detail.deepCopy();
        PARTS.forEach(resource::remove);
        List.of("id", "languages", "resource_uri", "source_url", "url").forEach(resource::remove);
        if (!resource.path("image").isNull()) {
            resource.put("image", PICTURE);
        }
        resource.put("create_user", 1).put("update_user", 1).putNull("source_peer");
        row("orb.resource", id, resource);
        detail.path("files").forEach(file -> {
            ObjectNode fields = part(file, id);
            List.of("file_extension", "is_embeddable", "sha1").forEach(fields::remove);
            row("orb.resourcefile", file.path("id").asLong(), fields.put("file", POSTER));
        });
        detail.path("urls")
                .forEach(link -> row("orb.resourceurl", link.path("id").asLong(), part(link, id)));
        detail.path("tags").forEach(tagging -> addTag(tagging, id));
    }

    private static ObjectNode part(JsonNode sent, long resource) {
        ObjectNode fields = sent.deepCopy().asObject();
        List.of("id", "resource_uri").forEach(fields::remove);
        return fields.put("resource", resource);
    }

    private void addTag(JsonNode tagging, long resource) {
        ObjectNode tag = tagging.path("tag").deepCopy().asObject();
        long id = tag.path("id").asLong();
        ObjectNode category = JsonNodeFactory.instance.objectNode();
        List.of("", "_en", "_es", "_pt_br")
                .forEach(language -> category.set("name" + language, tag.remove("category" + language)));
        row("orb.category", id, category);
        List.of("id", "resource_uri", "url").forEach(tag::remove);
        row("orb.tag", id, tag.put("category", id));
        row(
                "orb.resourcetag",
                tagging.path("id").asLong(),
                JsonNodeFactory.instance.objectNode().put("resource", resource).put("tag", id));
    }

    private void addUser() {
        String hash = "pbkdf2_sha256$1000$seasalt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        row(
                "auth.user",
                1,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("username", ScriptedOrbSite.USER)
                        .put("password", hash)
                        .put("is_active", true));
        row(
                "tastypie.apikey",
                1,
                JsonNodeFactory.instance.objectNode().put("user", 1).put("key", ScriptedOrbSite.KEY));
    }

    private void row(String model, long key, ObjectNode fields) {
        rows.addObject().put("model", model).put("pk", key).set("fields", fields);
    }
}

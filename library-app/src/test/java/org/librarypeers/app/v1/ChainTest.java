package org.librarypeers.app.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.ScriptedResource;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import tools.jackson.databind.JsonNode;

/** An existing site, a library of ours that pulls from it, another of ours, and an existing site that pulls from that one. */
class ChainTest {

    @Test
    void what_a_site_made_comes_through_two_libraries_of_ours_to_another_site() throws Exception {
        try (ScriptedOrbSite first = new ScriptedOrbSite();
                RunningLibrary second = RunningLibrary.start();
                RunningLibrary third = RunningLibrary.start()) {
            ScriptedResource water = first.add(Guid.random(), resource -> {
                resource.text("title", "en", "Safe water").text("title", "es", "Agua segura");
                resource.text("description", "en", "<p>Boil it</p>");
                resource.set("image", first.host() + "/media/resourceimage/water.png");
                resource.link(Guid.random(), "https://example.org/water");
                resource.file(Guid.random(), first.host() + "/media/resource/water.pdf");
                resource.tag("Audience", "Midwife");
            });
            IntStream.range(0, 30).forEach(i -> first.add("Resource " + i));
            Peer site = first.peer(second.library().storage().peers().nextId());
            second.library().storage().peers().save(site);

            assertThat(taken(second, site)).isEqualTo(31);
            assertThat(taken(third, third.addPeer(second))).isEqualTo(31);
            // The last one knows the first, so that its images are known to answer.
            third.library()
                    .storage()
                    .peers()
                    .save(first.peer(third.library().storage().peers().nextId()));
            V1Peer fourth = new V1Peer(
                    third.address(), "reader", third.key(RunningLibrary.READER).secret());

            assertThat(fourth.sync()).isEqualTo(31);

            JsonNode arrived = fourth.imported.get(water.guid().toString());
            assertThat(arrived.path("title_es").asString()).isEqualTo("Agua segura");
            assertThat(arrived.path("image").asString()).isEqualTo(first.host() + "/media/resourceimage/water.png");
            assertThat(arrived.at("/urls/0/url").asString()).isEqualTo("https://example.org/water");
            assertThat(arrived.at("/files/0/file").asString()).isEqualTo(first.host() + "/media/resource/water.pdf");
            assertThat(arrived.at("/tags/0/tag/name").asString()).isEqualTo("Midwife");
            assertThat(arrived.path("source_host").asString()).isEqualTo(first.host());
            assertThat(arrived.path("source_url").asString()).startsWith(first.host() + "/resource/view/");
            assertThat(arrived.path("url").asString()).startsWith(third.address() + "/resource/view/");
        }
    }

    private static int taken(RunningLibrary library, Peer peer) {
        SyncReport report = library.library().sync().sync(peer, SyncListener.NONE);
        int published = library.library().review().approveAll().changed();
        assertThat(published).isEqualTo(report.log().tally().added());
        return published;
    }
}

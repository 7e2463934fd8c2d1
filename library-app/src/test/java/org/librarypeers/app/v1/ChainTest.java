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

            assertThat(fourth.sync()).isEqualTo(End.COMPLETE);
            assertThat(fourth.store().resources()).hasSize(31);

            V1Store.Stored arrived = fourth.store().resources().get(water.guid().toString());
            assertThat(arrived.field("title_es")).isEqualTo("Agua segura");
            assertThat(arrived.field("image")).isEqualTo(first.host() + "/media/resourceimage/water.png");
            assertThat(arrived.urls.get(0)).containsEntry("url", "https://example.org/water");
            assertThat(arrived.files.get(0)).containsEntry("file", first.host() + "/media/resource/water.pdf");
            assertThat(arrived.tags.get(0).name()).isEqualTo("Midwife");
            assertThat(arrived.field("source_host")).isEqualTo(first.host());
            assertThat((String) arrived.field("source_url")).startsWith(first.host() + "/resource/view/");
            assertThat((String) arrived.field("url")).startsWith(third.address() + "/resource/view/");
        }
    }

    private static int taken(RunningLibrary library, Peer peer) {
        SyncReport report = library.library().sync().sync(peer, SyncListener.NONE);
        int published = library.library().review().approveAll().changed();
        assertThat(published).isEqualTo(report.log().tally().added());
        return published;
    }
}

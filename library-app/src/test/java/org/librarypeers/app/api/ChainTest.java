package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.ScriptedResource;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;

/** Tests of a chain: an existing site, two libraries that pull one from the other, and an existing site at the end. */
class ChainTest {

    @Test
    void a_resource_of_one_site_reaches_another_site_through_two_libraries() throws Exception {
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
            // The third library has the first site as a peer, so that it checks the host of its images.
            third.library()
                    .storage()
                    .peers()
                    .save(first.peer(third.library().storage().peers().nextId()));
            V1Peer fourth = new V1Peer(
                    third.address(), "reader", third.key(RunningLibrary.READER).secret());

            assertThat(fourth.sync()).isEqualTo(V1SyncEnd.COMPLETE);
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

    @Test
    void a_french_text_passes_through_libraries_that_have_no_french() throws Exception {
        try (ScriptedOrbSite first = new ScriptedOrbSite();
                RunningLibrary second = RunningLibrary.start();
                RunningLibrary third = RunningLibrary.start()) {
            first.languages("fr");
            ScriptedResource washing = first.add(Guid.random(), resource -> {
                resource.text("title", "fr", "Lavage des mains");
                resource.text("description", "fr", "<p>Avec du savon</p>");
                resource.text("attribution", "fr", "OMS");
                resource.tag("Public", "Sage-femme");
            });
            Peer site = first.peer(second.library().storage().peers().nextId());
            second.library().storage().peers().save(site);
            taken(second, site);
            taken(third, third.addPeer(second));

            ResourceContent arrived = third.library()
                    .storage()
                    .resources()
                    .find(washing.guid())
                    .orElseThrow()
                    .content();
            assertThat(arrived.title()).isEqualTo(LocalizedText.of("fr", "Lavage des mains"));
            assertThat(arrived.description()).isEqualTo(LocalizedText.of("fr", "<p>Avec du savon</p>"));
            assertThat(arrived.attribution()).isEqualTo(LocalizedText.of("fr", "OMS"));
            assertThat(arrived.tags().get(0).names()).isEqualTo(LocalizedText.of("fr", "Sage-femme"));

            V1Peer english = new V1Peer(
                    third.address(), "reader", third.key(RunningLibrary.READER).secret());
            V1Peer french = new V1Peer(
                    third.address(), "reader", third.key(RunningLibrary.READER).secret(), List.of("en", "fr"));
            assertThat(english.sync()).isEqualTo(V1SyncEnd.COMPLETE);
            assertThat(french.sync()).isEqualTo(V1SyncEnd.COMPLETE);
            V1Store.Stored read = english.store().resources().get(washing.guid().toString());
            assertThat(read.field("title")).isEqualTo("Lavage des mains");
            assertThat(read.field("description")).isEqualTo("<p>Avec du savon</p>");
            V1Store.Stored kept = french.store().resources().get(washing.guid().toString());
            assertThat(kept.field("title_fr")).isEqualTo("Lavage des mains");
            assertThat(kept.field("description_fr")).isEqualTo("<p>Avec du savon</p>");
            assertThat(kept.field("attribution_fr")).isEqualTo("OMS");
            assertThat(kept.tags.get(0).fields()).containsEntry("name_fr", "Sage-femme");
        }
    }

    private static int taken(RunningLibrary library, Peer peer) {
        SyncReport report = library.library().sync().sync(peer, SyncListener.NONE);
        int published = library.library().review().approveAll().changed();
        assertThat(published).isEqualTo(report.log().tally().added());
        return published;
    }
}

package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.contract.SampleAttachment;

/** Tests of a chain whose first link is carried by hand: A writes a bundle, B reads it, and C pulls from B over HTTP. */
class BundleChainTest {

    @TempDir
    private Path folder;

    @Test
    void what_one_library_carries_to_another_reaches_a_third_over_the_network() throws Exception {
        try (RunningLibrary a = RunningLibrary.start(settings ->
                        settings.with(Settings.NAME, "Clinic A").with(Settings.BASE_URL, "https://a.example.org"));
                RunningLibrary b = RunningLibrary.start();
                RunningLibrary c = RunningLibrary.start()) {
            byte[] content = "a poster".getBytes(StandardCharsets.UTF_8);
            String sha256 = a.library()
                    .files()
                    .put(new ByteArrayInputStream(content), 100)
                    .sha256();
            Guid water = Guid.random();
            a.publish(
                    water,
                    ResourceContent.titled(LocalizedText.of("en", "Safe water"))
                            .description(LocalizedText.of("en", "<p>غسل اليدين 🧼</p>"))
                            .attachments(List.of(SampleAttachment.file("/media/resource/" + sha256 + "/poster.pdf")
                                    .build()))
                            .build());
            a.publishMany(450);
            Path file = folder.resolve("a.zip");
            a.library().bundles().write(file, BundleOrder.EVERYTHING.withFiles(true));

            try (OpenedBundle bundle = b.library().bundles().open(file)) {
                assertThat(bundle.manifest().isComplete()).isTrue();
                BundleService service = b.library().bundles();
                Peer peer = service.confirm(service.sender(bundle.manifest()));
                BundleService.Read read = service.read(bundle, peer, SyncListener.NONE);
                assertThat(read.report().succeeded())
                        .as(read.report().log().message())
                        .isTrue();
                assertThat(read.report().log().tally().added()).isEqualTo(451);
                // All libraries of a test share their files, so none is new; BundleServiceTest has separate ones.
                assertThat(bundle.files()).hasSize(1);
            }
            Resource atB = b.library().storage().resources().find(water).orElseThrow();
            b.library()
                    .storage()
                    .resources()
                    .save(atB.approve(b.library().clock().instant()));

            Peer ofC = c.addPeer(b);
            SyncReport pulled = c.library().sync().sync(ofC);
            assertThat(pulled.succeeded()).as(pulled.log().message()).isTrue();

            Resource atC = c.library().storage().resources().find(water).orElseThrow();
            Attachment poster = atC.content().attachments().get(0);
            assertThat(poster.url()).isEqualTo("https://a.example.org/media/resource/" + sha256 + "/poster.pdf");
            assertThat(atC.content().title()).isEqualTo(atB.content().title());
            assertThat(atC.content().description()).isEqualTo(atB.content().description());
            Origin.FromPeer origin = (Origin.FromPeer) atC.origin();
            assertThat(origin.sourceHost()).isEqualTo("https://a.example.org");
            assertThat(origin.sourceName()).isEqualTo("Clinic A");
            assertThat(origin.route().libraries())
                    .containsExactly(
                            a.library().storage().id(), b.library().storage().id());
        }
    }
}

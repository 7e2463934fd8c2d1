package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.ImageHostRepository.ImageHost;

/** Contract tests of {@link org.librarypeers.sync.catalogue.ImageHostRepository}. */
@Timeout(60)
abstract class ImageHostContract extends LibraryContract {

    private static final PeerHost HOST = PeerHost.of("https://images.example.org");
    private static final Instant LATER = Samples.NOON.plusSeconds(60);

    @Test
    void the_last_saved_state_of_a_host_is_found() {
        assertThat(storage.imageHosts().find(HOST)).isEmpty();

        ImageHost silent = new ImageHost(HOST, false, Samples.NOON);
        storage.imageHosts().save(silent);
        assertThat(storage.imageHosts().find(HOST)).contains(silent);
        assertThat(storage.imageHosts().find(PeerHost.of("http://images.example.org")))
                .isEmpty();

        ImageHost answering = new ImageHost(HOST, true, LATER);
        storage.imageHosts().save(answering);
        assertThat(storage.imageHosts().find(HOST)).contains(answering);
    }

    @Test
    void resources_with_an_image_at_a_host_get_a_new_update_date_when_its_availability_changes() {
        Guid own = save("https://IMAGES.example.org:443/a.png", null);
        Guid ofTag = save(null, "https://images.example.org/tag.png");
        Guid elsewhere = save("https://example.org/images.example.org/a.png", "https://example.org/images.example.org");
        Guid none = save(null, null);
        CatalogueEntry before = shown(own);
        storage.imageHosts().save(new ImageHost(HOST, true, Samples.NOON));

        // The first known state of a host changes no resource, nor does the same state again.
        storage.imageHosts().save(new ImageHost(HOST, true, LATER));
        assertThat(List.of(updated(own), updated(ofTag), updated(elsewhere), updated(none)))
                .containsOnly(Samples.NOON);

        storage.imageHosts().save(new ImageHost(HOST, false, LATER));
        assertThat(List.of(updated(own), updated(ofTag))).containsOnly(LATER);
        assertThat(List.of(updated(elsewhere), updated(none))).containsOnly(Samples.NOON);
        assertThat(shown(own).position()).isEqualTo(before.position());
        assertThat(shown(own).resource().revision()).isEqualTo(before.resource().revision());

        // The update date advances even if the clock was set back.
        storage.imageHosts().save(new ImageHost(HOST, true, Samples.NOON));
        assertThat(updated(own)).isEqualTo(LATER.plusNanos(1_000));

        // A resource that was read before the change can still be saved.
        Resource read = shown(own).resource();
        storage.imageHosts().save(new ImageHost(HOST, false, LATER.plusSeconds(60)));
        storage.resources().save(read.reject(LATER));
        assertThat(updated(own)).isAfter(LATER);
    }

    @Test
    void resources_that_are_not_public_keep_their_update_date() {
        Guid own = save("https://images.example.org/a.png", null);
        Guid ofTag = save(null, "https://images.example.org/tag.png");
        storage.resources().save(shown(own).resource().submit(Samples.NOON));
        storage.resources().save(shown(ofTag).resource().submit(Samples.NOON));
        List<Instant> before = List.of(updated(own), updated(ofTag));
        storage.imageHosts().save(new ImageHost(HOST, true, Samples.NOON));

        storage.imageHosts().save(new ImageHost(HOST, false, LATER));

        assertThat(List.of(updated(own), updated(ofTag))).isEqualTo(before);
    }

    private Guid save(@Nullable String image, @Nullable String tagImage) {
        Guid guid = Guid.random();
        ResourceContent.Builder content =
                ResourceContent.titled(LocalizedText.of("en", "With images")).image(image);
        if (tagImage != null) {
            Tag tag = Tag.of("Topic", "Tag " + guid);
            content.tags(List.of(SampleTag.like(tag).image(tagImage).build()));
        }
        storage.resources()
                .save(Resource.create(guid, content.build(), new UserName("amina"), Samples.NOON)
                        .approve(Samples.NOON));
        return guid;
    }

    private CatalogueEntry shown(Guid guid) {
        return storage.catalogue().find(guid).orElseThrow();
    }

    private Instant updated(Guid guid) {
        return storage.resources().find(guid).orElseThrow().updated();
    }
}

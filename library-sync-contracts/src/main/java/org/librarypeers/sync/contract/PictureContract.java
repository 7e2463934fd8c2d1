package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.pictures.FailingPicture;
import org.librarypeers.sync.pictures.PictureCopies;
import org.librarypeers.sync.pictures.PictureCopy;
import org.librarypeers.sync.pictures.PictureCounts;
import org.librarypeers.sync.pictures.PictureProblem;
import org.librarypeers.sync.pictures.PictureTask;

/** Contract tests of {@link org.librarypeers.sync.pictures.PictureRepository}. */
@Timeout(60)
abstract class PictureContract extends LibraryContract {

    private static final Instant NOW = Samples.NOON;
    private static final Instant NEXT_MONTH = NOW.plus(Duration.ofDays(30));
    private static final Duration CLAIM = Duration.ofMinutes(10);
    private static final String FIRST = "https://a.example.org/صورة 🩺.png";
    private static final String SECOND = "https://b.example.org/b.png";
    private static final PictureCopies COPIES = new PictureCopies(
            new PictureCopy("a".repeat(64), PictureCopy.Format.JPEG, 320, 200),
            new PictureCopy("b".repeat(64), PictureCopy.Format.PNG, 1280, 800));

    private Resource save(@Nullable String image) {
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "With a picture"))
                .image(image)
                .build();
        return saved(Resource.create(Guid.random(), content, new UserName("amina"), NOW));
    }

    private Resource edit(Resource resource, @Nullable String image) {
        ResourceContent content = resource.content().toBuilder().image(image).build();
        return saved(resource.edit(content, new UserName("amina"), NOW));
    }

    private int scan(int limit) {
        storage.catalogue().index(1_000);
        return storage.pictures().scan(PictureContract::named, limit, NOW);
    }

    private static Set<String> named(Resource resource) {
        return Set.copyOf(
                Stream.ofNullable(resource.revisions().toReview().content().image())
                        .toList());
    }

    private Optional<PictureTask> claim(Instant now) {
        return storage.pictures().claim(now, CLAIM, List.of(), "");
    }

    private PictureTask claimed() {
        return claim(NOW).orElseThrow();
    }

    @Test
    void a_scan_finds_each_saved_content_once() {
        save(FIRST);
        Resource second = save(FIRST);
        save(null);

        assertThat(scan(1)).isEqualTo(1);
        while (scan(1) > 0) {
            // Goes on with the next resource.
        }
        assertThat(claimed().address()).isEqualTo(FIRST);
        assertThat(claim(NOW)).isEmpty();

        edit(second, SECOND);
        assertThat(scan(10)).isEqualTo(1);
        assertThat(claimed().address()).isEqualTo(SECOND);
        assertThat(scan(10)).isZero();
    }

    @Test
    void a_scan_finds_the_content_that_waits_for_a_review() {
        ReviewedPeer peer = new ReviewedPeer();
        Resource published = peer.published(FIRST);
        scan(10);
        assertThat(claimed().address()).isEqualTo(FIRST);

        peer.update(published, SECOND);
        scan(10);

        assertThat(claimed().address()).isEqualTo(SECOND);
    }

    /** A peer whose updates wait for a review. */
    private final class ReviewedPeer {
        private final Peer peer =
                savedPeer("http://10.1.2.3:8000").withPublication(PublicationPolicy.REVIEW_EVERYTHING);

        ReviewedPeer() {
            storage.peers().save(peer);
        }

        Resource published(String image) {
            Resource resource = Samples.adopted(Samples.incoming(Guid.random(), content(image)), delivery());
            return saved(resource.approve(NOW));
        }

        void update(Resource resource, String image) {
            Received received = resource.receive(Samples.incoming(resource.guid(), content(image)), delivery());
            saved(((Received.Updated) received).resource());
        }

        private Delivery delivery() {
            return Samples.delivery(storage, peer, storage.syncLogs().nextId());
        }

        private static ResourceContent content(String image) {
            return ResourceContent.titled(LocalizedText.of("en", "From a peer"))
                    .image(image)
                    .build();
        }
    }

    @Test
    void a_task_names_the_peers_whose_resources_name_the_picture() {
        ReviewedPeer peer = new ReviewedPeer();
        peer.published(FIRST);
        save(FIRST);
        save(SECOND);
        scan(10);

        assertThat(claimed().peers()).containsExactly(PeerHost.of("http://10.1.2.3:8000"));
        assertThat(claimed().peers()).isEmpty();
    }

    @Test
    void a_picture_is_claimed_by_one_process_until_the_claim_ends() throws Exception {
        save(FIRST);
        scan(10);

        assertThat(atOnce(4, () -> claim(NOW)).stream().flatMap(Optional::stream))
                .hasSize(1);
        assertThat(claim(NOW.plus(CLAIM).minusSeconds(1))).isEmpty();
        assertThat(claim(NOW.plus(CLAIM))).isPresent();
        assertThatIllegalStateException().isThrownBy(() -> storage.inTransaction(() -> claim(NOW)));
    }

    @Test
    void hosts_take_turns_and_can_be_left_out() {
        save(FIRST);
        save("https://a.example.org/other.png");
        save(SECOND);
        save("/media/resourceimage/" + "c".repeat(64) + "/own.png");
        scan(10);

        assertThat(storage.pictures()
                        .claim(NOW, CLAIM, List.of(), "https://a.example.org")
                        .orElseThrow()
                        .host())
                .isEqualTo("https://b.example.org");
        assertThat(storage.pictures()
                        .claim(NOW, CLAIM, List.of("/"), "https://b.example.org")
                        .orElseThrow()
                        .host())
                .isEqualTo("https://a.example.org");
        assertThat(storage.pictures()
                        .claim(NOW, CLAIM, List.of("https://a.example.org"), "")
                        .orElseThrow()
                        .host())
                .isEqualTo("/");
        assertThat(storage.pictures().claim(NOW, CLAIM, List.of("https://a.example.org"), ""))
                .isEmpty();
    }

    @Test
    void copies_are_found_by_the_address_and_fetched_again_when_due() {
        save(FIRST);
        scan(10);
        assertThat(storage.pictures().find(List.of(FIRST, SECOND))).isEmpty();
        assertThat(storage.pictures().counts()).isEqualTo(new PictureCounts(1, 0));

        storage.pictures().kept(claimed().id(), COPIES, "\"1\"", null, NEXT_MONTH);

        assertThat(storage.pictures().find(List.of(FIRST, SECOND))).isEqualTo(Map.of(FIRST, COPIES));
        assertThat(storage.pictures().find(List.of())).isEmpty();
        assertThat(storage.pictures().counts()).isEqualTo(new PictureCounts(0, 0));
        assertThat(claim(NEXT_MONTH.minusSeconds(1))).isEmpty();
        PictureTask again = claim(NEXT_MONTH).orElseThrow();
        assertThat(List.of(again.etag(), again.copies())).containsExactly("\"1\"", COPIES);
        assertThat(again.lastModified()).isNull();

        storage.pictures().unchanged(again.id(), NEXT_MONTH.plusSeconds(9));
        assertThat(claim(NEXT_MONTH.plusSeconds(8))).isEmpty();
        assertThat(claim(NEXT_MONTH.plusSeconds(9)).orElseThrow().copies()).isEqualTo(COPIES);
    }

    @Test
    void a_failure_is_listed_until_the_picture_is_kept() {
        Resource resource = save(FIRST);
        scan(10);
        long id = claimed().id();

        storage.pictures().failed(id, PictureProblem.STATUS, "HTTP 404", NOW.plusSeconds(60));
        assertThat(storage.pictures().failing(Long.MAX_VALUE, 10))
                .containsExactly(new FailingPicture(
                        id, FIRST, PictureProblem.STATUS, "HTTP 404", 1, NOW.plusSeconds(60), resource.guid(), false));
        assertThat(claim(NOW.plusSeconds(60)).orElseThrow().attempts()).isEqualTo(1);

        storage.pictures().failed(id, PictureProblem.FORMAT, "", null);
        assertThat(storage.pictures().counts()).isEqualTo(new PictureCounts(0, 1));
        assertThat(claim(NEXT_MONTH)).isEmpty();

        assertThat(storage.pictures().retry(id, NOW)).contains(FIRST);
        assertThat(claimed().attempts()).isZero();
        storage.pictures().kept(id, COPIES, null, null, NEXT_MONTH);
        assertThat(storage.pictures().failing(Long.MAX_VALUE, 10)).isEmpty();
        assertThat(storage.pictures().retry(id, NOW)).isEmpty();

        // A later failure keeps the copies.
        storage.pictures().failed(id, PictureProblem.TOO_SLOW, "", null);
        assertThat(storage.pictures().find(List.of(FIRST))).containsKey(FIRST);
        assertThat(storage.pictures().failing(Long.MAX_VALUE, 10))
                .extracting(FailingPicture::shown)
                .containsExactly(true);
        assertThat(storage.pictures().failing(id, 10)).isEmpty();
        assertThat(storage.pictures().retryAll(NOW)).isEqualTo(1);
        assertThat(claimed().id()).isEqualTo(id);
    }

    @Test
    void pictures_that_no_resource_names_are_removed_with_their_files() {
        Resource first = save(FIRST);
        save(SECOND);
        scan(10);
        for (PictureTask task = claimed(); task != null; task = claim(NOW).orElse(null)) {
            storage.pictures().kept(task.id(), COPIES, null, null, NEXT_MONTH);
        }
        List<String> deleted = new ArrayList<>();
        assertThat(storage.pictures().removeUnnamed(10, deleted::addAll)).isZero();

        edit(first, null);
        scan(10);
        assertThatThrownBy(() -> storage.pictures().removeUnnamed(10, files -> {
                    throw new IllegalArgumentException("the store is read-only");
                }))
                .isNotNull();
        assertThat(storage.pictures().find(List.of(FIRST))).isNotEmpty();
        assertThat(storage.pictures().removeUnnamed(10, deleted::addAll)).isEqualTo(1);

        assertThat(deleted).containsExactlyInAnyOrderElementsOf(COPIES.files());
        assertThat(storage.pictures().find(List.of(FIRST, SECOND))).containsOnlyKeys(SECOND);
    }
}

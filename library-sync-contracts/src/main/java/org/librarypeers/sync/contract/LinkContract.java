package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.links.DeadLink;
import org.librarypeers.sync.links.LinkCounts;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;

/** Contract tests of {@link org.librarypeers.sync.links.LinkRepository}. */
abstract class LinkContract extends StorageContract<LibraryStorage> {

    private static final String WATER = "https://example.org/water";
    private static final String FIRE = "https://example.org/fire";
    private static final String ELSEWHERE = "https://example.net/a?b=c#d";
    private static final Duration CLAIM = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private Instant now = Samples.NOON;

    private Resource published(Attachment... attachments) {
        Guid guid = Guid.random();
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Links"))
                .attachments(List.of(attachments))
                .build();
        storage.resources()
                .save(Resource.create(guid, content, UserName.SYSTEM, now).approve(now));
        return storage.resources().find(guid).orElseThrow();
    }

    private static Attachment link(String address) {
        return link(Guid.random(), address);
    }

    private static Attachment link(Guid guid, String address) {
        return new Attachment(AttachmentKind.LINK, guid, LocalizedText.empty(), LocalizedText.empty(), address, 0, 0);
    }

    private void scan() {
        while (storage.links().scan(2, now) > 0) {
            // Goes on with the next resources.
        }
    }

    private Optional<LinkTask> claim() {
        return storage.links().claim(now, CLAIM, PAUSE);
    }

    private LinkTask claimed() {
        return claim().orElseThrow();
    }

    private void die(LinkTask task) {
        LinkState state = task.state();
        for (int day = 0; day < 4; day++) {
            state = state.met(LinkProblem.NOT_FOUND, "HTTP 404", now.plus(Duration.ofDays(day)));
        }
        storage.links().checked(task.id(), state, now.plus(Duration.ofDays(7)));
    }

    @Test
    void links_of_public_resources_are_claimed_once_and_hosts_rest_in_between() {
        published(link(WATER), link(FIRE), link(ELSEWHERE), link("/media/resource/x/y.pdf"), link("mailto:a@b.c"));
        storage.resources()
                .save(Resource.create(
                        Guid.random(),
                        ResourceContent.titled(LocalizedText.of("en", "Pending"))
                                .attachments(List.of(link("https://example.com/pending")))
                                .build(),
                        UserName.SYSTEM,
                        now));
        assertThat(claim()).isEmpty();
        scan();

        assertThat(storage.links().counts()).isEqualTo(new LinkCounts(3, 0, 0, 0));
        LinkTask first = claimed();
        LinkTask second = claimed();
        assertThat(List.of(first.host(), second.host()))
                .containsExactlyInAnyOrder("https://example.org", "https://example.net");
        assertThat(first.state()).isEqualTo(LinkState.UNCHECKED);
        assertThat(claim()).isEmpty();
        now = now.plus(PAUSE);
        assertThat(claimed().host()).isEqualTo("https://example.org");
        assertThat(claim()).isEmpty();
        now = now.plus(CLAIM);
        assertThat(claim()).isPresent();
    }

    @Test
    void a_link_must_be_claimed_outside_of_a_transaction() {
        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    storage.links().claim(now, CLAIM, PAUSE);
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void results_are_kept_until_the_next_check() {
        published(link(WATER));
        scan();
        LinkTask task = claimed();
        LinkState failed = LinkState.UNCHECKED.met(LinkProblem.STATUS, "HTTP 500", now);

        assertThat(storage.links().find(List.of(WATER))).isEmpty();
        storage.links().checked(task.id(), failed, now.plusSeconds(60));

        assertThat(storage.links().find(List.of(WATER, FIRE))).containsOnlyKeys(WATER);
        assertThat(storage.links().find(List.of(WATER)).get(WATER)).isEqualTo(failed);
        assertThat(storage.links().counts()).isEqualTo(new LinkCounts(0, 0, 1, 0));
        assertThat(claim()).isEmpty();
        now = now.plusSeconds(60);
        LinkTask again = claimed();
        assertThat(again.state()).isEqualTo(failed);
        storage.links().checked(again.id(), failed.worked(now), now.plusSeconds(60));
        assertThat(storage.links().counts()).isEqualTo(new LinkCounts(0, 1, 0, 0));
        storage.links().checked(task.id() + 1_000, failed, now);
    }

    @Test
    void a_changed_resource_is_scanned_again_and_links_that_nobody_has_are_forgotten() {
        Resource resource = published(link(WATER));
        scan();
        now = now.plusSeconds(60);
        storage.resources()
                .save(resource.edit(
                        resource.content().toBuilder()
                                .attachments(List.of(link(ELSEWHERE)))
                                .build(),
                        UserName.SYSTEM,
                        now));
        scan();

        assertThat(claimed().address()).isEqualTo(ELSEWHERE);
        assertThat(claim()).isEmpty();
        assertThat(storage.links().counts()).isEqualTo(new LinkCounts(1, 0, 0, 0));
    }

    @Test
    void dead_links_are_listed_with_the_resources_that_have_them() {
        Resource one = published(link(WATER));
        Resource other = published(link(WATER));
        published(link(ELSEWHERE));
        scan();
        LinkTask first = claimed();
        LinkTask second = claimed();
        die(first.address().equals(WATER) ? first : second);

        List<DeadLink> dead = storage.links().dead(Long.MAX_VALUE, 10);
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).address()).isEqualTo(WATER);
        assertThat(dead.get(0).state().problem()).isEqualTo(LinkProblem.NOT_FOUND);
        assertThat(dead.get(0).resources()).containsExactly(one.guid(), other.guid());
        assertThat(dead.get(0).copy()).isNull();
        assertThat(storage.links().dead(dead.get(0).id(), 10)).isEmpty();
        assertThat(storage.links().counts().dead()).isEqualTo(1);
        assertThat(storage.links().deadCount()).isEqualTo(1);

        storage.resources().save(one.archive(now));
        assertThat(storage.links().dead(Long.MAX_VALUE, 10).get(0).resources()).containsExactly(other.guid());
        storage.resources().save(other.archive(now));
        assertThat(storage.links().dead(Long.MAX_VALUE, 10)).isEmpty();
        assertThat(storage.links().counts().dead()).isZero();
        assertThat(storage.links().deadCount()).isZero();
    }

    @Test
    void the_same_link_elsewhere_is_the_nearest_living_copy() {
        Guid file = Guid.random();
        published(link(file, WATER));
        published(link(file, ELSEWHERE));
        scan();
        LinkTask one = claimed();
        LinkTask two = claimed();
        boolean isFirst = one.address().equals(WATER);
        LinkTask water = isFirst ? one : two;
        LinkTask elsewhere = isFirst ? two : one;
        die(water);
        assertThat(storage.links().dead(Long.MAX_VALUE, 10).get(0).copy()).isNull();
        assertThat(storage.links().copies(List.of(WATER))).isEmpty();

        storage.links().checked(elsewhere.id(), LinkState.UNCHECKED.worked(now), now.plus(CLAIM));

        assertThat(storage.links().dead(Long.MAX_VALUE, 10).get(0).copy())
                .isEqualTo(new DeadLink.Copy(ELSEWHERE, false));
        assertThat(storage.links().copies(List.of(WATER, ELSEWHERE, FIRE)))
                .containsOnly(Map.entry(WATER, new DeadLink.Copy(ELSEWHERE, false)));
        assertThat(storage.links().copies(List.of())).isEmpty();
    }

    @Test
    void a_file_of_this_library_is_a_living_copy() {
        Guid file = Guid.random();
        published(link(file, WATER));
        published(link(file, "/media/resource/x/y.pdf"));
        scan();
        die(claimed());

        assertThat(storage.links().dead(Long.MAX_VALUE, 10).get(0).copy())
                .isEqualTo(new DeadLink.Copy("/media/resource/x/y.pdf", false));
    }

    @Test
    void a_dead_link_can_be_checked_again() {
        published(link(WATER));
        scan();
        LinkTask task = claimed();
        assertThat(storage.links().checkAgain(task.id(), now)).isEmpty();
        die(task);
        now = now.plus(PAUSE);
        assertThat(claim()).isEmpty();

        assertThat(storage.links().checkAgain(task.id(), now)).contains(WATER);

        assertThat(claimed().state().isDead()).isTrue();
        assertThat(storage.links().checkAgain(task.id() + 1, now)).isEmpty();
    }
}

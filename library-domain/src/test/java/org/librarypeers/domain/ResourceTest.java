package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.librarypeers.domain.Refused.assertTooLow;
import static org.librarypeers.domain.Samples.EDITOR;
import static org.librarypeers.domain.Samples.GUID;
import static org.librarypeers.domain.Samples.LATER;
import static org.librarypeers.domain.Samples.NOW;
import static org.librarypeers.domain.Samples.local;
import static org.librarypeers.domain.Samples.state;
import static org.librarypeers.domain.Samples.titled;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceTest {

    @Test
    void a_new_resource_is_pending_local_and_never_saved() {
        Resource resource = Resource.create(GUID, titled("Safe water"), EDITOR, NOW.plusNanos(999));

        assertThat(resource.status()).isEqualTo(Status.PENDING);
        assertThat(resource.origin()).isEqualTo(new Origin.Local());
        assertThat(resource.version()).isZero();
        assertThat(resource.slug()).isEqualTo(new Slug("safe-water"));
        assertThat(resource.revision())
                .isEqualTo(new Revision(1, titled("Safe water"), new Author.Person(EDITOR), NOW));
        assertThat(resource.created()).isEqualTo(NOW);
        assertThat(resource.updated()).isEqualTo(NOW);
        assertThat(resource).hasToString("Resource[" + GUID + ", safe-water, pending, revision 1]");
    }

    @Test
    void the_slug_is_made_of_the_english_title_where_there_is_one() {
        ResourceContent content = ResourceContent.titled(
                        new LocalizedText(Map.of("ar", "ماء", "de", "Wasser", "en", "Water", "es", "Agua")))
                .build();

        assertThat(local(content).slug()).hasToString("water");
    }

    @Test
    void approving_makes_public_and_moves_the_update_date() {
        Resource approved = local(titled("A")).approve(LATER);

        assertThat(approved.status()).isEqualTo(Status.APPROVED);
        assertThat(approved.updated()).isEqualTo(LATER);
        assertThat(approved.created()).isEqualTo(NOW);
        assertThat(approved.revision()).isEqualTo(local(titled("A")).revision());
    }

    @Test
    void saying_the_same_again_changes_nothing() {
        Resource approved = local(titled("A")).approve(NOW);
        Resource rejected = approved.reject(NOW);
        Resource archived = approved.archive(NOW);

        assertThat(approved.approve(LATER)).isSameAs(approved);
        assertThat(rejected.reject(LATER)).isSameAs(rejected);
        assertThat(archived.archive(LATER)).isSameAs(archived);
    }

    @Test
    void a_public_resource_can_be_taken_back_and_published_again() {
        Resource rejected = local(titled("A")).approve(NOW).reject(LATER);

        assertThat(rejected.status()).isEqualTo(Status.REJECTED);
        assertThat(rejected.approve(LATER).status()).isEqualTo(Status.APPROVED);
        assertThat(rejected.approve(LATER).archive(LATER).approve(LATER).status())
                .isEqualTo(Status.APPROVED);
    }

    @Test
    void only_what_was_public_can_be_archived() {
        Resource pending = local(titled("A"));

        assertThat(pending.approve(NOW).archive(LATER).status()).isEqualTo(Status.ARCHIVED);
        assertThatIllegalStateException()
                .isThrownBy(() -> pending.archive(LATER))
                .withMessageContainingAll(GUID.toString(), "pending");
        assertThatIllegalStateException()
                .isThrownBy(() -> pending.reject(NOW).archive(LATER))
                .withMessageContaining("rejected");
    }

    @Test
    void what_is_submitted_waits_for_a_reviewer_whatever_it_was() {
        Resource pending = local(titled("A"));
        Resource approved = pending.approve(NOW);

        assertThat(pending.submit(LATER)).isSameAs(pending);
        assertThat(approved.submit(LATER).status()).isEqualTo(Status.PENDING);
        assertThat(approved.reject(NOW).submit(LATER).status()).isEqualTo(Status.PENDING);
        assertThat(approved.archive(NOW).submit(LATER).status()).isEqualTo(Status.PENDING);
        assertThat(approved.submit(LATER).revision()).isEqualTo(approved.revision());
    }

    @Test
    void an_edit_makes_a_revision_and_leaves_status_origin_and_slug() {
        Resource before = local(titled("A")).approve(NOW);

        Resource edited = before.edit(titled("B"), new UserName("tawonga"), LATER.plusNanos(1));

        assertThat(edited.revision())
                .isEqualTo(new Revision(2, titled("B"), new Author.Person(new UserName("tawonga")), LATER));
        assertThat(edited.content()).isEqualTo(titled("B"));
        assertThat(edited.status()).isEqualTo(Status.APPROVED);
        assertThat(edited.origin()).isEqualTo(before.origin());
        assertThat(edited.slug()).isEqualTo(before.slug());
        assertThat(edited.updated()).isEqualTo(LATER);
    }

    @Test
    void an_edit_that_says_the_same_changes_nothing() {
        Resource before = local(titled("A"));

        assertThat(before.edit(titled("A"), EDITOR, LATER)).isSameAs(before);
    }

    @Test
    void a_restored_resource_is_as_it_was_saved() {
        Resource saved = local(titled("A")).approve(LATER);

        Resource restored = Resource.restore(
                GUID,
                saved.slug(),
                saved.status(),
                saved.origin(),
                saved.revisions(),
                NOW,
                LATER,
                new ReviewState(0, 1),
                7);

        assertThat(restored.version()).isEqualTo(7);
        assertThat(state(restored).subList(0, 8)).isEqualTo(state(saved).subList(0, 8));
        assertThat(restored.reject(LATER).version()).isEqualTo(7);
    }

    @Test
    void a_change_is_taken_back_unless_something_has_changed_since() {
        Resource approved = local(titled("A")).approve(NOW);
        Resource edited = approved.edit(titled("B"), EDITOR, LATER);
        ReviewSnapshot before = ReviewSnapshot.of(approved);
        ReviewSnapshot after = ReviewSnapshot.of(edited);
        List<Revision> past = List.of(approved.revision());

        Resource restored = edited.restored(before, after, past, LATER).orElseThrow();

        assertThat(ReviewSnapshot.of(restored)).isEqualTo(before);
        assertThat(restored.content()).isEqualTo(titled("A"));
        assertThat(restored.revisions().latest()).isEqualTo(2);
        assertThat(restored.updated()).isEqualTo(LATER);
        assertThat(edited.restored(after, after, past, LATER)).containsSame(edited);
        assertThat(edited.archive(LATER).restored(before, after, past, LATER)).isEmpty();
        assertThat(edited.restored(before, after, List.of(), LATER)).isEmpty();
        assertThat(approved.archive(LATER)
                        .restored(before, ReviewSnapshot.of(approved.archive(LATER)), List.of(), LATER)
                        .orElseThrow()
                        .status())
                .isEqualTo(Status.APPROVED);
    }

    @Test
    void revisions_count_from_one() {
        assertTooLow("revision number", 0, 1, () -> new Revision(0, titled("A"), new Author.Person(EDITOR), NOW));
    }

    @Test
    void a_status_is_known_by_its_word_and_no_other() {
        assertThat(Status.ofWord("approved")).contains(Status.APPROVED);
        assertThat(Status.ofWord("APPROVED")).isEmpty();
        assertThat(Status.ofWord("")).isEmpty();
        assertThat(Status.values())
                .extracting(Status::word)
                .containsExactly("pending", "approved", "rejected", "archived");
    }
}

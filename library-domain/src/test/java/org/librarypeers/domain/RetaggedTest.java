package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.domain.Samples.EDITOR;
import static org.librarypeers.domain.Samples.LATER;
import static org.librarypeers.domain.Samples.NOW;
import static org.librarypeers.domain.Samples.ORB;
import static org.librarypeers.domain.Samples.adopted;
import static org.librarypeers.domain.Samples.after;
import static org.librarypeers.domain.Samples.from;
import static org.librarypeers.domain.Samples.incoming;
import static org.librarypeers.domain.Samples.readAgain;
import static org.librarypeers.domain.Samples.titled;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of resources whose tags a mapping changes. */
class RetaggedTest {

    private static final Tag AGUA = Tag.of("Tema", "Agua");
    private static final Tag AIR = Tag.of("Topic", "Air");
    private static final Instant LATEST = LATER.plusSeconds(60);
    private static final UserName CURATOR = new UserName("curator");
    private static final TagMapping MAPPING = TagMapping.of(List.of(new TagRule(null, "Tema", null, "Topic", null)));

    private static ResourceContent content(String title, Tag tag) {
        return titled(title).toBuilder().tags(List.of(tag)).build();
    }

    private static Resource waiting(Tag shown, Tag sent) {
        Resource approved = adopted(content("Old", shown), ORB).approve(NOW);
        return after(approved, approved.receive(incoming(content("New", sent)), from(readAgain(ORB), 2, LATER)));
    }

    private static String title(Resource resource) {
        return resource.content().title().best(List.of("en"));
    }

    @Test
    void an_update_that_waits_stays_newer_if_only_the_public_revision_changes() {
        Resource before = waiting(AGUA, AIR);

        Resource retagged = before.retagged(MAPPING, CURATOR, LATEST);

        assertThat(retagged.revision().number()).isEqualTo(3);
        assertThat(retagged.revision().author()).isEqualTo(new Author.Person(CURATOR));
        assertThat(retagged.toReview().number()).isEqualTo(4);
        assertThat(retagged.toReview().content()).isEqualTo(before.toReview().content());
        assertThat(retagged.toReview().author()).isEqualTo(before.toReview().author());
        assertThat(retagged.toReview().at()).isEqualTo(before.toReview().at());
        assertThat(title(retagged.archive(LATEST))).isEqualTo("New");
        assertThat(title(retagged.submit(LATEST))).isEqualTo("New");
    }

    @Test
    void an_update_that_waits_stays_newer_if_only_it_changes() {
        Resource before = waiting(AIR, AGUA);

        Resource retagged = before.retagged(MAPPING, CURATOR, LATEST);

        assertThat(retagged.revision()).isEqualTo(before.revision());
        assertThat(retagged.toReview().number()).isEqualTo(3);
        assertThat(retagged.updated()).isEqualTo(before.updated());
        assertThat(title(retagged.archive(LATEST))).isEqualTo("New");
    }

    @Test
    void an_edit_stays_newer_than_the_update_that_waits_whichever_changes() {
        for (Tag sent : List.of(AGUA, AIR)) {
            for (Tag edited : List.of(AGUA, AIR)) {
                Resource before = waiting(AIR, sent).edit(content("Edited", edited), EDITOR, LATER);

                Resource retagged = before.retagged(MAPPING, CURATOR, LATEST);

                assertThat(retagged.revision().number())
                        .isGreaterThan(retagged.toReview().number());
                assertThat(retagged.revision().number())
                        .isEqualTo(retagged.revisions().latest());
                assertThat(title(retagged.archive(LATEST))).isEqualTo("Edited");
            }
        }
    }

    @Test
    void only_what_is_public_is_served_anew() {
        Resource pending = Resource.create(Guid.random(), content("Pending", AGUA), EDITOR, NOW);
        Resource stored = Resource.restore(
                pending.guid(),
                pending.slug(),
                Status.PENDING,
                pending.origin(),
                pending.revisions(),
                NOW,
                NOW,
                pending.review(),
                1);

        assertThat(stored.retagged(MAPPING, CURATOR, LATEST).revision().number())
                .isEqualTo(2);
        assertThat(stored.retagged(MAPPING, CURATOR, LATEST).updated()).isEqualTo(NOW);
        assertThat(stored.servedAnew(LATEST)).isSameAs(stored);
        Resource approved = stored.approve(LATER);
        assertThat(approved.retagged(MAPPING, CURATOR, LATEST).updated()).isEqualTo(LATEST);
        assertThat(approved.servedAnew(LATEST).updated()).isEqualTo(LATEST);
    }

    @Test
    void a_peer_that_renames_a_tag_to_what_it_was_mapped_to_does_not_get_the_old_one_back() {
        Tag renamed = Tag.of("Topic", "Agua");
        for (Peer peer : List.of(ORB, readAgain(ORB))) {
            IncomingResource sent = incoming(content("Old", AGUA)).mapped(MAPPING);
            Resource approved =
                    ((Received.New) Resource.adopt(sent, from(peer))).resource().approve(NOW);
            assertThat(approved.content().mappedTags()).isNotEmpty();

            Resource followed = after(
                    approved,
                    approved.receive(incoming(content("Old", renamed)).mapped(MAPPING), from(peer, 2, LATER)));

            assertThat(followed.content().tags()).isEqualTo(approved.content().tags());
            assertThat(followed.content().mappedTags()).isEmpty();
            assertThat(followed.revision().number()).isEqualTo(2);
            assertThat(followed.updated()).isEqualTo(approved.updated());
            assertThat(followed.isChangedUpstream()).isFalse();
            assertThat(followed.retagged(TagMapping.NONE, CURATOR, LATEST)).isSameAs(followed);
        }
    }
}

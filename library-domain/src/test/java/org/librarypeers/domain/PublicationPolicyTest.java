package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.domain.Samples.EDITOR;
import static org.librarypeers.domain.Samples.GUID;
import static org.librarypeers.domain.Samples.LATER;
import static org.librarypeers.domain.Samples.NOW;
import static org.librarypeers.domain.Samples.ORB;
import static org.librarypeers.domain.Samples.after;
import static org.librarypeers.domain.Samples.from;
import static org.librarypeers.domain.Samples.incoming;
import static org.librarypeers.domain.Samples.titled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of what is published of a peer without a reviewer. */
class PublicationPolicyTest {

    private static final ResourceContent FIRST = titled("Dose: 10 ml");
    private static final ResourceContent SECOND = titled("Dose: 5 ml");

    private static Delivery delivery(PublicationPolicy policy, long run) {
        return from(ORB.withPublication(policy), run, LATER);
    }

    private static Received.New adopted(PublicationPolicy policy) {
        return (Received.New) Resource.adopt(incoming(FIRST), delivery(policy, 1));
    }

    private static Received updated(Resource resource, PublicationPolicy policy) {
        return resource.receive(incoming(SECOND), delivery(policy, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = PublicationPolicy.class,
            names = {"REVIEW_EVERYTHING", "PUBLISH_UPDATES"})
    void a_new_resource_waits_for_a_reviewer_unless_everything_is_published(PublicationPolicy policy) {
        Received.New received = adopted(policy);

        assertThat(received.resource().status()).isEqualTo(Status.PENDING);
        assertThat(received.publication(delivery(policy, 1))).isEmpty();
    }

    @Test
    void everything_of_a_trusted_peer_is_public_immediately_and_no_reviewer_is_asked() {
        PublicationPolicy policy = PublicationPolicy.PUBLISH_EVERYTHING;
        Received.New received = adopted(policy);
        Resource resource = received.resource();

        assertThat(resource.status()).isEqualTo(Status.APPROVED);
        assertThat(resource.isChangedUpstream()).isFalse();
        assertThat(received.publication(delivery(policy, 1))).contains(Decision.ofPolicy(policy, GUID, 1, LATER));

        Received update = updated(resource, policy);
        Resource changed = after(resource, update);
        assertThat(changed.content()).isEqualTo(SECOND);
        assertThat(changed.isChangedUpstream()).isFalse();
        assertThat(update.publication(delivery(policy, 2))).contains(Decision.ofPolicy(policy, GUID, 2, LATER));
    }

    @Test
    void a_published_update_is_recorded_and_shown_to_reviewers() {
        PublicationPolicy policy = PublicationPolicy.PUBLISH_UPDATES;
        Resource approved = adopted(policy).resource().approve(NOW);

        Received update = updated(approved, policy);

        assertThat(after(approved, update).content()).isEqualTo(SECOND);
        assertThat(after(approved, update).isChangedUpstream()).isTrue();
        assertThat(update.publication(delivery(policy, 2))).contains(Decision.ofPolicy(policy, GUID, 2, LATER));
    }

    @Test
    void an_update_that_waits_is_not_recorded_as_published() {
        PublicationPolicy policy = PublicationPolicy.REVIEW_EVERYTHING;
        Resource approved = adopted(policy).resource().approve(NOW);

        assertThat(updated(approved, policy).publication(delivery(policy, 2))).isEmpty();
    }

    @Test
    void a_policy_publishes_neither_what_waits_nor_what_was_rejected_or_archived() {
        PublicationPolicy policy = PublicationPolicy.PUBLISH_EVERYTHING;
        Resource waiting = adopted(PublicationPolicy.PUBLISH_UPDATES).resource();

        for (Resource resource : new Resource[] {
            waiting, waiting.reject(NOW), waiting.approve(NOW).archive(NOW)
        }) {
            Received update = updated(resource, policy);
            Resource changed = after(resource, update);
            assertThat(changed.status()).isEqualTo(resource.status());
            assertThat(changed.review().decided()).isEqualTo(resource.review().decided());
            assertThat(update.publication(delivery(policy, 2))).isEmpty();
        }
        assertThat(after(waiting.reject(NOW), updated(waiting.reject(NOW), policy))
                        .isChangedUpstream())
                .isTrue();
    }

    @Test
    void what_changes_nothing_that_is_public_is_not_recorded() {
        PublicationPolicy policy = PublicationPolicy.PUBLISH_EVERYTHING;
        Resource resource = adopted(policy).resource();

        assertThat(resource.receive(incoming(FIRST), delivery(policy, 2)).publication(delivery(policy, 2)))
                .isEmpty();
        assertThat(new Received.KeptLocal().publication(delivery(policy, 2))).isEmpty();
    }

    @Test
    void a_policy_only_approves_and_only_on_behalf_of_the_library() {
        PublicationPolicy policy = PublicationPolicy.PUBLISH_UPDATES;

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Decision(GUID, 1, Status.REJECTED, UserName.SYSTEM, NOW, null, policy, null, false))
                .withMessageContaining("rejected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decision(GUID, 1, Status.APPROVED, EDITOR, NOW, null, policy, null, false))
                .withMessageContaining("amina");
    }

    @ParameterizedTest
    @EnumSource
    void each_policy_is_found_by_its_word(PublicationPolicy policy) {
        assertThat(PublicationPolicy.ofWord(policy.word())).contains(policy);
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MappedTag;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.curation.Retagging;
import org.librarypeers.sync.storage.PeerLease;

/** Contract tests of the rules that replace tags, and of the changes that bring them to all resources. */
@Timeout(60)
abstract class CurationContract extends CuratorContract {

    @Test
    void an_undone_decision_restores_a_resource_with_the_tags_that_were_merged_since() {
        ReviewService review = new ReviewService(storage, new SettableClock(LATER));
        Resource tagged = resource(AGUA);
        UUID action = UUID.randomUUID();
        review.decide(
                action,
                Status.REJECTED,
                Map.of(tagged.guid(), ReviewedRevision.of(tagged, false)),
                Samples.AMINA,
                null);
        storage.tagRules().put(new TagRule(null, "Tema", "Água 💧", "Topic", "Water"), Samples.AMINA, LATER);

        assertThat(review.undo(action, Samples.AMINA).undone()).isEqualTo(1);

        Resource restored = storage.resources().find(tagged.guid()).orElseThrow();
        assertThat(restored.status()).isEqualTo(tagged.status());
        assertThat(keys(restored)).containsExactly(WATER.key());
    }

    @Test
    void a_merged_tag_is_replaced_in_all_resources_in_batches() {
        Resource one = resource(WATER, AGUA);
        Resource two = resource(AGUA);
        Resource three = saved(Samples.tagged(AGUA));
        Resource other = resource(AIR);
        long before = storage.catalogue().find(two.guid()).orElseThrow().position();
        long position = storage.catalogue().find(other.guid()).orElseThrow().position();

        service().merge(tag(AGUA), tag(WATER), Samples.AMINA);
        assertThat(storage.curation().unfinished()).extracting(Retagging::total).containsExactly(3L);
        assertThat(service().step(2)).isPositive();
        assertThat(storage.curation().unfinished())
                .extracting(Retagging::changed)
                .containsExactly(2L);
        finish();

        assertThat(storage.curation().unfinished()).isEmpty();
        assertThat(keys(one)).containsExactly(WATER.key());
        assertThat(keys(two)).containsExactly(WATER.key());
        assertThat(keys(three)).containsExactly(WATER.key());
        Resource changed = found(two.guid());
        assertThat(changed.revision().number()).isEqualTo(2);
        assertThat(changed.revision().author()).isEqualTo(new Author.Person(Samples.AMINA));
        assertThat(changed.content().mappedTags()).containsExactly(new MappedTag(AGUA, WATER.key()));
        assertThat(changed.updated()).isEqualTo(LATER);
        assertThat(storage.catalogue().find(two.guid()).orElseThrow().position())
                .isGreaterThan(before)
                .isGreaterThan(position);
        assertThat(storage.catalogue().find(other.guid()).orElseThrow().position())
                .isEqualTo(position);
        assertThat(storage.resources().history(two.guid()).get(0).content().tags())
                .containsExactly(AGUA);
        assertThat(storage.curation().category("Tema").orElseThrow().tags()).isZero();
    }

    @Test
    void a_revoked_merge_gives_the_tags_back_unless_a_person_removed_them() {
        Resource one = resource(WATER, AGUA);
        Resource two = resource(AGUA);
        Resource edited = resource(AGUA);
        service().merge(category("Tema"), category("Topic"), Samples.AMINA);
        finish();
        Tag merged = Tag.of("Topic", "Água 💧");
        assertThat(keys(one)).containsExactly(WATER.key(), merged.key());
        storage.resources().save(found(edited.guid()).edit(Samples.titled("No tags"), Samples.AMINA, LATER));

        assertThat(service().revoke(new TagRuleKey(null, "TEMA", null), Samples.AMINA))
                .isPresent();
        finish();

        assertThat(keys(one)).containsExactly(WATER.key(), AGUA.key());
        assertThat(keys(two)).containsExactly(AGUA.key());
        assertThat(keys(edited)).isEmpty();
        assertThat(found(two.guid()).content().mappedTags()).isEmpty();
        assertThat(service().revoke(new TagRuleKey(null, "Tema", null), Samples.AMINA))
                .isEmpty();
    }

    @Test
    void a_rule_for_a_peer_concerns_only_its_resources() {
        Peer peer = savedPeer("https://one.example.org");
        Resource theirs = from(peer, AGUA, AIR);
        Resource another = from(savedPeer("https://two.example.org"), AGUA);
        Resource local = resource(AGUA);

        assertThat(storage.curation().resources(Set.of(tag(AGUA).tag().id()), peer.id()))
                .isEqualTo(1);
        assertThat(storage.curation().tagsOf(peer.id(), 10, 10))
                .extracting(counted -> counted.tag().tag().tag())
                .containsExactlyInAnyOrder(AGUA, AIR);
        service().map(new TagRule(peer.id(), "Tema", "água 💧", "Topic", "Water"), Samples.AMINA);
        finish();

        assertThat(keys(theirs)).containsExactly(WATER.key(), AIR.key());
        assertThat(keys(another)).containsExactly(AGUA.key());
        assertThat(keys(local)).containsExactly(AGUA.key());

        service().map(new TagRule(peer.id(), "Tema", "água 💧", "Topic", "Air"), Samples.AMINA);
        finish();
        assertThat(keys(theirs)).containsExactly(AIR.key());
        assertThat(found(theirs.guid()).content().mappedTags())
                .containsExactlyInAnyOrder(new MappedTag(AGUA, AIR.key()), new MappedTag(AIR, AIR.key()));

        service().revoke(new TagRuleKey(peer.id(), "Tema", "Água 💧"), Samples.AMINA);
        finish();
        assertThat(keys(theirs)).containsExactlyInAnyOrder(AGUA.key(), AIR.key());
    }

    @Test
    void a_waiting_revision_gets_the_new_tags_too() {
        Peer peer = Peer.builder()
                .id(storage.peers().nextId())
                .name("Reviewed")
                .host(PeerHost.of("https://reviewed.example.org"))
                .credentials("user", new ApiKey("key-of-reviewed"))
                .publication(PublicationPolicy.REVIEW_EVERYTHING)
                .build();
        storage.peers().save(peer);
        Resource resource = from(peer, AIR);
        storage.resources()
                .save(found(resource.guid())
                        .receive(
                                Samples.incoming(
                                        resource.guid(),
                                        Samples.titled("Waiting").toBuilder()
                                                .tags(List.of(AGUA))
                                                .build()),
                                Samples.delivery(
                                        storage, peer, storage.syncLogs().nextId()))
                        .toSave()
                        .orElseThrow());
        assertThat(found(resource.guid()).revisions().waiting()).isNotNull();

        service().map(new TagRule(null, "Tema", null, "Topic", null), Samples.AMINA);
        finish();

        Resource changed = found(resource.guid());
        assertThat(changed.content().tags()).containsExactly(AIR);
        assertThat(changed.toReview().content().tags())
                .extracting(Tag::key)
                .containsExactly(new Tag.Key("Topic", "Água 💧"));
        assertThat(changed.toReview().number()).isEqualTo(3);
        assertThat(changed.approve(LATER).content().title()).isEqualTo(LocalizedText.of("en", "Waiting"));
    }

    @Test
    void a_change_is_repeated_when_the_runs_that_did_not_know_it_have_ended() {
        Peer peer = savedPeer("https://one.example.org");
        PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow();
        Resource first = from(peer, AGUA);
        service().map(new TagRule(peer.id(), "Tema", null, "Topic", null), Samples.AMINA);
        finish();
        assertThat(keys(first)).containsExactly(new Tag.Key("Topic", "Água 💧"));

        // The run read the rules before.
        Resource late = from(peer, AGUA);
        finish();
        assertThat(keys(late)).containsExactly(AGUA.key());
        assertThat(storage.curation().unfinished()).hasSize(1);

        lease.close();
        finish();
        assertThat(keys(late)).containsExactly(new Tag.Key("Topic", "Água 💧"));
        assertThat(storage.curation().unfinished()).isEmpty();
    }

    @Test
    void a_rule_for_a_peer_refines_an_earlier_rule_for_all() {
        Peer peer = savedPeer("https://one.example.org");
        Resource theirs = from(peer, AGUA);
        Resource local = resource(AGUA);
        service().map(new TagRule(null, "Tema", null, "Topic", null), Samples.AMINA);
        finish();

        service().map(new TagRule(peer.id(), AGUA.category(), AGUA.name(), "Topic", "Water"), Samples.AMINA);
        finish();
        assertThat(keys(theirs)).containsExactly(WATER.key());
        assertThat(keys(local)).containsExactly(new Tag.Key("Topic", AGUA.name()));

        service().map(new TagRule(null, AGUA.category(), AGUA.name(), "Topic", "Air"), Samples.AMINA);
        finish();
        assertThat(keys(local)).containsExactly(AIR.key());
        service().revoke(new TagRuleKey(peer.id(), AGUA.category(), AGUA.name()), Samples.AMINA);
        finish();
        service().map(new TagRule(peer.id(), "Tema", null, "Subject", null), Samples.AMINA);
        finish();
        assertThat(keys(theirs)).containsExactly(new Tag.Key("Subject", AGUA.name()));
    }

    @Test
    void only_public_resources_are_served_anew() {
        Resource pending = saved(Samples.tagged(AGUA));
        Resource shown = resource(AGUA);

        service()
                .edit(
                        category("Tema"),
                        "Tema",
                        LocalizedText.of("fr", "Thème"),
                        LocalizedText.empty(),
                        false,
                        Samples.AMINA);
        finish();
        assertThat(found(pending.guid()).updated()).isEqualTo(pending.updated());
        assertThat(found(shown.guid()).updated()).isEqualTo(LATER);

        service().merge(tag(AGUA), tag(WATER), Samples.AMINA);
        finish();
        assertThat(keys(pending)).containsExactly(WATER.key());
        assertThat(found(pending.guid()).updated()).isEqualTo(pending.updated());
    }

    @Test
    void only_one_of_several_processes_goes_on_with_a_change() throws Exception {
        for (int i = 0; i < 20; i++) {
            resource(AGUA);
        }
        service().merge(tag(AGUA), tag(WATER), Samples.AMINA);

        atOnce(4, () -> {
            Instant end = Instant.now().plus(Duration.ofSeconds(20));
            while (!storage.curation().unfinished().isEmpty() && Instant.now().isBefore(end)) {
                service().step(3);
            }
            return true;
        });

        assertThat(storage.curation().unfinished()).isEmpty();
        assertThat(storage.curation().resources(Set.of(tag(AGUA).tag().id()), null))
                .isZero();
        assertThat(storage.catalogue().changes(0, 100))
                .allSatisfy(entry ->
                        assertThat(entry.resource().revision().number()).isEqualTo(2));
    }
}

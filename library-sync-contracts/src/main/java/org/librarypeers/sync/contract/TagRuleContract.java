package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MappedTag;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.domain.TagRule;
import org.librarypeers.sync.storage.TagRuleRepository.SavedRule;

/** Contract tests of {@link org.librarypeers.sync.storage.TagRuleRepository} and of mapped tags. */
@Timeout(60)
abstract class TagRuleContract extends LibraryContract {

    @Test
    void a_rule_replaces_the_one_with_the_same_key() {
        Peer peer = savedPeer("https://one.example.org");
        TagRule merged = new TagRule(null, "Tópico ماء", null, "Topic", null);
        TagRule ofPeer = new TagRule(peer.id(), "tópico ماء", null, "Subject", null);
        TagRule ofTag = new TagRule(null, "Topic", "Agua", "Topic", "Water 💧");
        assertThat(storage.tagRules().put(merged, Samples.AMINA, Samples.NOON)).isEmpty();
        assertThat(storage.tagRules().put(ofPeer, Samples.AMINA, Samples.NOON)).isEmpty();
        assertThat(storage.tagRules().put(ofTag, Samples.AMINA, Samples.NOON)).isEmpty();

        TagRule other = new TagRule(null, "TÓPICO ماء", null, "Theme", null);
        assertThat(storage.tagRules().put(other, Samples.AMINA, Samples.NOON)).contains(merged);

        assertThat(storage.tagRules().all())
                .containsExactly(
                        new SavedRule(ofPeer, Samples.AMINA, Samples.NOON),
                        new SavedRule(ofTag, Samples.AMINA, Samples.NOON),
                        new SavedRule(other, Samples.AMINA, Samples.NOON));
        assertThat(storage.tagRules().mapping().from(peer.id()).map(Tag.of("Tópico ماء", "Air")))
                .isEqualTo(Tag.of("Subject", "Air"));
        assertThat(storage.tagRules().remove(ofPeer.key())).contains(ofPeer);
        assertThat(storage.tagRules().remove(ofPeer.key())).isEmpty();
    }

    @Test
    void a_run_reads_the_rules_of_its_peer_and_those_for_all() {
        Peer peer = savedPeer("https://one.example.org");
        Peer other = savedPeer("https://two.example.org");
        assertThat(storage.runs().basis(peer.id()).orElseThrow().mapping()).isSameAs(TagMapping.NONE);

        storage.tagRules().put(new TagRule(peer.id(), "Theme", null, "Subject", null), Samples.AMINA, Samples.NOON);
        storage.tagRules().put(new TagRule(null, "Subject", null, "Topic", null), Samples.AMINA, Samples.NOON);

        Tag theme = Tag.of("Theme", "Water");
        assertThat(storage.runs().basis(peer.id()).orElseThrow().mapping().map(theme))
                .isEqualTo(Tag.of("Topic", "Water"));
        assertThat(storage.runs().basis(other.id()).orElseThrow().mapping().map(theme))
                .isEqualTo(theme);
    }

    @Test
    void what_a_rule_replaced_is_kept_in_every_revision() {
        Tag sent = SampleTag.tag("Tema", "Água 💧")
                .names(LocalizedText.of("pt-br", "Água"))
                .build();
        ResourceContent content = Samples.titled("Mapped").toBuilder()
                .tags(List.of(Tag.of("Topic", "Water"), Tag.of("Topic", "Air")))
                .mappedTags(List.of(new MappedTag(sent, new Tag.Key("Topic", "Water"))))
                .build();
        Resource saved = saved(Samples.local(content));
        assertThat(saved.content()).isEqualTo(content);
        assertThat(entry(approved(saved).resource().guid()).resource().content().mappedTags())
                .isEqualTo(content.mappedTags());

        Resource edited = found(saved.guid()).edit(Samples.titled("Edited"), Samples.AMINA, Samples.NOON);
        storage.resources().save(edited);

        assertThat(storage.resources().history(saved.guid()).get(0).content()).isEqualTo(content);
        assertThat(found(saved.guid()).content().mappedTags()).isEmpty();
    }
}

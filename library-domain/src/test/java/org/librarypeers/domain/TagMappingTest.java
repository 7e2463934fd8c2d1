package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TagMappingTest {

    private static final PeerId PEER = new PeerId(1);
    private static final Tag WATER = Tag.of("Topic", "Water");
    private static final Tag AGUA = Tag.of("Tema", "Agua");

    private static TagMapping mapping(TagRule... rules) {
        return TagMapping.of(List.of(rules));
    }

    private static TagRule category(@Nullable PeerId peer, String from, String to) {
        return new TagRule(peer, from, null, to, null);
    }

    private static ResourceContent content(Tag... tags) {
        return ResourceContent.titled(LocalizedText.of("en", "A title"))
                .tags(List.of(tags))
                .build();
    }

    @Test
    void without_a_matching_rule_everything_stays_the_same_object() {
        ResourceContent content = content(WATER);

        assertThat(TagMapping.of(List.of())).isSameAs(TagMapping.NONE);
        assertThat(mapping(category(null, "Tema", "Topic")).map(content)).isSameAs(content);
        assertThat(mapping(category(PEER, "Topic", "Tema")).from(new PeerId(2)).map(content))
                .isSameAs(content);
    }

    @Test
    void a_rule_of_the_peer_applies_once_and_then_those_for_all() {
        TagMapping all = mapping(
                category(PEER, "tema", "Topic"),
                category(PEER, "Topic", "Not again"),
                category(null, "TOPIC", "Health topic"));

        assertThat(all.from(PEER).map(AGUA).key()).isEqualTo(new Tag.Key("Health topic", "Agua"));
        assertThat(all.map(AGUA)).isEqualTo(AGUA);
    }

    @Test
    void the_rule_for_a_tag_has_precedence_over_the_rule_for_its_category() {
        TagMapping all = mapping(category(null, "Tema", "Topic"), new TagRule(null, "Tema", "agua", "Topic", "Water"));

        assertThat(all.map(AGUA)).isEqualTo(WATER);
        assertThat(all.map(Tag.of("Tema", "Aire")).key()).isEqualTo(new Tag.Key("Topic", "Aire"));
    }

    @Test
    void a_cycle_ends() {
        TagMapping all = mapping(category(null, "A", "B"), category(null, "B", "C"), category(null, "C", "A"));

        assertThat(all.map(Tag.of("A", "x")).category()).isEqualTo("C");
    }

    @Test
    void what_was_replaced_is_recorded_and_can_be_mapped_anew() {
        ResourceContent mapped =
                mapping(new TagRule(null, "Tema", "Agua", "Topic", "Water")).map(content(WATER, AGUA));

        assertThat(mapped.tags()).containsExactly(WATER);
        assertThat(mapped.mappedTags())
                .containsExactly(new MappedTag(WATER, WATER.key()), new MappedTag(AGUA, WATER.key()));
        assertThat(TagMapping.NONE.map(mapped)).isEqualTo(content(WATER, AGUA));
        assertThat(mapping(new TagRule(null, "Tema", "Agua", "Topic", "Air"))
                        .map(mapped)
                        .tags())
                .containsExactly(WATER, Tag.of("Topic", "Air"));
        assertThat(mapped.toBuilder().tags(List.of()).build().mappedTags()).isEmpty();
    }

    @Test
    void the_fingerprint_of_what_a_peer_sent_does_not_depend_on_the_mapping() {
        IncomingResource sent = new IncomingResource(Guid.random(), content(AGUA), null, null, null);

        IncomingResource mapped = sent.mapped(mapping(category(null, "Tema", "Topic")));

        assertThat(mapped.content().tags().get(0).category()).isEqualTo("Topic");
        assertThat(mapped).hasSameHashCodeAs(sent).isNotEqualTo(sent);
        assertThat(sent.mapped(TagMapping.NONE)).isSameAs(sent);
    }

    @Test
    void a_rule_replaces_a_category_by_a_category_and_a_tag_by_a_tag() {
        assertThatIllegalArgumentException().isThrownBy(() -> category(null, "Topic", "TOPIC"));
        assertThatIllegalArgumentException().isThrownBy(() -> category(null, " ", "Topic"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TagRule(null, "A", "a", "B", null));
        assertThatIllegalArgumentException().isThrownBy(() -> new TagRule(null, "A", null, "B", "b"));
    }
}

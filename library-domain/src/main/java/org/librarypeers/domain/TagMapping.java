package org.librarypeers.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the tags of a resource become tags of this library. Immutable.
 *
 * <p>First, one rule for the peer of the resource applies: the rule for the tag, otherwise the rule for its category. The result is a
 * tag of this library. Then the rules for all resources apply, again and again, until none matches, so that a tag that was merged twice
 * becomes the last one. Rules that form a cycle end where they would begin again.
 */
public final class TagMapping {

    /** The mapping without rules. */
    public static final TagMapping NONE = new TagMapping(Map.of(), null);

    private final Map<TagRuleKey, TagRule> rules;
    private final @Nullable PeerId peer;

    private TagMapping(Map<TagRuleKey, TagRule> rules, @Nullable PeerId peer) {
        this.rules = rules;
        this.peer = peer;
    }

    /** Creates the mapping for the local resources of a library with these rules. */
    public static TagMapping of(Collection<TagRule> rules) {
        Map<TagRuleKey, TagRule> byKey = new HashMap<>();
        rules.forEach(rule -> byKey.put(rule.key(), rule));
        return byKey.isEmpty() ? NONE : new TagMapping(byKey, null);
    }

    /** Returns the mapping for resources that follow this peer; null for local resources. */
    public TagMapping from(@Nullable PeerId source) {
        return rules.isEmpty() ? NONE : new TagMapping(rules, source);
    }

    /** Returns the mapping for a resource with this origin. */
    public TagMapping from(Origin origin) {
        return from(origin.<@Nullable PeerId>match(local -> null, source -> source.peer()));
    }

    /** Returns the tag that a resource has instead of this tag; the same tag if no rule matches. */
    public Tag map(Tag tag) {
        if (rules.isEmpty()) {
            return tag;
        }
        Tag mapped = tag;
        TagRule own = peer == null ? null : rule(peer, tag);
        if (own != null) {
            mapped = own.replace(tag);
        }
        Set<Tag.Key> passed = new HashSet<>();
        for (TagRule rule = rule(null, mapped); rule != null && passed.add(mapped.key()); rule = rule(null, mapped)) {
            Tag next = rule.replace(mapped);
            if (passed.contains(next.key())) {
                break;
            }
            mapped = next;
        }
        return mapped.key().equals(tag.key()) ? tag : mapped;
    }

    private @Nullable TagRule rule(@Nullable PeerId of, Tag tag) {
        TagRule rule = rules.get(new TagRuleKey(of, tag.category(), tag.name()));
        return rule != null ? rule : rules.get(new TagRuleKey(of, tag.category(), null));
    }

    /**
     * Returns the content with its tags replaced by this mapping. Tags that an earlier mapping replaced are mapped anew
     * from what they were before. Returns the same content if nothing changes.
     */
    public ResourceContent map(ResourceContent content) {
        if (rules.isEmpty() && content.mappedTags().isEmpty()) {
            return content;
        }
        Map<Tag.Key, List<Tag>> before = content.mappedTags().stream()
                .collect(Collectors.groupingBy(
                        MappedTag::as, LinkedHashMap::new, Collectors.mapping(MappedTag::sent, Collectors.toList())));
        List<Tag> tags = new ArrayList<>();
        List<MappedTag> mappedTags = new ArrayList<>();
        for (Tag tag : content.tags()) {
            for (Tag sent : before.getOrDefault(tag.key(), List.of(tag))) {
                Tag mapped = map(sent);
                tags.add(mapped.key().equals(tag.key()) ? tag : mapped);
                mappedTags.add(new MappedTag(sent, mapped.key()));
            }
        }
        ResourceContent result =
                content.toBuilder().tags(tags).mappedTags(mappedTags).build();
        return result.saysTheSameAs(content) && result.mappedTags().equals(content.mappedTags()) ? content : result;
    }
}

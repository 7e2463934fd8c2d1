package org.librarypeers.sync.curation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.ConcurrentChangeException;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.TagRuleRepository.SavedRule;

/**
 * A service that changes the vocabulary. A change is saved immediately, and applies to everything that is received or saved from then on. The
 * resources that the library has already are changed afterwards, in batches: see {@link #step}. Thread-safe.
 */
public final class CurationService {

    private static final int SAVE_ATTEMPTS = 5;
    private static final int TOPICS_READ = 100;

    private final SyncStorage storage;
    private final Curation curation;
    private final Clock clock;

    /**
     * Creates a service. The caller remains responsible for closing the storage.
     *
     * @param storage the resources and the rules
     * @param curation the vocabulary in the same storage
     */
    public CurationService(SyncStorage storage, Curation curation, Clock clock) {
        this.storage = storage;
        this.curation = curation;
        this.clock = clock;
    }

    /** A name that a category or a tag cannot get, because another one has it. These two can be merged. */
    public static final class NameTakenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NameTakenException(String name) {
            super("the name '" + name + "' is taken; choose another one, or merge the two");
        }
    }

    /**
     * Merges a category into another one: its tags move there. The tag of the same name that the other one may have already takes the
     * place of the moved one. A peer that goes on sending the old category changes nothing. If the category is a topic of the home page,
     * the other one takes its place.
     *
     * @throws IllegalArgumentException if both are the same
     */
    public void merge(CuratedCategory from, CuratedCategory into, UserName by) {
        storage.inTransaction(() -> {
            map(new TagRule(null, from.name(), null, into.name(), null), by);
            if (from.topic()) {
                moveTopic(from.id(), into.id());
            }
        });
    }

    /** Gives the place of a topic to another category, unless that one comes before it already. */
    private void moveTopic(long from, long into) {
        List<Long> topics = new ArrayList<>();
        Slice<CuratedCategory> page;
        do {
            page = curation.categories(topics.size(), TOPICS_READ);
            page.items().stream()
                    .filter(CuratedCategory::topic)
                    .map(CuratedCategory::id)
                    .forEach(topics::add);
        } while (topics.size() % TOPICS_READ == 0 && !page.last());
        curation.chooseTopics(topics.stream()
                .map(topic -> topic == from ? into : topic)
                .distinct()
                .toList());
    }

    /**
     * Merges a tag into another one, which may be in another category.
     *
     * @throws IllegalArgumentException if both are the same
     */
    public void merge(CuratedTag from, CuratedTag into, UserName by) {
        Tag old = from.tag().tag();
        Tag kept = into.tag().tag();
        map(new TagRule(null, old.category(), old.name(), kept.category(), kept.name()), by);
    }

    /**
     * Saves a rule, and begins to apply it to the resources that the library has. It replaces the rule with the same key. A rule for all
     * resources that replaces the target of this one is removed, because the target is in use from now on.
     */
    public void map(TagRule rule, UserName by) {
        storage.inTransaction(() -> {
            List<Long> tags = new ArrayList<>(curation.named(rule.category(), rule.name()));
            tags.addAll(mappedBefore(rule));
            Optional<TagRule> removed = storage.tagRules().remove(rule.target());
            Optional<TagRule> replaced = storage.tagRules().put(rule, by, clock.instant());
            removed.ifPresent(old -> tags.addAll(targets(old)));
            replaced.ifPresent(old -> tags.addAll(targets(old)));
            begin(tags, rule.key(), rule.peer(), false, by);
        });
    }

    /**
     * Removes a rule, and begins to give the resources back what it replaced. Later changes by a person stay.
     *
     * @return the removed rule; empty if there is no such rule
     */
    public Optional<TagRule> revoke(TagRuleKey key, UserName by) {
        return storage.inTransaction(() -> {
            Optional<TagRule> removed = storage.tagRules().remove(key);
            removed.ifPresent(rule -> begin(targets(rule), rule.key(), rule.peer(), false, by));
            return removed;
        });
    }

    /** Returns the tags that a rule may have given to resources, as they are called today. */
    private Set<Long> targets(TagRule rule) {
        return reached(List.of(rule.target()));
    }

    /** Returns the tags that resources may have by earlier rules instead of those that a new rule replaces. */
    private Set<Long> mappedBefore(TagRule rule) {
        TagRuleKey replaced = new TagRuleKey(null, rule.category(), rule.name());
        return reached(storage.tagRules().all().stream()
                .map(SavedRule::rule)
                .filter(earlier -> earlier.peer() == null || earlier.peer().equals(rule.peer()))
                .filter(earlier -> isAbout(earlier, replaced))
                .map(earlier -> next(earlier, replaced))
                .toList());
    }

    /** Returns the tags at these categories or tags, and at all that the rules for all resources lead to from there. */
    private Set<Long> reached(List<TagRuleKey> from) {
        List<TagRule> rules = storage.tagRules().all().stream()
                .map(SavedRule::rule)
                .filter(rule -> rule.peer() == null)
                .toList();
        Set<Long> tags = new TreeSet<>();
        Set<TagRuleKey> passed = new HashSet<>(from);
        Deque<TagRuleKey> open = new ArrayDeque<>(passed);
        while (!open.isEmpty()) {
            TagRuleKey at = open.remove();
            tags.addAll(curation.named(at.category(), at.name().isEmpty() ? null : at.name()));
            rules.stream()
                    .filter(rule -> isAbout(rule, at))
                    .map(rule -> next(rule, at))
                    .filter(passed::add)
                    .forEach(open::add);
        }
        return tags;
    }

    private static boolean isAbout(TagRule rule, TagRuleKey place) {
        TagRuleKey key = rule.key();
        return key.category().equals(place.category())
                && (key.name().isEmpty() || place.name().isEmpty() || key.name().equals(place.name()));
    }

    /** Returns the category or tag that replaces another one according to a rule. */
    private static TagRuleKey next(TagRule rule, TagRuleKey place) {
        return rule.toName() == null ? new TagRuleKey(null, rule.toCategory(), place.name()) : rule.target();
    }

    private void begin(
            Collection<Long> tags, @Nullable TagRuleKey from, @Nullable PeerId peer, boolean touches, UserName by) {
        List<Long> distinct = tags.stream().distinct().sorted().toList();
        long total = curation.resources(distinct, peer);
        curation.begin(Retagging.of(distinct, from, peer, touches, by, total));
    }

    /**
     * Changes the texts of a category. If its name changes, what a peer sends with the old name gets the new one. Resources with the tags
     * of the category are served again if a text changed.
     *
     * @throws NameTakenException if another category has the name
     * @throws IllegalArgumentException if a text is too long or blank
     */
    public void edit(
            CuratedCategory category,
            String name,
            LocalizedText names,
            LocalizedText description,
            boolean hidden,
            UserName by) {
        TagRuleKey before = new TagRuleKey(null, category.name(), null);
        TagRuleKey after = new TagRuleKey(null, name, null);
        storage.inTransaction(() -> {
            if (!before.equals(after) && curation.category(name).isPresent()) {
                throw new NameTakenException(name);
            }
            List<Long> tags = curation.named(category.name(), null);
            // Validates the texts.
            Tag valid = new Tag(
                    Tag.of(name, "any").guid(),
                    name,
                    "any",
                    names,
                    LocalizedText.empty(),
                    description,
                    LocalizedText.empty(),
                    null);
            curation.changeCategory(category.id(), valid.category(), valid.categories(), valid.description(), hidden);
            boolean isRenamed = !before.equals(after);
            if (isRenamed) {
                renamed(new TagRule(null, category.name(), null, valid.category(), null), by);
            }
            if (!valid.category().equals(category.name()) || !valid.categories().equals(category.names())) {
                begin(tags, isRenamed ? before : null, null, true, by);
            }
        });
    }

    /**
     * Changes the texts of a tag, as {@link #edit(CuratedCategory, String, LocalizedText, LocalizedText, boolean, UserName)} does for a
     * category.
     *
     * @param place the place in the lists of tags of its category, from 1; null for none
     */
    public void edit(CuratedTag tag, Tag wanted, boolean hidden, @Nullable Integer place, UserName by) {
        Tag before = tag.tag().tag();
        storage.inTransaction(() -> {
            boolean isRenamed = !before.key().equals(wanted.key());
            if (isRenamed && !curation.named(wanted.category(), wanted.name()).isEmpty()) {
                throw new NameTakenException(wanted.name());
            }
            curation.changeTag(
                    tag.tag().id(),
                    wanted.name(),
                    wanted.names(),
                    wanted.description(),
                    wanted.summary(),
                    hidden,
                    place);
            if (isRenamed) {
                renamed(new TagRule(null, before.category(), before.name(), wanted.category(), wanted.name()), by);
            }
            if (!before.equals(wanted)) {
                begin(
                        List.of(tag.tag().id()),
                        isRenamed ? new TagRuleKey(null, before.category(), before.name()) : null,
                        null,
                        true,
                        by);
            }
        });
    }

    /**
     * Saves the rule for what is sent with the old name. The rule for the new name no longer applies: what it replaced returns, as in
     * {@link #map}.
     */
    private void renamed(TagRule rule, UserName by) {
        Optional<TagRule> removed = storage.tagRules().remove(rule.target());
        Optional<TagRule> replaced = storage.tagRules().put(rule, by, clock.instant());
        Set<Long> tags = new TreeSet<>();
        removed.ifPresent(old -> tags.addAll(targets(old)));
        replaced.ifPresent(old -> tags.addAll(targets(old)));
        if (!tags.isEmpty()) {
            begin(tags, rule.target(), null, false, by);
        }
    }

    /**
     * Brings the changes that have not reached all resources yet to the next resources, in one transaction. Each changed resource gets a
     * new feed position, so that peers notice it. Call it in the background until it returns 0. Safe to call from several processes, and
     * after a crash.
     *
     * @param limit the maximum number of resources, from 1
     * @return 0 if there is nothing to do now, otherwise more
     */
    public int step(int limit) {
        return again(
                () -> curation.claim().map(claimed -> 1 + step(claimed, limit)).orElse(0));
    }

    private int step(Retagging claimed, int limit) {
        Instant now = clock.instant();
        TagMapping mapping = storage.tagRules().mapping();
        List<Resource> all = List.copyOf(
                storage.resources().findForUpdate(curation.next(claimed, limit)).values());
        List<Resource> changed = new ArrayList<>();
        List<Guid> reworded = new ArrayList<>();
        for (Resource resource : all) {
            Resource retagged = resource.retagged(mapping, claimed.by(), now);
            boolean isTouched = retagged == resource && claimed.touches() && claimed.pass() == 0;
            Resource next = isTouched ? resource.servedAnew(now) : retagged;
            if (next != resource) {
                changed.add(next);
            }
            // A resource that is not public is not served anew, but is found by its new words.
            if (next != resource || isTouched) {
                reworded.add(resource.guid());
            }
        }
        storage.resources().save(changed);
        curation.changed(claimed, reworded);
        return all.size();
    }

    private int again(Supplier<Integer> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return storage.inTransaction(work);
            } catch (ConcurrentChangeException e) {
                if (attempt == SAVE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}

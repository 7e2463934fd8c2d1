package org.librarypeers.app.content;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.UndoResult;
import org.librarypeers.sync.library.BulkChange;
import org.librarypeers.sync.library.BulkChangeState;
import org.librarypeers.sync.library.BulkEffect;
import org.librarypeers.sync.library.LibraryStorage;

/** A service that changes many resources alike, in batches, and undoes such changes. Thread-safe. */
public final class BulkEdit {

    /** The number of resources in one transaction. */
    private static final int BATCH = 100;

    private final LibraryStorage storage;
    private final Clock clock;
    private final AuditTrail trail;

    /** Creates a service on this storage. */
    public BulkEdit(LibraryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
        this.trail = new AuditTrail(storage, clock);
    }

    /** The change of a resource. Returns the same resource if it does not concern it. */
    @FunctionalInterface
    public interface Change {

        /** Returns the changed resource. */
        Resource of(Resource resource);
    }

    /** Returns a change that gives resources a tag. */
    public Change adding(Tag tag, UserName by) {
        return resource -> {
            List<Tag> tags = new ArrayList<>(resource.content().tags());
            boolean has = tags.stream().anyMatch(each -> each.key().equals(tag.key()));
            if (has || tags.size() >= ResourceContent.MAX_TAGS) {
                return resource;
            }
            tags.add(tag);
            return resource.edit(resource.content().toBuilder().tags(tags).build(), by, clock.instant());
        };
    }

    /** Returns a change that takes a tag from resources. */
    public Change removing(Tag tag, UserName by) {
        return resource -> {
            List<Tag> tags = resource.content().tags().stream()
                    .filter(each -> !each.key().equals(tag.key()))
                    .toList();
            return tags.size() == resource.content().tags().size()
                    ? resource
                    : resource.edit(resource.content().toBuilder().tags(tags).build(), by, clock.instant());
        };
    }

    /** Returns a change that archives approved resources. */
    public Change archiving() {
        return resource -> resource.status() == Status.APPROVED ? resource.archive(clock.instant()) : resource;
    }

    /** Returns a change that submits archived and rejected resources for another review. */
    public Change submitting() {
        return resource -> resource.status() == Status.ARCHIVED || resource.status() == Status.REJECTED
                ? resource.submit(clock.instant())
                : resource;
    }

    /** Returns how many of these resources a change concerns. */
    public int count(Collection<Guid> resources, Change change) {
        int count = 0;
        List<Guid> all = List.copyOf(resources);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Guid> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            count += changed(storage.resources().find(batch), change).size();
        }
        return count;
    }

    /** A resource that a change concerns. */
    private record Changed(Resource before, Resource after) {}

    private static List<Changed> changed(Map<Guid, Resource> resources, Change change) {
        List<Changed> changed = new ArrayList<>();
        for (Resource before : resources.values()) {
            Resource after = change.of(before);
            if (after != before) {
                changed.add(new Changed(before, after));
            }
        }
        return changed;
    }

    /**
     * Changes resources. Each batch is one transaction, with an entry in the audit log.
     *
     * @param record the change, by which it can be undone
     * @return the number of changed resources
     */
    public int apply(Collection<Guid> resources, Change change, BulkChange record) {
        int count = 0;
        List<Guid> all = List.copyOf(resources);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Guid> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            count += storage.inTransaction(() -> {
                List<Changed> changed = changed(storage.resources().findForUpdate(batch), change);
                storage.resources().save(changed.stream().map(Changed::after).toList());
                List<BulkEffect> effects = changed.stream()
                        .map(each -> BulkEffect.of(each.before(), each.after()))
                        .toList();
                storage.bulkChanges().add(record, effects);
                record(AuditAction.RESOURCES_CHANGED, record, guids(effects));
                return changed.size();
            });
        }
        return count;
    }

    private static List<Guid> guids(Collection<BulkEffect> effects) {
        return effects.stream().map(BulkEffect::resource).toList();
    }

    private void record(AuditAction action, BulkChange change, Collection<Guid> resources) {
        if (!resources.isEmpty()) {
            trail.record(new AuditTrail.Note(
                    action,
                    null,
                    Map.of(
                            "change",
                            change.label().isEmpty()
                                    ? change.kind().word()
                                    : change.kind().word() + " " + change.label(),
                            "count",
                            String.valueOf(resources.size()),
                            "resources",
                            resources.stream().map(Guid::toString).collect(Collectors.joining(" ")))));
        }
    }

    /**
     * Undoes a change, batch by batch. Each batch is one transaction, with an entry in the audit log. A resource stays unchanged if
     * something has changed it since: another change, a decision, an edit, or a newer version from its source.
     *
     * @param change the change, as it was found
     * @param by the person who undoes it
     */
    public UndoResult undo(BulkChangeState change, UserName by) {
        int undone = 0;
        List<Guid> changed = new ArrayList<>();
        long already = change.undone();
        Guid after = null;
        List<BulkEffect> page;
        do {
            page = storage.bulkChanges().effects(change.change().id(), after, BATCH);
            if (!page.isEmpty()) {
                UndoResult batch = undo(change.change(), after, guids(page), by);
                undone += batch.undone();
                changed.addAll(batch.changed());
                already += batch.already();
                after = page.get(page.size() - 1).resource();
            }
        } while (page.size() == BATCH);
        return new UndoResult(undone, (int) already, changed);
    }

    /** Undoes a change for the resources of one page, which begins after a GUID, in one transaction. */
    private UndoResult undo(BulkChange change, @Nullable Guid after, List<Guid> page, UserName by) {
        return storage.inTransaction(() -> {
            Map<Guid, Resource> locked = storage.resources().findForUpdate(page);
            // Read again now that the resources are locked: nobody else undoes the change meanwhile.
            List<BulkEffect> effects = storage.bulkChanges().effects(change.id(), after, BATCH).stream()
                    .filter(effect -> locked.containsKey(effect.resource()))
                    .toList();
            Map<Guid, List<Revision>> histories = storage.resources().histories(locked.keySet());
            TagMapping mapping = storage.tagRules().mapping();
            Instant now = clock.instant();
            List<Resource> restored = new ArrayList<>();
            List<Guid> changed = new ArrayList<>();
            for (BulkEffect effect : effects) {
                Guid guid = effect.resource();
                Optional.ofNullable(locked.get(guid))
                        .flatMap(resource -> resource.restored(
                                effect.before(), effect.after(), histories.getOrDefault(guid, List.of()), now))
                        // The history has the tags of its time, which may have been merged or renamed since then.
                        .map(former -> former.retagged(mapping, by, now))
                        .ifPresentOrElse(restored::add, () -> changed.add(guid));
            }
            storage.resources().save(restored);
            List<Guid> undone = restored.stream().map(Resource::guid).toList();
            storage.bulkChanges().undone(change.id(), undone);
            record(AuditAction.CHANGES_UNDONE, change, undone);
            return new UndoResult(undone.size(), page.size() - effects.size(), changed);
        });
    }
}

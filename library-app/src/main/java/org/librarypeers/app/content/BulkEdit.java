package org.librarypeers.app.content;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.library.LibraryStorage;

/** A service that changes many resources alike, in batches. Thread-safe. */
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

    private static List<Resource> changed(Map<Guid, Resource> resources, Change change) {
        List<Resource> changed = new ArrayList<>();
        for (Resource resource : resources.values()) {
            Resource after = change.of(resource);
            if (after != resource) {
                changed.add(after);
            }
        }
        return changed;
    }

    /**
     * Changes resources. Each batch is one transaction, with an entry in the audit log.
     *
     * @param word the name of the change in the audit log
     * @return the number of changed resources
     */
    public int apply(Collection<Guid> resources, Change change, String word) {
        int count = 0;
        List<Guid> all = List.copyOf(resources);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Guid> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            count += storage.inTransaction(() -> {
                List<Resource> changed = changed(storage.resources().findForUpdate(batch), change);
                storage.resources().save(changed);
                if (!changed.isEmpty()) {
                    trail.record(new AuditTrail.Note(
                            AuditAction.RESOURCES_CHANGED,
                            null,
                            Map.of("change", word, "count", String.valueOf(changed.size()))));
                }
                return changed.size();
            });
        }
        return count;
    }
}

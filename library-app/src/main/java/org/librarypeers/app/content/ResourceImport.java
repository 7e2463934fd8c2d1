package org.librarypeers.app.content;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.ReadResource;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.library.LibraryStorage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An import of resources as a library's own, from JSON in the ORB v1 detail format: objects one after another, in
 * arrays, or in saved list responses. It imports all or nothing: one invalid object rejects the whole file. Importing a file
 * again changes nothing.
 *
 * <p>A new resource gets the status that the file states, but is published only if the import is run with approval. It
 * gets the page address that the file states, if that is free. An existing resource of the library keeps its status,
 * its page address, and the parts of its content that the file does not mention.
 */
public final class ResourceImport {

    private static final int MAX_PROBLEMS = 20;

    /**
     * The maximum number of resources in a batch. {@link #BATCH_CHARACTERS} limits the length of a batch in the file.
     */
    private static final int BATCH = 200;

    private static final int BATCH_CHARACTERS = 4_000_000;

    /**
     * The remarks that are not errors. Resources of this library may contain what these remarks report, and their
     * export must be importable.
     */
    private static final Set<Remark.Kind> HARMLESS =
            Set.of(Remark.Kind.CREDENTIALS_REMOVED, Remark.Kind.IMAGE_DATA_REMOVED);

    private final LibraryStorage storage;
    private final List<String> contentLanguages;
    private final Clock clock;
    private final AuditTrail trail;

    /** Creates an import into this library. */
    public ResourceImport(LibraryStorage storage, List<String> contentLanguages, Clock clock) {
        this.storage = storage;
        this.contentLanguages = contentLanguages;
        this.clock = clock;
        this.trail = new AuditTrail(storage, clock);
    }

    /** A source of the data to import. */
    public interface ImportSource {

        /** Opens a stream at the beginning of the data. The import closes it. */
        InputStream open() throws IOException;
    }

    /**
     * The result of an import.
     *
     * @param added the number of new resources, by their present status
     * @param held the number of new resources that are pending only because the import was run without approval
     * @param updated the number of the library's own resources whose content changed
     * @param unchanged the number of the library's own resources that already had this content
     * @param kept the number of resources that come from a peer and were not changed
     * @param moved the number of new resources that did not get the page address in the file, because it is taken
     * @param problems the first problems in the file, with their places; if there are any, nothing was imported
     */
    public record ImportResult(
            Map<Status, Integer> added,
            int held,
            int updated,
            int unchanged,
            int kept,
            int moved,
            List<String> problems) {

        /** Returns the number of new resources with this status. */
        public int added(Status status) {
            return added.getOrDefault(status, 0);
        }
    }

    /**
     * Imports a file.
     *
     * @param name the name of the file, for the audit log
     * @param approve whether to publish new resources that are approved in the file, or have no status there
     * @throws IOException if the file cannot be read; nothing is imported then
     */
    public ImportResult run(String name, ImportSource source, boolean approve) throws IOException {
        try {
            return storage.inTransaction(() -> {
                FileImport run = new FileImport(approve);
                try (InputStream file = source.open()) {
                    ImportedObjects.read(file, run, run::continues);
                } catch (IOException e) {
                    throw new Abandoned(e, List.of());
                }
                run.flush();
                if (!run.problems.isEmpty()) {
                    throw new Abandoned(null, run.problems);
                }
                trail.record(run.note(name, approve));
                return run.outcome();
            });
        } catch (Abandoned e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            return new ImportResult(Map.of(), 0, 0, 0, 0, 0, e.problems);
        }
    }

    /** An exception that rolls back the transaction. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> problems;

        Abandoned(@Nullable IOException cause, List<String> problems) {
            super("nothing was imported", cause);
            this.problems = problems;
        }
    }

    /** An object of the file that is not parsed as a resource yet. */
    private record ReadObject(String where, Guid guid, ObjectNode object) {}

    /** One import, within its transaction. */
    private final class FileImport implements ImportedObjects.Sink {

        private final boolean approve;
        private final Instant now = clock.instant();
        private final TagMapping mapping = storage.tagRules().mapping();
        private final Set<Guid> guids = new HashSet<>();
        private final List<ReadObject> batch = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final Map<Status, Integer> added = new EnumMap<>(Status.class);
        private long characters;
        private int held;
        private int updated;
        private int unchanged;
        private int kept;
        private int moved;

        FileImport(boolean approve) {
            this.approve = approve;
        }

        boolean continues() {
            return problems.size() < MAX_PROBLEMS;
        }

        @Override
        public void unreadable(String where, String why) {
            problems.add(where + ": " + why);
        }

        @Override
        public void found(String where, JsonNode value, long length) {
            if (!(value instanceof ObjectNode object)) {
                problems.add(where + ": not a JSON object; a resource must be an object with guid and title");
                return;
            }
            Optional<Guid> guid = guid(where, object);
            if (guid.isPresent() && !guids.add(guid.get())) {
                problems.add(where + ": guid " + guid.get() + " is already used by an earlier resource in the file");
            } else if (guid.isPresent()) {
                batch.add(new ReadObject(where, guid.get(), object));
                characters += length;
                if (batch.size() == BATCH || characters > BATCH_CHARACTERS) {
                    flush();
                }
            }
        }

        private Optional<Guid> guid(String where, ObjectNode object) {
            try {
                return Optional.of(ResourceDocument.guid(object));
            } catch (InvalidDocumentException e) {
                problems.add(where + ": " + e.getMessage());
                return Optional.empty();
            }
        }

        void flush() {
            Map<Guid, Resource> known = storage.resources()
                    .findForUpdate(batch.stream().map(ReadObject::guid).toList());
            List<Resource> changed = new ArrayList<>();
            Map<Guid, Slug> addresses = new LinkedHashMap<>();
            for (ReadObject each : batch) {
                try {
                    Resource stored = known.get(each.guid());
                    if (stored == null) {
                        changed.add(added(each, addresses));
                    } else if (stored.origin() instanceof Origin.FromPeer) {
                        kept++;
                    } else {
                        updated(each, stored).ifPresentOrElse(changed::add, () -> unchanged++);
                    }
                } catch (InvalidDocumentException e) {
                    problems.add(each.where() + ": " + e.getMessage());
                }
            }
            batch.clear();
            characters = 0;
            if (problems.isEmpty()) {
                storage.resources().save(changed);
                Map<Guid, Resource> saved = storage.resources().find(addresses.keySet());
                addresses.forEach((guid, slug) -> moved +=
                        saved.get(guid) == null || saved.get(guid).slug().equals(slug) ? 0 : 1);
            }
        }

        private Resource added(ReadObject found, Map<Guid, Slug> addresses) {
            ReadResource read = ResourceDocument.read(found.object(), language());
            read.remarks().forEach(remark -> report(found, remark));
            ResourceContent content = mapping.map(read.resource().content());
            Optional<Slug> slug = ResourceDocument.slug(found.object());
            slug.ifPresent(each -> addresses.put(found.guid(), each));
            Optional<Status> stated = ResourceDocument.status(found.object());
            boolean publishable = stated.orElse(Status.APPROVED) == Status.APPROVED;
            Status status = !publishable ? stated.orElseThrow() : approve ? Status.APPROVED : Status.PENDING;
            held += publishable && !approve ? 1 : 0;
            added.merge(status, 1, Integer::sum);
            Resource made = slug.map(each -> Resource.create(found.guid(), each, content, UserName.SYSTEM, now))
                    .orElseGet(() -> Resource.create(found.guid(), content, UserName.SYSTEM, now));
            return switch (status) {
                case PENDING -> made;
                case APPROVED -> made.approve(now);
                case REJECTED -> made.reject(now);
                case ARCHIVED -> made.approve(now).archive(now);
            };
        }

        private Optional<Resource> updated(ReadObject found, Resource stored) {
            ResourceContent content = mapping.from(stored.origin())
                    .map(ResourceDocument.readOnto(
                            stored.content(), found.object(), language(), remark -> report(found, remark)));
            if (stored.content().fingerprint().equals(content.fingerprint())) {
                return Optional.empty();
            }
            updated++;
            return Optional.of(stored.edit(content, UserName.SYSTEM, now));
        }

        /**
         * Reports a remark as a problem. A sync would correct or leave out the value; an import
         * rejects it, because the user can correct the file.
         */
        private void report(ReadObject found, Remark remark) {
            if (!HARMLESS.contains(remark.kind())) {
                problems.add(found.where() + ": " + remark.problem());
            }
        }

        private String language() {
            return contentLanguages.get(0);
        }

        Note note(String name, boolean approve) {
            return new Note(
                    AuditAction.RESOURCES_IMPORTED,
                    new Subject("file", name, null),
                    Map.of(
                            "new",
                            String.valueOf(added.values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum()),
                            "updated",
                            String.valueOf(updated),
                            "approve",
                            String.valueOf(approve)));
        }

        ImportResult outcome() {
            return new ImportResult(added, held, updated, unchanged, kept, moved, List.of());
        }
    }
}

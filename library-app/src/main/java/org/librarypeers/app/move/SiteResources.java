package org.librarypeers.app.move;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Revisions;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.TextCut;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.ReadResource;
import org.librarypeers.persistence.SiteMove.MovedResource;

/** The resources of a site. */
final class SiteResources {

    private final Dump dump;
    private final SiteDocument documents;
    private final SiteMedia media;
    private final SiteVocabulary vocabulary;
    private final SiteAccounts accounts;
    private final SitePeers peers;
    private final LibraryId library;
    private final Instant now;
    private final MoveReport report;
    private final Set<Guid> guids = new HashSet<>();
    private final Set<Slug> slugs = new HashSet<>();

    /** The parts of a site that its resources name. */
    record Parts(
            Dump dump,
            SiteDocument documents,
            SiteMedia media,
            SiteVocabulary vocabulary,
            SiteAccounts accounts,
            SitePeers peers) {}

    SiteResources(Parts parts, LibraryId library, Instant now, MoveReport report) {
        this.dump = parts.dump();
        this.documents = parts.documents();
        this.media = parts.media();
        this.vocabulary = parts.vocabulary();
        this.accounts = parts.accounts();
        this.peers = parts.peers();
        this.library = library;
        this.now = now;
        this.report = report;
    }

    /**
     * A resource with what belongs to it.
     *
     * @param decisions the decisions of its reviewers, the earliest first
     * @param pages the present paths of its pages by their former ones
     */
    record SiteResource(MovedResource moved, List<Decision> decisions, Map<String, String> pages) {}

    /** Reads a resource. Empty if it cannot be carried over, which is reported. */
    Optional<SiteResource> read(DumpRow row) {
        Optional<Guid> guid = guid(row);
        if (guid.isEmpty()) {
            return Optional.empty();
        }
        ReadResource read;
        Resource resource;
        try {
            read = documents.resource(row, guid.get().toString(), vocabulary.tagsOf(row));
            resource = resource(row, read.resource());
        } catch (InvalidDocumentException | IllegalArgumentException e) {
            report.left("resources that cannot be read: " + e.getMessage(), row.key());
            return Optional.empty();
        }
        for (Remark remark : read.remarks()) {
            report.left(
                    "values that were corrected or left out, as a sync does: "
                            + remark.kind().word(),
                    "resource " + row.key() + ": " + remark.problem());
        }
        SiteDocument.languages(read, report::language);
        report.resource(resource.status());
        MovedResource moved =
                new MovedResource(resource, row.number().orElseThrow(), attachments(row), vocabulary.taggings(row));
        return Optional.of(new SiteResource(moved, decisions(row, resource), pages(row, resource)));
    }

    private Optional<Guid> guid(DumpRow row) {
        if (row.number().isEmpty()) {
            report.left("resources without a number", row.where());
            return Optional.empty();
        }
        Optional<Guid> stated = row.text("guid").flatMap(SiteResources::parsed);
        if (stated.isEmpty()) {
            report.left("resources without a GUID, which get a new one; other libraries see them as new", row.key());
        }
        Guid guid = stated.orElseGet(Guid::random);
        if (!guids.add(guid)) {
            report.left("resources with the GUID of another one", row.key());
            return Optional.empty();
        }
        return Optional.of(guid);
    }

    private static Optional<Guid> parsed(String text) {
        try {
            return Optional.of(Guid.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Resource resource(DumpRow row, IncomingResource read) {
        Instant created = row.time("create_date").orElse(now);
        Instant updated = row.time("update_date").orElse(created);
        Status status = status(row);
        Peer source = peers.source(row);
        UserName author = accounts.author(row, source == null ? "create_user" : "update_user");
        Revision revision = new Revision(1, read.content(), new Author.Person(author), updated);
        ReviewState review = source == null
                ? ReviewState.NONE
                : new ReviewState(revision.number(), status == Status.PENDING ? 0 : revision.number());
        Origin origin = source == null ? new Origin.Local() : origin(read, source, created);
        return Resource.restore(
                read.guid(), slug(row, read), status, origin, Revisions.of(revision), created, updated, review, 0);
    }

    private Status status(DumpRow row) {
        String word = row.text("status").orElse("");
        return Status.ofWord(word).orElseGet(() -> {
            report.left("statuses that only older sites have; the resources become pending", row.key() + ": " + word);
            return Status.PENDING;
        });
    }

    private Origin origin(IncomingResource read, Peer source, Instant at) {
        Received received = Resource.adopt(read, new Delivery(source, SyncLogId.NONE, library, at));
        return received.toSave()
                .map(Resource::origin)
                .orElseThrow(() -> new IllegalArgumentException(
                        received.problem().map(Object::toString).orElse("its source cannot be used")));
    }

    private Slug slug(DumpRow row, IncomingResource read) {
        Slug slug = row.text("slug")
                .flatMap(Slug::parse)
                .orElseGet(() -> Slug.of(read.content().title().best(List.of("en")), read.guid()));
        Slug free = slugs.contains(slug) ? slug.with(read.guid()) : slug;
        slugs.add(free);
        return free;
    }

    /** Returns the numbers of links and files by GUID. A file whose number a link has too gets a new one. */
    private Map<Guid, Long> attachments(DumpRow row) {
        Map<Guid, Long> numbers = new HashMap<>();
        for (DumpRow link : dump.parts("resourceurl", row)) {
            put(numbers, link, link.number());
        }
        for (DumpRow file : dump.parts("resourcefile", row)) {
            boolean isTaken = dump.isLink(file.key());
            if (isTaken) {
                report.left(
                        "files whose number in the API a link has too; they get a new one, and /resource/file/<number>/"
                                + " still leads to them",
                        file.key());
            }
            put(numbers, file, isTaken ? OptionalLong.empty() : file.number());
        }
        return numbers;
    }

    private static void put(Map<Guid, Long> numbers, DumpRow row, OptionalLong number) {
        Optional<Guid> guid = row.text("guid").flatMap(SiteResources::parsed);
        if (guid.isPresent() && number.isPresent()) {
            numbers.putIfAbsent(guid.get(), number.getAsLong());
        }
    }

    private List<Decision> decisions(DumpRow row, Resource resource) {
        List<Decision> decisions = new ArrayList<>();
        for (DumpRow tracker : dump.parts("resourceworkflowtracker", row)) {
            Optional<Status> decided = tracker.text("status")
                    .flatMap(Status::ofWord)
                    .filter(status -> status == Status.APPROVED || status == Status.REJECTED);
            decided.ifPresent(status -> decisions.add(new Decision(
                    resource.guid(),
                    1,
                    status,
                    accounts.author(tracker, "create_user"),
                    tracker.time("create_date").orElse(resource.updated()),
                    note(tracker),
                    null,
                    null,
                    false)));
        }
        return decisions;
    }

    private static @Nullable String note(DumpRow tracker) {
        return tracker.text("notes")
                .map(note -> TextCut.shorten(note, Decision.MAX_NOTE))
                .orElse(null);
    }

    private Map<String, String> pages(DumpRow row, Resource resource) {
        Map<String, String> pages = new LinkedHashMap<>();
        String target = "/resource/" + resource.slug();
        pages.put("/resource/" + row.key(), target);
        row.text("slug").filter(slug -> !slug.equals(resource.slug().value())).ifPresent(slug -> {
            pages.put("/resource/view/" + slug, target);
            pages.put("/resource/" + slug, target);
        });
        dump.parts("resourceurl", row).forEach(link -> pages.put("/resource/link/" + link.key() + "/", target));
        for (DumpRow file : dump.parts("resourcefile", row)) {
            pages.put(
                    "/resource/file/" + file.key() + "/",
                    file.text("file")
                            .map(media::address)
                            .filter(path -> path.startsWith("/") && resource.status() == Status.APPROVED)
                            .orElse(target));
        }
        return pages;
    }
}

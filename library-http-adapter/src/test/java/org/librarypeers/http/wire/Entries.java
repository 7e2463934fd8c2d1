package org.librarypeers.http.wire;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Revisions;
import org.librarypeers.domain.Route;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.ListedResource;

/** Sample catalogue entries. */
final class Entries {

    /** A site that serves the entries. */
    static final Site SITE = new Site("https://orb.example.org", List.of("en", "es", "pt-br"));

    static final Instant CREATED = Instant.parse("2026-02-03T04:05:06.000007Z");
    private static final Instant UPDATED = Instant.parse("2026-03-01T12:00:00Z");

    /** The route of relayed resources. */
    static final Route ROUTE = new Route(List.of(LibraryId.of("a1000000-0000-4000-8000-000000000001")));

    private Entries() {}

    static CatalogueEntry local(ResourceContent content) {
        return entry(content, new Origin.Local());
    }

    static ListedResource listed(ResourceContent content) {
        return ListedResource.of(local(content));
    }

    static CatalogueEntry relayed(ResourceContent content, String name, String host, String url) {
        return entry(content, new Origin.FromPeer(new PeerId(1), name, host, url, ROUTE, content.fingerprint()));
    }

    private static CatalogueEntry entry(ResourceContent content, Origin origin) {
        Guid guid = Guid.random();
        Resource resource = Resource.restore(
                guid,
                Slug.of("some title", guid),
                Status.APPROVED,
                origin,
                Revisions.of(new Revision(1, content, new Author.Person(UserName.SYSTEM), CREATED)),
                CREATED,
                UPDATED,
                new ReviewState(0, 1),
                1);
        List<CatalogueEntry.Tagging> taggings = LongStream.rangeClosed(
                        1, content.tags().size())
                .mapToObj(i -> new CatalogueEntry.Tagging(300 + i, 400 + i, new Slug("tag-" + i), CREATED))
                .toList();
        return new CatalogueEntry(7, 99, UserName.SYSTEM, resource, numbers(content), taggings);
    }

    private static Map<Guid, Long> numbers(ResourceContent content) {
        Map<Guid, Long> numbers = new HashMap<>();
        for (AttachmentKind kind : AttachmentKind.values()) {
            long number = 100 * (kind.ordinal() + 1);
            for (Attachment attachment : content.attachments(kind)) {
                numbers.put(attachment.guid(), number++);
            }
        }
        return numbers;
    }
}

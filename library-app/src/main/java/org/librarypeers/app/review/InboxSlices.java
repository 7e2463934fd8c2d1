package org.librarypeers.app.review;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.storage.Neighbours;

/** Reads the page of the inbox that an address requests. */
final class InboxSlices {

    private static final int PAGE = 20;

    private final Catalogue catalogue;
    private final ReviewService review;

    InboxSlices(Catalogue catalogue, ReviewService review) {
        this.catalogue = catalogue;
        this.review = review;
    }

    /** One page of the inbox. */
    record InboxSlice(List<CatalogueEntry> entries, InboxRequest request, boolean earlier, boolean later) {

        List<Guid> guids() {
            return entries.stream().map(entry -> entry.resource().guid()).toList();
        }

        @Nullable
        String previous() {
            return earlier ? request.address("before", guids().get(0)) : null;
        }

        @Nullable
        String next() {
            return later ? request.address("after", guids().get(entries.size() - 1)) : null;
        }

        Optional<Resource> find(Guid guid) {
            return entries.stream()
                    .map(CatalogueEntry::resource)
                    .filter(resource -> resource.guid().equals(guid))
                    .findFirst();
        }

        /** Returns the neighbours of a resource that is neither the first nor the last one of this page. */
        Optional<Neighbours> around(Guid guid) {
            int at = guids().indexOf(guid);
            boolean isKnown = at >= 0 && (at > 0 || !earlier) && (at < entries.size() - 1 || !later);
            return isKnown
                    ? Optional.of(new Neighbours(
                            at == 0 ? null : guids().get(at - 1),
                            at == entries.size() - 1 ? null : guids().get(at + 1)))
                    : Optional.empty();
        }
    }

    private InboxSlice slice(Visit visit, InboxRequest request) {
        Guid before = Guid.parse(visit.parameter("before")).orElse(null);
        if (before != null) {
            List<Guid> found = review.inboxBefore(request.kind(), request.filter(), request.order(), before, PAGE + 1);
            boolean more = found.size() > PAGE;
            if (!found.isEmpty()) {
                Guid last = more ? found.get(0) : null;
                return slice(request.from(last), more ? found.subList(1, found.size()) : found, more, true);
            }
        }
        Guid after = before == null ? request.after() : null;
        List<Guid> found = page(request, after);
        if (found.isEmpty() && after != null) {
            // All resources of that page have been decided on, so show the first page.
            after = null;
            found = page(request, null);
        }
        boolean more = found.size() > PAGE;
        return slice(request.from(after), more ? found.subList(0, PAGE) : found, after != null, more);
    }

    private List<Guid> page(InboxRequest request, @Nullable Guid after) {
        return review.inbox(request.kind(), request.filter(), request.order(), after, PAGE + 1);
    }

    private InboxSlice slice(InboxRequest request, List<Guid> shown, boolean earlier, boolean later) {
        return new InboxSlice(catalogue.find(shown), request, earlier, later);
    }

    /** Returns the page of the list with the resource that is read beside it. */
    InboxSlice sliceWith(Visit visit, InboxRequest request, @Nullable Guid item) {
        InboxSlice slice = slice(visit, request);
        if (item == null || slice.find(item).isPresent()) {
            return slice;
        }
        Guid previous = review.inboxAround(request.kind(), request.filter(), request.order(), item)
                .previous();
        List<Guid> found = page(request, previous);
        if (!found.contains(item)) {
            return slice;
        }
        boolean more = found.size() > PAGE;
        return slice(request.from(previous), more ? found.subList(0, PAGE) : found, previous != null, more);
    }
}

package org.librarypeers.app.review;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.storage.InboxFilter.Kind;

/**
 * A page of the inbox.
 *
 * @param request the requested part of the inbox
 * @param counts the number of resources of each kind
 * @param reports the number of open reports of readers
 * @param deadLinks the number of dead links
 * @param rows the resources on this page
 * @param isPageChosen whether all resources on this page are selected
 * @param isListChosen whether all resources of the list are selected, on other pages too
 * @param mark the mark of what waited when this page was read, which the form sends back; empty if the storage has no marks
 * @param previous the address of the previous page; null if it is missing
 * @param next the address of the next page; null if it is missing
 * @param item the resource that is shown beside the list; null to show the list alone
 * @param isChosen whether the address names that resource; if not, it is shown only where there is room for both
 * @param peers the peers to filter by
 * @param languages the codes of the languages to filter by
 * @param tags the names of tags to suggest as filters
 */
public record InboxView(
        InboxRequest request,
        Map<Kind, Long> counts,
        long reports,
        long deadLinks,
        List<InboxRow> rows,
        boolean isPageChosen,
        boolean isListChosen,
        String mark,
        @Nullable String previous,
        @Nullable String next,
        @Nullable ReviewView item,
        boolean isChosen,
        List<Peer> peers,
        List<String> languages,
        List<String> tags) {

    /**
     * A resource that waits for a review.
     *
     * @param guid its GUID
     * @param address the address at which it is read
     * @param title its title
     * @param beginning the beginning of its description as plain text; empty if it has none
     * @param source the name of the peer that it came through
     * @param maker the name of the library that made it, if that is not the peer; null otherwise
     * @param since the time since which it waits
     * @param diff the first differences from the public revision or from the last one decided on; null if it has not changed
     *     upstream
     * @param status the word of its status
     * @param languages the codes of the languages of its title
     * @param tags its first tags
     * @param moreTags the number of its other tags
     * @param remarks the number of remarks on it
     * @param deadLinks the number of its dead links
     * @param seen its GUID and its state as shown here, which the form sends back
     * @param chosen whether it is selected
     */
    public record InboxRow(
            String guid,
            String address,
            Wording.Text title,
            Wording.Text beginning,
            String source,
            @Nullable String maker,
            Instant since,
            @Nullable ContentDiff diff,
            String status,
            List<String> languages,
            List<TagFilterLink> tags,
            int moreTags,
            int remarks,
            int deadLinks,
            String seen,
            boolean chosen) {}

    /** A tag with the address of the inbox filtered by it. */
    public record TagFilterLink(String name, String address) {}

    /** Returns the number of resources in the shown list. */
    public long count() {
        return count(request.kind());
    }

    /** Returns whether the list has other pages, and a decision on all of them is possible. */
    public boolean hasMore() {
        return !mark.isEmpty() && count() > rows.size();
    }

    /** Returns the number of resources of a kind. */
    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }
}

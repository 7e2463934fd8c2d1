package org.librarypeers.app.staff;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.Words;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.storage.InboxFilter.Kind;

/**
 * A page of the inbox.
 *
 * @param request what was asked for
 * @param counts how many there are of each kind
 * @param rows what waits
 * @param previous the address of the page before; null if there is none
 * @param next the address of the page after; null if there is none
 * @param peers by which peers one can filter
 * @param languages by which languages one can filter
 * @param tags names of tags by which one may want to filter
 */
public record InboxView(
        InboxRequest request,
        Map<Kind, Long> counts,
        List<Row> rows,
        @Nullable String previous,
        @Nullable String next,
        List<Peer> peers,
        List<String> languages,
        List<String> tags) {

    /**
     * A resource that waits.
     *
     * @param address of the page to read it
     * @param title what it is called
     * @param beginning what it says first, as plain text; empty if it has no description
     * @param source through whom it came
     * @param maker who made it, if that is somebody else; or null
     * @param since since when it waits
     * @param diff the beginning of what differs from what was decided on; null if that has not changed
     * @param status where it stands
     * @param languages in which languages it has a title
     * @param tags some of its tags
     * @param moreTags how many others it has
     * @param remarks how many remarks there are on it
     * @param seen the resource and how it is shown here, for the form
     * @param chosen whether it is chosen
     */
    public record Row(
            String address,
            Words.Text title,
            Words.Text beginning,
            String source,
            @Nullable String maker,
            String since,
            @Nullable ContentDiff diff,
            String status,
            List<String> languages,
            List<TagLink> tags,
            int moreTags,
            int remarks,
            String seen,
            boolean chosen) {}

    /** A tag, and where the resources are that wait and have it. */
    public record TagLink(String name, String address) {}

    /** How many wait of that kind. */
    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }
}

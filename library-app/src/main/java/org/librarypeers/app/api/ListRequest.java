package org.librarypeers.app.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;
import org.librarypeers.http.wire.OrbTime;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Order;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.Viewer;

/**
 * A parsed request for the list of resources, with the parameters of existing sites.
 *
 * @param paging the requested page
 * @param order the sort order
 * @param from the earliest update date, inclusive; null for no limit
 * @param to the latest update date, inclusive; null for no limit
 * @param statuses the statuses to include
 * @param place the place in the order after which the page begins; null if it begins at the offset
 * @param position for the full feed: the feed position after which the page begins; null for a normal list
 */
record ListRequest(
        Paging paging,
        Order order,
        @Nullable Instant from,
        @Nullable Instant to,
        Set<Status> statuses,
        @Nullable Place place,
        @Nullable Long position) {

    /**
     * The highest offset in a link to the next page. Later pages are linked by place, because the cost of an offset grows with
     * every page.
     */
    private static final long BY_OFFSET = 1_000;

    /**
     * Reads the query parameters.
     *
     * @throws RefusedException if a parameter is invalid
     */
    static ListRequest of(String path, Map<String, List<String>> parameters, OrbSchema schema) {
        Instant from = null;
        Instant to = null;
        Set<Status> statuses = EnumSet.allOf(Status.class);
        for (OrbSchema.Filter filter : schema.filters(parameters)) {
            switch (filter.comparison()) {
                case "gte" -> from = time(filter.value());
                case "lte" -> to = time(filter.value());
                default -> statuses = statuses(filter.value());
            }
        }
        Order order = order(schema.order(parameters));
        String after = Paging.last(parameters, Paging.AFTER);
        boolean full = "true".equals(Paging.last(parameters, "full"));
        return new ListRequest(
                Paging.of(path, parameters),
                order,
                from,
                to,
                statuses,
                full || after == null ? null : place(after, order),
                full ? position(after) : null);
    }

    private static Set<Status> statuses(String word) {
        return Status.ofWord(word).map(Set::of).orElseGet(() -> EnumSet.noneOf(Status.class));
    }

    private static Order order(@Nullable String field) {
        if (field == null) {
            return Order.TITLE;
        }
        return field.startsWith("-") ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
    }

    private static Instant time(String text) {
        return OrbTime.read(text)
                .map(time -> time.toInstant(ZoneOffset.UTC))
                .orElseThrow(() -> RefusedException.badRequest("['“" + text
                        + "” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.']"));
    }

    private static long position(@Nullable String after) {
        if (after == null) {
            return 0;
        }
        if (!after.matches("\\d{1,18}")) {
            throw RefusedException.badRequest("Invalid after '" + after + "' provided. Please provide an integer.");
        }
        return Long.parseLong(after);
    }

    /** Parses a place from a link: the number of the resource, a colon, and the title or date. */
    private static Place place(String after, Order order) {
        String[] parts = after.split(":", 2);
        if (parts.length < 2 || !parts[0].matches("\\d{1,18}")) {
            throw RefusedException.badRequest(
                    "Invalid after '" + after + "' provided. Please follow meta.next unchanged.");
        }
        long id = Long.parseLong(parts[0]);
        return order == Order.TITLE ? new Place(parts[1], Instant.EPOCH, id) : new Place("", time(parts[1]), id);
    }

    private String written(Place place) {
        return place.id() + ":" + (order == Order.TITLE ? place.title() : OrbTime.text(place.updated()));
    }

    CatalogueQuery query(Viewer viewer, String language) {
        int offset = place == null ? paging.offset() : 0;
        return new CatalogueQuery(viewer, statuses, from, to, order, language, place, offset, paging.limit());
    }

    /**
     * Returns the link to the next page.
     *
     * @param last the place of the last entry on this page
     */
    String next(Place last) {
        long begins = (long) paging.offset() + paging.limit();
        return begins <= BY_OFFSET ? paging.link("offset", begins) : paging.linkBehind(begins, written(last));
    }
}

package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.TitleOrder;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Source;

/**
 * Statements that count the resources of a list and select the resources of one page, without words to search for.
 *
 * <p>Each status is read by itself, in the order of the list, from an index that begins with the status. The parts are merged.
 * Resources that only this viewer sees are another part. So a page reads as many index entries as it has, and those that it
 * skips.
 */
final class ListStatement {

    /** The columns by which titles are ordered, by language. Titles in other languages are sorted. */
    private static final Map<String, String> TITLES =
            Map.of("en", "r.title_order_en", "es", "r.title_order_es", "pt-br", "r.title_order_pt_br");

    private static final String BY_DATE = "r.updated";
    private static final String KEPT = "(select coalesce(sum(number), 0) from resource_count where ";

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Set<Status> statuses;
    private final Viewer viewer;
    private final String place;
    private final String direction;

    /** The direction of the numbers of resources with the same place. */
    private final String ties;

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** The facet and key of the kept count of approved resources that satisfy the only condition; null if it is missing. */
    private @Nullable List<String> kept;

    /** True if {@link #count} found no resources that only this viewer and staff see. */
    private boolean nothingOwn;

    private ListStatement(Set<Status> statuses, Viewer viewer, String place, String direction, String ties) {
        this.statuses = statuses;
        this.viewer = viewer;
        this.place = place;
        this.direction = direction;
        this.ties = ties;
    }

    /** Creates the statements of a list request, without the place after which the page begins. */
    static ListStatement of(CatalogueQuery query) {
        String place = query.order() == CatalogueQuery.Order.TITLE ? title(query.language()) : BY_DATE;
        String direction = query.order() == CatalogueQuery.Order.NEWEST_FIRST ? " desc" : "";
        ListStatement statement = new ListStatement(query.statuses(), query.viewer(), place, direction, "");
        if (query.updatedFrom() != null) {
            statement.require("r.updated >= ?", time(notBefore(query.updatedFrom())));
        }
        if (query.updatedTo() != null) {
            statement.require("r.updated <= ?", time(notAfter(query.updatedTo())));
        }
        return statement;
    }

    /** Creates the statements that browse without words. The best order is the newest first. */
    static ListStatement of(BrowseQuery query, BrowseQuery.Order order) {
        return of(query, BY_DATE, order == BrowseQuery.Order.OLDEST_FIRST ? "" : " desc", "");
    }

    /** Creates the statements that browse without words by title. */
    static ListStatement of(BrowseQuery query, TitleOrder order) {
        // An index is read backwards as a whole, so the numbers descend too.
        String direction = order.descending() ? " desc" : "";
        return of(query, title(order.language()), direction, direction);
    }

    private static ListStatement of(BrowseQuery query, String place, String direction, String ties) {
        ListStatement statement = new ListStatement(query.statuses(), query.viewer(), place, direction, ties);
        query.tags().forEach(statement::tagged);
        if (query.language() != null) {
            String language = Texts.storable(query.language());
            statement.require("? = any (r.languages)", language).keptAs("language", language);
        }
        if (query.source() != null) {
            statement.from(query.source());
        }
        return statement;
    }

    /** Requires a tag. The id is a literal, because the best plan for a rare tag is the worst one for a common tag. */
    private void tagged(long tag) {
        require("r.id in (select resource_id from resource_tag where tag_id = " + tag + ")")
                .keptAs("tag", Long.toString(tag));
    }

    private ListStatement keptAs(String facet, String key) {
        kept = conditions.size() == 1 ? List.of(facet, key) : null;
        return this;
    }

    /** Returns whether an index has the order of the titles in this language. */
    static boolean ordersTitles(String language) {
        return TITLES.containsKey(language);
    }

    /** Returns the expression by which titles in this language are ordered. */
    static String title(String language) {
        return TITLES.getOrDefault(
                language, "title_order(r.title, '" + language.replace("'", "''") + "') collate \"C\"");
    }

    private ListStatement from(Source source) {
        return source.match(
                here -> require("r.source_peer is null").keptAs("source", ""),
                maker -> {
                    String host = Texts.storable(maker.host());
                    require("r.source_host = ?", host);
                    return host.isEmpty() ? this : keptAs("source", host);
                },
                followed -> require("r.source_peer = ?", followed.peer().value()));
    }

    private ListStatement require(String condition, Object... values) {
        conditions.add(condition);
        Collections.addAll(parameters, values);
        kept = null;
        return this;
    }

    /** Requires that the page begins after a place. */
    void after(Place last) {
        if (!place.equals(BY_DATE)) {
            require("(" + place + ", r.id) > (left(?, 500), ?)", last.title(), last.id());
        } else if (direction.isEmpty()) {
            require("(r.updated, r.id) > (?, ?)", time(last.updated()), last.id());
        } else {
            require(
                    "r.updated <= ? and (r.updated < ? or r.id > ?)",
                    time(last.updated()),
                    time(last.updated()),
                    last.id());
        }
    }

    /** A part of the list: a condition on the status and the people, and its parameters. */
    private record Part(String condition, List<Object> parameters) {}

    /** Returns the statuses in which this viewer sees every resource. */
    private Set<Status> open() {
        Set<Status> open = EnumSet.noneOf(Status.class);
        statuses.stream()
                .filter(status -> viewer.seesAll() || status == Status.APPROVED)
                .forEach(open::add);
        return open;
    }

    /** Returns the part that only this viewer and staff see, or nothing. */
    private Stream<Part> own() {
        UserName name = viewer.name();
        Set<Status> others = EnumSet.noneOf(Status.class);
        others.addAll(statuses);
        others.removeAll(open());
        if (nothingOwn || name == null || others.isEmpty()) {
            return Stream.empty();
        }
        String words = others.stream().map(Status::word).collect(Collectors.joining("', '"));
        return Stream.of(new Part(
                "r.status <> 'approved' and r.status in ('" + words + "') and (r.created_by = ? or r.author_user = ?)",
                List.of(name.value(), name.value())));
    }

    private Stream<Part> openParts() {
        return open().stream().map(status -> new Part("r.status = '" + status.word() + "'", List.of()));
    }

    private String where(Part part) {
        return " from resource r where "
                + Stream.concat(Stream.of(part.condition()), conditions.stream())
                        .collect(Collectors.joining(" and "));
    }

    private List<Object> values(Part part) {
        return Stream.concat(part.parameters().stream(), parameters.stream()).toList();
    }

    /**
     * Returns the number of resources in the list. Kept counts are added up where there are any: for whole statuses,
     * and for approved resources with one tag, in one language or from one source. Other lists are counted.
     */
    long count(Connection connection) throws SQLException {
        List<String> counts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (kept != null && statuses.equals(Set.of(Status.APPROVED))) {
            counts.add(KEPT + "facet = ? and key = ?)");
            values.addAll(kept);
        } else if (conditions.isEmpty()) {
            counts.add(KEPT + "facet = 'status' and key = any (?))");
            values.add(Sql.texts(connection, open().stream().map(Status::word).toList()));
        } else {
            openParts().forEach(part -> count(part, counts, values));
        }
        List<String> own = new ArrayList<>();
        own().forEach(part -> count(part, own, values));
        String sql = "select cast(" + sum(counts) + " as bigint), " + sum(own);
        return Sql.query(
                connection,
                sql,
                row -> {
                    row.next();
                    nothingOwn = row.getLong(2) == 0;
                    return row.getLong(1) + row.getLong(2);
                },
                values.toArray());
    }

    private static String sum(List<String> counts) {
        return counts.isEmpty() ? "0" : String.join(" + ", counts);
    }

    /**
     * Returns the state of the approved resources, after {@link #count}. Returns null if the list has resources of other statuses,
     * is filtered, or is not ordered by title.
     */
    Bookmarks.@Nullable State state(Connection connection) throws SQLException {
        boolean approvedByTitle = !place.equals(BY_DATE)
                && conditions.isEmpty()
                && open().equals(Set.of(Status.APPROVED))
                && own().findAny().isEmpty();
        return !approvedByTitle
                ? null
                : Sql.first(
                                connection,
                                "select (select coalesce(max(feed_position), 0) from resource where status = 'approved'), "
                                        + KEPT + "facet = 'status' and key = 'approved')",
                                row -> new Bookmarks.State(row.getLong(1), row.getLong(2)))
                        .orElse(null);
    }

    private void count(Part part, List<String> counts, List<Object> values) {
        counts.add("(select count(*)" + where(part) + ")");
        values.addAll(values(part));
    }

    /** A reader of the resources that a statement selects: one of the methods of {@link EntryRows}. */
    @FunctionalInterface
    interface Selected<T> {
        List<T> read(Connection connection, String rest, @Nullable Object... parameters) throws SQLException;
    }

    /**
     * Returns resources in the order of the list. The statement selects the ids first, so that nothing else is read of what is
     * skipped.
     */
    <T> List<T> page(Connection connection, Selected<T> selected, int offset, int limit) throws SQLException {
        String orderBy = " order by place" + direction + ", id" + ties;
        // Limits are literals. With parameters, PostgreSQL plans the statement anew each time, which takes longer than
        // a page, or
        // expects many rows. A power of two, so that there are few different statements.
        long reach = Long.highestOneBit((long) offset + limit) << 1;
        List<Object> values = new ArrayList<>();
        List<String> selects = new ArrayList<>();
        for (Part part : Stream.concat(openParts(), own()).toList()) {
            selects.add("(select r.id, " + place + " as place" + where(part) + orderBy + " limit " + reach + ")");
            values.addAll(values(part));
        }
        if (selects.isEmpty()) {
            return List.of();
        }
        values.add(offset);
        return selected.read(
                connection,
                "join (select id, place from (" + String.join(" union all ", selects) + ") parts" + orderBy
                        + " offset ? limit " + limit + ") page on page.id = r.id order by page.place" + direction
                        + ", page.id" + ties,
                values.toArray());
    }

    private static Object time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    // Stored times are in microseconds. A lower bound between two microseconds is rounded up, an upper bound is rounded
    // down.
    private static Instant notBefore(Instant bound) {
        Instant clamped = clamped(bound);
        Instant floor = clamped.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(clamped) ? floor : floor.plus(1, ChronoUnit.MICROS);
    }

    private static Instant notAfter(Instant bound) {
        return clamped(bound).truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant clamped(Instant bound) {
        return bound.isBefore(EARLIEST) ? EARLIEST : bound.isAfter(LATEST) ? LATEST : bound;
    }
}

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
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Source;

/**
 * Statements that count the resources of a list and select the entries of one page, without words to search for.
 *
 * <p>Each status is read by itself, in the order of the list, from an index that begins with the status. The parts are merged.
 * Resources that only this viewer sees are another part. So a page reads as many index entries as it has, and those that it
 * skips.
 */
final class ListStatement {

    /** The columns by which titles are ordered, by language. Titles in other languages are sorted. */
    private static final Map<String, String> TITLES =
            Map.of("en", "r.title_order_en", "es", "r.title_order_es", "pt-br", "r.title_order_pt_br");

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Set<Status> statuses;
    private final Viewer viewer;
    private final String place;
    private final String direction;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    private ListStatement(Set<Status> statuses, Viewer viewer, String place, String direction) {
        this.statuses = statuses;
        this.viewer = viewer;
        this.place = place;
        this.direction = direction;
    }

    /** Creates the statements of a list request, without the place after which the page begins. */
    static ListStatement of(CatalogueQuery query) {
        String place = query.order() == CatalogueQuery.Order.TITLE ? title(query.language()) : "r.updated";
        String direction = query.order() == CatalogueQuery.Order.NEWEST_FIRST ? " desc" : "";
        ListStatement statement = new ListStatement(query.statuses(), query.viewer(), place, direction);
        if (query.updatedFrom() != null) {
            statement.require("r.updated >= ?", time(notBefore(query.updatedFrom())));
        }
        if (query.updatedTo() != null) {
            statement.require("r.updated <= ?", time(notAfter(query.updatedTo())));
        }
        return statement;
    }

    /** Creates the statements that browse without words, the newest first. */
    static ListStatement of(BrowseQuery query) {
        ListStatement statement = new ListStatement(query.statuses(), query.viewer(), "r.updated", " desc");
        query.tags()
                .forEach(tag ->
                        statement.require("r.id in (select resource_id from resource_tag where tag_id = ?)", tag));
        if (query.language() != null) {
            statement.require("? = any (r.languages)", Texts.storable(query.language()));
        }
        if (query.source() != null) {
            statement.from(query.source());
        }
        return statement;
    }

    private static String title(String language) {
        return TITLES.getOrDefault(
                language, "title_order(r.title, '" + language.replace("'", "''") + "') collate \"C\"");
    }

    private ListStatement from(Source source) {
        return source.match(
                here -> require("r.source_peer is null"),
                maker -> require("r.source_host = ?", Texts.storable(maker.host())),
                followed -> require("r.source_peer = ?", followed.peer().value()));
    }

    private ListStatement require(String condition, Object... values) {
        conditions.add(condition);
        Collections.addAll(parameters, values);
        return this;
    }

    /** Requires that the page begins after a place. */
    void after(Place last) {
        if (!place.equals("r.updated")) {
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
        if (name == null || others.isEmpty()) {
            return Stream.empty();
        }
        String words = others.stream().map(Status::word).collect(Collectors.joining("', '"));
        return Stream.of(new Part(
                "r.status <> 'approved' and r.status in ('" + words + "') and (r.created_by = ? or r.author_user = ?)",
                List.of(name.value(), name.value())));
    }

    private List<Part> parts() {
        Stream<Part> open = open().stream().map(status -> new Part("r.status = '" + status.word() + "'", List.of()));
        return Stream.concat(open, own()).toList();
    }

    private String where(Part part) {
        return " from resource r where "
                + Stream.concat(Stream.of(part.condition()), conditions.stream())
                        .collect(Collectors.joining(" and "));
    }

    private List<Object> values(Part part) {
        return Stream.concat(part.parameters().stream(), parameters.stream()).toList();
    }

    /** Returns the number of resources in the list. Without conditions, only those that few people see are counted. */
    long count(Connection connection) throws SQLException {
        List<String> counts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (conditions.isEmpty()) {
            counts.add("(select coalesce(sum(number), 0) from resource_count where facet = 'status' and key = any (?))");
            values.add(Sql.texts(connection, open().stream().map(Status::word).toList()));
        }
        for (Part part : conditions.isEmpty() ? own().toList() : parts()) {
            counts.add("(select count(*)" + where(part) + ")");
            values.addAll(values(part));
        }
        return counts.isEmpty()
                ? 0
                : Sql.first(
                                connection,
                                "select cast(" + String.join(" + ", counts) + " as bigint)",
                                row -> row.getLong(1),
                                values.toArray())
                        .orElse(0L);
    }

    /**
     * Returns entries in the order of the list. The statement selects the ids first, so that nothing else is read of what is
     * skipped.
     */
    List<CatalogueEntry> entries(Connection connection, EntryRows entries, int offset, int limit) throws SQLException {
        String orderBy = " order by place" + direction + ", id";
        // A literal, because PostgreSQL plans a statement anew each time if the plan depends on a parameter, and that takes
        // longer than the statement itself. A power of two, so that there are few different statements.
        long reach = Long.highestOneBit((long) offset + limit) << 1;
        List<Object> values = new ArrayList<>();
        List<String> selects = new ArrayList<>();
        for (Part part : parts()) {
            selects.add("(select r.id, " + place + " as place" + where(part) + orderBy + " limit " + reach + ")");
            values.addAll(values(part));
        }
        if (selects.isEmpty()) {
            return List.of();
        }
        values.add(offset);
        values.add(limit);
        return entries.list(
                connection,
                "join (select id, place from (" + String.join(" union all ", selects) + ") parts" + orderBy
                        + " offset ? limit ?) page on page.id = r.id order by page.place" + direction + ", page.id",
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

package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.ListedResource;

/**
 * Reads entries for the catalogue with plain SQL: one statement for the resources, one for their attachments and one for their
 * taggings, however many there are. Keeps the tags that it has read, until it finds that they have a later version. Thread-safe.
 */
final class EntryRows {

    /** The number of tags that are kept. Beyond it, all are read again. */
    private static final int MOST_TAGS = 20_000;

    private static final String ATTACHMENTS = """
            select resource_id, id, guid, position, kind, sort_order, title, description, url, size_bytes
              from attachment where resource_id = any (?) order by resource_id, position""";

    private static final String TAGGINGS = """
            select resource_tag.resource_id, resource_tag.id, resource_tag.tag_id, resource_tag.position, resource_tag.created,
                   tag.version
              from resource_tag join tag on tag.id = resource_tag.tag_id
             where resource_tag.resource_id = any (?) order by resource_tag.resource_id, resource_tag.position""";

    private static final String TAGS = "select " + TagEntity.COLUMNS
            + " from tag join category on category.id = tag.category_id where tag.id = any (?)";

    private final Map<Long, TagEntity> tags = new ConcurrentHashMap<>();

    /** Returns the entry that the condition selects. The resource has the alias {@code r}. */
    Optional<CatalogueEntry> find(Connection connection, String condition, @Nullable Object... parameters)
            throws SQLException {
        return list(connection, "where " + condition, parameters).stream().findFirst();
    }

    /** Returns the entries with these ids, in the same order. Leaves out unknown ids. */
    List<CatalogueEntry> withIds(Connection connection, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, ResourceEntity> found = read(connection, "where r.id = any (?)", Sql.longs(connection, ids));
        return ids.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .map(ResourceEntity::toEntry)
                .toList();
    }

    /**
     * Returns the entries that a statement selects, in its order.
     *
     * @param rest the statement after {@code from resource r}
     */
    List<CatalogueEntry> list(Connection connection, String rest, @Nullable Object... parameters) throws SQLException {
        return read(connection, rest, parameters).values().stream()
                .map(ResourceEntity::toEntry)
                .toList();
    }

    /** Returns the resources that a statement selects, as {@link #list} does, as a list shows them. */
    List<ListedResource> listed(Connection connection, String rest, @Nullable Object... parameters)
            throws SQLException {
        return Sql.rows(
                connection,
                "select " + ResourceEntity.LISTED_COLUMNS + " from resource r " + rest,
                ResourceEntity::readListed,
                parameters);
    }

    private Map<Long, ResourceEntity> read(Connection connection, String rest, @Nullable Object... parameters)
            throws SQLException {
        Map<Long, ResourceEntity> found = new LinkedHashMap<>();
        Sql.query(
                connection,
                "select " + ResourceEntity.COLUMNS + " from resource r " + rest,
                rows -> {
                    while (rows.next()) {
                        ResourceEntity resource = ResourceEntity.read(new Row(rows));
                        found.put(resource.id(), resource);
                    }
                    return found;
                },
                parameters);
        complete(connection, found);
        return found;
    }

    /** Adds the attachments and the taggings of resources, given by their ids. */
    void complete(Connection connection, Map<Long, ResourceEntity> found) throws SQLException {
        if (!found.isEmpty()) {
            Array ids = Sql.longs(connection, found.keySet());
            attach(connection, ids, found);
            tag(connection, ids, found);
        }
    }

    private static void attach(Connection connection, Array ids, Map<Long, ResourceEntity> found) throws SQLException {
        Sql.query(
                connection,
                ATTACHMENTS,
                rows -> {
                    while (rows.next()) {
                        Row row = new Row(rows);
                        ResourceEntity resource = Objects.requireNonNull(found.get(row.number()));
                        resource.add(AttachmentEntity.read(resource, row));
                    }
                    return found;
                },
                ids);
    }

    private record Tagging(long resource, long id, long tag, int position, Instant created, int version) {}

    private void tag(Connection connection, Array ids, Map<Long, ResourceEntity> found) throws SQLException {
        List<Tagging> taggings = Sql.rows(
                connection,
                TAGGINGS,
                rows -> {
                    Row row = new Row(rows);
                    return new Tagging(
                            row.number(), row.number(), row.number(), row.integer(), row.time(), row.integer());
                },
                ids);
        Map<Long, Integer> versions = new HashMap<>();
        taggings.forEach(tagging -> versions.put(tagging.tag(), tagging.version()));
        Map<Long, TagEntity> known = tags(connection, versions);
        for (Tagging tagging : taggings) {
            ResourceEntity resource = Objects.requireNonNull(found.get(tagging.resource()));
            TagEntity tag = Objects.requireNonNull(known.get(tagging.tag()));
            resource.add(new ResourceTagEntity(resource, tagging.id(), tag, tagging.position(), tagging.created()));
        }
    }

    /**
     * Returns tags by id.
     *
     * @param versions the versions of the tags, by id; the returned tags are at least as new
     */
    Map<Long, TagEntity> tags(Connection connection, Map<Long, Integer> versions) throws SQLException {
        Map<Long, TagEntity> found = new HashMap<>();
        Set<Long> missing = new HashSet<>();
        versions.forEach((id, version) -> {
            TagEntity known = tags.get(id);
            if (known == null || known.version() < version) {
                missing.add(id);
            } else {
                found.put(id, known);
            }
        });
        if (!missing.isEmpty()) {
            if (tags.size() > MOST_TAGS) {
                tags.clear();
            }
            Sql.rows(connection, TAGS, rows -> TagEntity.read(new Row(rows)), Sql.longs(connection, missing))
                    .forEach(tag -> {
                        found.put(tag.id(), tag);
                        tags.put(tag.id(), tag);
                    });
        }
        return found;
    }
}

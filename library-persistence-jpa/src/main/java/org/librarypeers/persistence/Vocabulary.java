package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.port.StorageException;

/** Finds tags by category and name, and adds those that are missing. What is there stays as it is. */
final class Vocabulary {

    private final Unit unit;

    Vocabulary(Unit unit) {
        this.unit = unit;
    }

    /**
     * A row for each of the tags. Others may add the same ones at the same time: the database lets one of them win, and
     * both find the winner's row.
     */
    Map<Tag.Key, TagEntity> findOrAdd(Collection<Tag> tags) {
        SortedMap<Tag.Key, Tag> missing = new TreeMap<>();
        tags.forEach(tag -> missing.putIfAbsent(tag.key(), tag));
        Map<Tag.Key, TagEntity> found = new HashMap<>();
        // A GUID may be that of another tag here; then the one every library derives, then one that nobody has.
        List<Function<Tag, Guid>> guids =
                List.of(Tag::guid, tag -> Guid.ofTag(tag.category(), tag.name()), tag -> Guid.random());
        take(missing, found);
        for (Function<Tag, Guid> guid : guids) {
            if (missing.isEmpty()) {
                return found;
            }
            unit.jdbc(connection -> add(connection, missing.values(), guid));
            take(missing, found);
        }
        if (!missing.isEmpty()) {
            throw new StorageException("tag " + missing.firstKey().name() + " could not be added", null);
        }
        return found;
    }

    private void take(SortedMap<Tag.Key, Tag> missing, Map<Tag.Key, TagEntity> found) {
        if (missing.isEmpty()) {
            return;
        }
        Set<String> categories =
                missing.keySet().stream().map(Tag.Key::category).collect(Collectors.toSet());
        Set<String> names = missing.keySet().stream().map(Tag.Key::name).collect(Collectors.toSet());
        unit.session()
                .createSelectionQuery(
                        "from TagEntity t join fetch t.category c where c.name in :categories and t.name in :names",
                        TagEntity.class)
                .setParameterList("categories", categories)
                .setParameterList("names", names)
                .getResultList()
                .forEach(tag -> {
                    if (missing.remove(tag.key()) != null) {
                        found.put(tag.key(), tag);
                    }
                });
    }

    /** In the order of the keys, as everybody does it, so that two who add the same tags do not block each other for ever. */
    private static int add(Connection connection, Collection<Tag> tags, Function<Tag, Guid> guid) throws SQLException {
        Map<String, LocalizedText> categories = new TreeMap<>();
        tags.forEach(tag -> categories.putIfAbsent(tag.category(), tag.categories()));
        execute(
                connection,
                "insert into category (name, names) select * from unnest(?, ?::jsonb[]) on conflict do nothing",
                texts(connection, categories.keySet()),
                json(connection, categories.values()));
        List<Tag> all = new ArrayList<>(tags);
        return execute(
                connection,
                """
                insert into tag (guid, category_id, name, names, description, summary, image)
                select t.guid, c.id, t.name, t.names, t.description, t.summary, t.image
                  from unnest(?::uuid[], ?, ?, ?::jsonb[], ?::jsonb[], ?::jsonb[], ?)
                       with ordinality as t (guid, category, name, names, description, summary, image, place)
                  join category c on c.name = t.category
                 order by t.place
                    on conflict do nothing""",
                texts(
                        connection,
                        all.stream().map(tag -> guid.apply(tag).toString()).toList()),
                texts(connection, all.stream().map(Tag::category).toList()),
                texts(connection, all.stream().map(Tag::name).toList()),
                json(connection, all.stream().map(Tag::names).toList()),
                json(connection, all.stream().map(Tag::description).toList()),
                json(connection, all.stream().map(Tag::summary).toList()),
                connection.createArrayOf("text", all.stream().map(Tag::image).toArray()));
    }

    private static int execute(Connection connection, String sql, Array... columns) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                insert.setArray(i + 1, columns[i]);
            }
            return insert.executeUpdate();
        }
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static Array json(Connection connection, Collection<LocalizedText> texts) throws SQLException {
        return connection.createArrayOf("text", texts.stream().map(Json::write).toArray());
    }
}

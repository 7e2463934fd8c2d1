package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.storage.StorageException;

/** The stored tags, found by folded category and name. Missing tags are added; existing ones stay as they are. */
final class Vocabulary {

    /** The unique values of a tag. */
    private record Names(Guid guid, Slug slug) {

        static Names plain(Tag tag, Guid guid) {
            return new Names(guid, Slug.of(tag.name(), guid));
        }

        static Names distinct(Tag tag, Guid guid) {
            return new Names(guid, Slug.of(tag.name(), guid).with(guid));
        }
    }

    /**
     * The values to try for a new tag, in this order, because another tag may have the same slug or GUID: the plain
     * slug, the slug with the GUID, the GUID that every library derives from the names, and a random GUID.
     */
    private static final List<Function<Tag, Names>> NAMES = List.of(
            tag -> Names.plain(tag, tag.guid()),
            tag -> Names.distinct(tag, tag.guid()),
            tag -> Names.distinct(tag, Guid.ofTag(tag.category(), tag.name())),
            tag -> Names.distinct(tag, Guid.random()));

    private final Session session;

    /** Creates a vocabulary whose tags belong to this session. */
    Vocabulary(Session session) {
        this.session = session;
    }

    /**
     * Returns the row of each tag, after adding the missing ones. If two transactions add the same tag at the same
     * time, the database accepts one of them, and both find its row.
     */
    Map<Tag.Key, TagEntity> findOrAdd(Collection<Tag> tags) {
        return findOrAdd(tags, Set.of());
    }

    /**
     * Does the same as {@link #findOrAdd(Collection)}.
     *
     * @param own the folded categories that are the library's own if they are added
     */
    private Map<Tag.Key, TagEntity> findOrAdd(Collection<Tag> tags, Set<String> own) {
        SortedMap<Tag.Key, Tag> missing = new TreeMap<>();
        tags.forEach(tag -> missing.putIfAbsent(tag.key(), tag));
        Map<Tag.Key, TagEntity> found = new HashMap<>();
        take(missing, found);
        for (Function<Tag, Names> names : NAMES) {
            if (missing.isEmpty()) {
                return found;
            }
            session.doReturningWork(connection -> add(connection, missing.values(), own, names));
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
        session.createSelectionQuery(
                        "from TagEntity t join fetch t.category c where c.spelling in :categories and t.spelling in :names",
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

    /** Adds the tags in the order of their keys. All transactions use this order, so that they do not deadlock. */
    private static int add(Connection connection, Collection<Tag> tags, Set<String> own, Function<Tag, Names> naming)
            throws SQLException {
        SortedMap<String, Tag> categories = new TreeMap<>();
        tags.forEach(tag -> categories.putIfAbsent(tag.key().category(), tag));
        Sql.update(
                connection,
                """
                insert into category (spelling, name, names, own) select * from unnest(?, ?, ?::jsonb[], ?::boolean[])
                    on conflict do nothing""",
                Sql.texts(connection, categories.keySet()),
                Sql.texts(
                        connection,
                        categories.values().stream().map(Tag::category).toList()),
                json(
                        connection,
                        categories.values().stream().map(Tag::categories).toList()),
                Sql.texts(
                        connection,
                        categories.keySet().stream()
                                .map(category -> String.valueOf(own.contains(category)))
                                .toList()));
        List<Tag> all = new ArrayList<>(tags);
        List<Names> names = all.stream().map(naming).toList();
        return Sql.update(
                connection,
                """
                insert into tag (guid, slug, category_id, spelling, name, names, description, summary, image)
                select t.guid, t.slug, c.id, t.spelling, t.name, t.names, t.description, t.summary, t.image
                  from unnest(?::uuid[], ?, ?, ?, ?, ?::jsonb[], ?::jsonb[], ?::jsonb[], ?) with ordinality
                       as t (guid, slug, category, spelling, name, names, description, summary, image, place)
                  join category c on c.spelling = t.category
                 order by t.place
                    on conflict do nothing""",
                Sql.texts(
                        connection,
                        names.stream().map(name -> name.guid().toString()).toList()),
                Sql.texts(
                        connection,
                        names.stream().map(name -> name.slug().value()).toList()),
                Sql.texts(
                        connection,
                        all.stream().map(tag -> tag.key().category()).toList()),
                Sql.texts(connection, all.stream().map(tag -> tag.key().name()).toList()),
                Sql.texts(connection, all.stream().map(Tag::name).toList()),
                json(connection, all.stream().map(Tag::names).toList()),
                json(connection, all.stream().map(Tag::description).toList()),
                json(connection, all.stream().map(Tag::summary).toList()),
                Sql.texts(connection, all.stream().map(Tag::image).toList()));
    }

    /**
     * Returns the row of each tag of these resources, after adding the missing ones. The categories of local resources become the library's
     * own; most often, they are already.
     */
    Map<Tag.Key, TagEntity> ofResources(UnitOfWork unit, Collection<Resource> resources) {
        Set<Tag.Key> local = resources.stream()
                .filter(resource -> resource.origin() instanceof Origin.Local)
                .flatMap(resource -> resource.content().tags().stream())
                .map(Tag::key)
                .collect(Collectors.toSet());
        Map<Tag.Key, TagEntity> found = findOrAdd(
                resources.stream()
                        .flatMap(resource -> resource.content().tags().stream())
                        .toList(),
                local.stream().map(Tag.Key::category).collect(Collectors.toSet()));
        Set<Long> unmarked = new TreeSet<>();
        local.stream()
                .map(key -> Objects.requireNonNull(found.get(key)).category())
                .filter(category -> !category.own)
                .forEach(category -> unmarked.add(category.id));
        if (!unmarked.isEmpty()) {
            unit.jdbc(connection -> Sql.update(
                    connection,
                    "update category set own = true where id = any (?) and not own",
                    Sql.longs(connection, unmarked)));
        }
        return found;
    }

    /** Returns a parameter of the SQL type {@code text[]} with the texts as JSON. */
    static Array json(Connection connection, Collection<LocalizedText> texts) throws SQLException {
        return Sql.texts(connection, texts.stream().map(Json::write).toList());
    }
}

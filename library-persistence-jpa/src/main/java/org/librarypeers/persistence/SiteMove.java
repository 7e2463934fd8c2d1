package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.storage.StaleResourceException;
import org.librarypeers.sync.storage.StorageException;

/**
 * The move of an existing site into an empty library. The numbers by which programs know the resources, tags and categories of
 * the site stay the same. All methods must be called in one transaction, in the order in which they are declared. Thread-safe.
 */
public final class SiteMove {

    /** More numbers than a process draws from a sequence in advance. */
    private static final long DRAWN_IN_ADVANCE = 1_000;

    private final Transactions transactions;
    private final JpaResources resources;

    SiteMove(Transactions transactions, JpaResources resources) {
        this.transactions = transactions;
        this.resources = resources;
    }

    /**
     * A category.
     *
     * @param id its number, from 1
     * @param name its name in the first language of the site
     * @param names its names by language
     * @param topic its place among the topics of the home page, from 0; null if it is not a topic
     */
    public record MovedCategory(
            long id,
            String name,
            LocalizedText names,
            @Nullable Integer topic) {}

    /**
     * A tag.
     *
     * @param id its number, from 1
     * @param category the number of its category
     * @param isHidden whether facets leave it out
     * @param place its place in the lists of tags of its category, from 1; null if it has none
     */
    public record MovedTag(
            long id,
            long category,
            Slug slug,
            Tag tag,
            boolean isHidden,
            @Nullable Integer place) {}

    /**
     * A resource.
     *
     * @param resource the resource, which was never saved
     * @param id its number, from 1
     * @param attachments the numbers of its attachments, by GUID; the others get new numbers
     * @param taggings the numbers of its taggings, by the number of the tag; the others get new numbers
     */
    public record MovedResource(Resource resource, long id, Map<Guid, Long> attachments, Map<Long, Long> taggings) {

        /** Copies the maps. */
        public MovedResource {
            attachments = Map.copyOf(attachments);
            taggings = Map.copyOf(taggings);
        }
    }

    /**
     * The highest numbers of a site, whether the rows are moved or not; 0 if it has none.
     *
     * @param attachment the highest number of a link or a file
     * @param tagging the highest number of a tagging
     */
    public record HighestNumbers(long resource, long attachment, long tagging, long category, long tag) {}

    /**
     * Checks that a site can move into this library.
     *
     * @throws StorageException if the library has tags or resources, or if another process of the program uses the database,
     *     because it may have drawn numbers in advance
     */
    public void requirePossible() {
        transactions.call(unit -> unit.jdbc(connection -> {
            boolean isUsed = Sql.first(
                            connection,
                            "select exists (select from resource) or exists (select from category)",
                            row -> row.getBoolean(1))
                    .orElseThrow();
            if (isUsed) {
                throw new StorageException(
                        "the library already has resources or tags; nothing was changed. Move the site into a new home or"
                                + " a new database",
                        null);
            }
            OtherNodes.requireNone(connection);
            return true;
        }));
    }

    /**
     * Begins the move. Everything that gets a new number, now or later, gets a higher one than those of the site, so that no address of the
     * site ever leads to something else.
     *
     * @throws StorageException under the conditions of {@link #requirePossible}
     */
    public void begin(HighestNumbers highest) {
        requirePossible();
        transactions.call(unit -> unit.jdbc(connection -> {
            continueAfter(connection, "resource_id", highest.resource(), DRAWN_IN_ADVANCE);
            continueAfter(connection, "attachment_id", highest.attachment(), DRAWN_IN_ADVANCE);
            continueAfter(connection, "resource_tag_id", highest.tagging(), DRAWN_IN_ADVANCE);
            continueAfter(connection, "category_id_seq", highest.category(), 0);
            continueAfter(connection, "tag_id_seq", highest.tag(), 0);
            return true;
        }));
    }

    private static void continueAfter(Connection connection, String sequence, long highest, long skipped)
            throws SQLException {
        Sql.first(
                connection,
                "select setval('" + sequence + "', greatest(?, (select last_value from " + sequence + ")) + ?)",
                row -> row.getLong(1),
                highest,
                skipped);
    }

    /**
     * Adds the vocabulary. No two categories have the same spelling, and no two tags of a category. GUIDs and slugs are unique.
     */
    public void addVocabulary(List<MovedCategory> categories, List<MovedTag> tags) {
        transactions.call(unit -> unit.jdbc(connection -> {
            add(connection, categories);
            return addTags(connection, tags);
        }));
    }

    private static int add(Connection connection, List<MovedCategory> categories) throws SQLException {
        return Sql.update(
                connection,
                """
                insert into category (id, spelling, name, names, topic, own)
                select id, spelling, name, names, topic, true
                  from unnest(?, ?, ?, ?::jsonb[], ?) as c (id, spelling, name, names, topic)""",
                Sql.longs(connection, categories.stream().map(MovedCategory::id).toList()),
                Sql.texts(
                        connection,
                        categories.stream()
                                .map(category -> Spelling.folded(category.name()))
                                .toList()),
                Sql.texts(
                        connection, categories.stream().map(MovedCategory::name).toList()),
                Vocabulary.json(
                        connection,
                        categories.stream().map(MovedCategory::names).toList()),
                connection.createArrayOf(
                        "integer", categories.stream().map(MovedCategory::topic).toArray()));
    }

    private static int addTags(Connection connection, List<MovedTag> moved) throws SQLException {
        List<Tag> tags = moved.stream().map(MovedTag::tag).toList();
        return Sql.update(
                connection,
                """
                insert into tag (id, category_id, guid, slug, spelling, name, names, description, summary, image, hidden, place)
                select id, category_id, guid, slug, spelling, name, names, description, summary, image, hidden::boolean,
                       place::integer
                  from unnest(?, ?, ?, ?, ?, ?, ?::jsonb[], ?::jsonb[], ?::jsonb[], ?, ?, ?)
                       as t (id, category_id, guid, slug, spelling, name, names, description, summary, image, hidden, place)""",
                Sql.longs(connection, moved.stream().map(MovedTag::id).toList()),
                Sql.longs(connection, moved.stream().map(MovedTag::category).toList()),
                Sql.uuids(
                        connection, tags.stream().map(tag -> tag.guid().value()).toList()),
                Sql.texts(
                        connection,
                        moved.stream().map(tag -> tag.slug().value()).toList()),
                Sql.texts(connection, tags.stream().map(tag -> tag.key().name()).toList()),
                Sql.texts(connection, tags.stream().map(Tag::name).toList()),
                Vocabulary.json(connection, tags.stream().map(Tag::names).toList()),
                Vocabulary.json(connection, tags.stream().map(Tag::description).toList()),
                Vocabulary.json(connection, tags.stream().map(Tag::summary).toList()),
                Sql.texts(connection, tags.stream().map(Tag::image).toList()),
                Sql.texts(
                        connection,
                        moved.stream()
                                .map(tag -> String.valueOf(tag.isHidden()))
                                .toList()),
                Sql.texts(
                        connection,
                        moved.stream()
                                .map(tag -> tag.place() == null ? null : String.valueOf(tag.place()))
                                .toList()));
    }

    /**
     * Adds resources. Their tags must be in the vocabulary.
     *
     * @throws StaleResourceException if a resource with one of the GUIDs exists
     */
    public void addResources(Collection<MovedResource> moved) {
        Map<Guid, MovedResource> byGuid =
                moved.stream().collect(Collectors.toMap(each -> each.resource().guid(), each -> each));
        resources.save(moved.stream().map(MovedResource::resource).toList(), byGuid);
    }
}

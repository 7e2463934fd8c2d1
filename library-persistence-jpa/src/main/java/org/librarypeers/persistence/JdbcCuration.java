package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.curation.CuratedCategory;
import org.librarypeers.sync.curation.CuratedTag;
import org.librarypeers.sync.curation.Curation;
import org.librarypeers.sync.curation.Retagging;
import org.librarypeers.sync.storage.Slice;

/** The curated vocabulary in SQL. The numbers of approved resources are those that the database keeps, see {@link ResourceCounts}. */
final class JdbcCuration implements Curation {

    private static final String COUNTED = """
            with counted as (select cast(key as bigint) as tag, sum(number) as number
                               from resource_count where facet = 'tag' group by key)""";

    private static final String CATEGORIES = COUNTED + """

            select c.id, c.name, c.names, c.description, c.hidden, c.topic is not null, c.own, used.tags, used.resources, count(*) over ()
              from category c
             cross join lateral (select count(*) filter (where exists (select from resource_tag where tag_id = t.id)) as tags,
                                        coalesce(sum(counted.number), 0) as resources
                                   from tag t left join counted on counted.tag = t.id
                                  where t.category_id = c.id) used
             where %s
             order by c.topic, c.name collate "C"
            offset ? limit ?""";

    private static final String TAG_COLUMNS = """

            select t.id, t.slug, t.guid, c.name, t.name, c.names, t.names, t.description, t.summary, t.image, c.id, t.hidden,
                   t.place, coalesce(counted.number, 0), %s
              from tag t join category c on c.id = t.category_id left join counted on counted.tag = t.id %s""";

    private static final String TAGS = COUNTED + TAG_COLUMNS.formatted("count(*) over ()", """
            where c.id = ? and exists (select from resource_tag where tag_id = t.id)
            order by t.place, t.name collate "C", t.id offset ? limit ?""");

    private static final String TAG = COUNTED + TAG_COLUMNS.formatted("1", "where t.id = ?");

    private static final String TAGS_OF_PEER = """
            with newest as (select id from resource where source_peer = ? order by id desc limit ?),
                 given as (select tag_id, count(*) as number
                             from newest join resource_tag on resource_tag.resource_id = newest.id group by tag_id),
                 counted as (select tag_id as tag, number from given)""" + TAG_COLUMNS.formatted("counted.number", """
            where counted.number is not null order by counted.number desc, t.id limit ?""");

    private final Transactions transactions;

    JdbcCuration(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Slice<CuratedCategory> categories(int offset, int limit) {
        return transactions.read(connection -> Sql.query(
                connection,
                CATEGORIES.formatted("used.tags > 0"),
                slice(JdbcCuration::category, 10, offset, limit),
                offset,
                limit + 1));
    }

    /** Returns a reader of a page whose rows have the total in one of their columns. */
    private static <T> Sql.Reader<Slice<T>> slice(Sql.Reader<T> row, int totalColumn, int offset, int limit) {
        return rows -> {
            List<T> page = new ArrayList<>();
            long total = offset;
            while (rows.next()) {
                page.add(row.read(rows));
                total = rows.getLong(totalColumn);
            }
            return Slice.of(page, limit, total);
        };
    }

    @Override
    public Optional<CuratedCategory> category(long id) {
        return category("c.id = ?", id);
    }

    @Override
    public Optional<CuratedCategory> category(String name) {
        return category("c.spelling = ?", Spelling.folded(name));
    }

    private Optional<CuratedCategory> category(String condition, Object value) {
        return transactions.read(connection ->
                Sql.first(connection, CATEGORIES.formatted(condition), JdbcCuration::category, value, 0, 1));
    }

    private static CuratedCategory category(ResultSet rows) throws SQLException {
        Row row = new Row(rows);
        return new CuratedCategory(
                row.number(),
                row.text(),
                row.localized(),
                row.localized(),
                row.yes(),
                row.yes(),
                row.yes(),
                row.integer(),
                row.number());
    }

    private static CuratedTag tag(ResultSet rows) throws SQLException {
        Row row = new Row(rows);
        long id = row.number();
        Slug slug = new Slug(row.text());
        Tag tag = new Tag(
                new Guid(row.uuid()),
                row.text(),
                row.text(),
                row.localized(),
                row.localized(),
                row.localized(),
                row.localized(),
                row.textOrNull());
        return new CuratedTag(
                new CatalogueTag(id, slug, tag), row.number(), row.yes(), row.integerOrNull(), row.number());
    }

    @Override
    public Slice<CuratedTag> tags(long category, int offset, int limit) {
        return transactions.read(connection ->
                Sql.query(connection, TAGS, slice(JdbcCuration::tag, 15, offset, limit), category, offset, limit + 1));
    }

    @Override
    public Optional<CuratedTag> tag(long id) {
        return transactions.read(connection -> Sql.first(connection, TAG, JdbcCuration::tag, id));
    }

    @Override
    public void chooseTopics(List<Long> categories) {
        transactions.call(unit -> unit.jdbc(connection -> {
            Sql.update(connection, "update category set topic = null where topic is not null");
            return Sql.update(connection, """
                    update category set topic = chosen.place
                      from (select id, min(place) - 1 as place from unnest(?::bigint[]) with ordinality as listed (id, place)
                             group by id) chosen
                     where category.id = chosen.id""", Sql.longs(connection, categories));
        }));
    }

    @Override
    public void changeCategory(long id, String name, LocalizedText names, LocalizedText description, boolean hidden) {
        transactions.call(unit -> unit.jdbc(connection -> {
            Sql.update(
                    connection,
                    """
                    update category
                       set name = ?, spelling = ?, names = cast(? as jsonb), description = cast(? as jsonb), hidden = ?
                     where id = ?""",
                    name,
                    Spelling.folded(name),
                    Json.write(names),
                    Json.write(description),
                    hidden,
                    id);
            return Sql.update(connection, "update tag set version = version + 1 where category_id = ?", id);
        }));
    }

    @Override
    public void changeTag(
            long id,
            String name,
            LocalizedText names,
            LocalizedText description,
            LocalizedText summary,
            boolean hidden,
            @Nullable Integer place) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                """
                update tag
                   set name = ?, spelling = ?, names = cast(? as jsonb), description = cast(? as jsonb),
                       summary = cast(? as jsonb), hidden = ?, place = ?, version = version + 1
                 where id = ?""",
                name,
                Spelling.folded(name),
                Json.write(names),
                Json.write(description),
                Json.write(summary),
                hidden,
                place,
                id)));
    }

    @Override
    public List<Long> named(String category, @Nullable String name) {
        return transactions.read(
                connection -> named(connection, Spelling.folded(category), name == null ? "" : Spelling.folded(name)));
    }

    private static List<Long> named(Connection connection, String category, String name) throws SQLException {
        return Sql.rows(connection, """
                select tag.id from tag join category on category.id = tag.category_id
                 where category.spelling = ? and (? = '' or tag.spelling = ?) order by tag.id""", row -> row.getLong(1), category, name, name);
    }

    @Override
    public long resources(Collection<Long> tags, @Nullable PeerId peer) {
        return transactions.read(connection -> Sql.first(
                        connection,
                        peer == null
                                ? "select count(distinct resource_id) from resource_tag where tag_id = any (?)"
                                : """
                                select count(distinct resource_id) from resource_tag join resource on resource.id = resource_id
                                 where tag_id = any (?) and source_peer = ?""",
                        row -> row.getLong(1),
                        peer == null
                                ? new Object[] {Sql.longs(connection, tags)}
                                : new Object[] {Sql.longs(connection, tags), peer.value()})
                .orElseThrow());
    }

    @Override
    public List<PeerTag> tagsOf(PeerId peer, int resources, int limit) {
        return transactions.read(connection -> Sql.rows(
                connection,
                TAGS_OF_PEER,
                row -> new PeerTag(tag(row), row.getLong(15)),
                peer.value(),
                resources,
                limit));
    }

    @Override
    public void begin(Retagging retagging) {
        transactions.call(unit -> unit.jdbc(connection -> RetaggingRows.insert(connection, retagging)));
    }

    @Override
    public List<Retagging> unfinished() {
        return transactions.read(RetaggingRows::all);
    }

    @Override
    public Optional<Retagging> claim() {
        return transactions.call(unit -> unit.jdbc(RetaggingRows::claim));
    }

    @Override
    public List<Guid> next(Retagging claimed, int limit) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            Set<Long> tags = new TreeSet<>(claimed.tags());
            if (claimed.from() != null) {
                tags.addAll(named(
                        connection, claimed.from().category(), claimed.from().name()));
            }
            return RetaggingRows.next(connection, claimed, tags, limit);
        }));
    }

    @Override
    public void changed(Retagging claimed, Collection<Guid> resources) {
        if (resources.isEmpty()) {
            return;
        }
        transactions.call(unit -> {
            SearchBacklog.add(
                    unit,
                    unit.jdbc(connection -> Sql.rows(
                            connection,
                            "select id from resource where guid = any (?)",
                            row -> row.getLong(1),
                            Sql.uuids(
                                    connection,
                                    resources.stream().map(Guid::value).toList()))));
            return unit.jdbc(connection -> Sql.update(
                    connection,
                    "update retagging set changed = changed + ? where id = ?",
                    resources.size(),
                    claimed.id()));
        });
    }
}

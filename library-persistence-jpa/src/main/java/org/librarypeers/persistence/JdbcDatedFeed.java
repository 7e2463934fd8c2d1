package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.DatedEntry;
import org.librarypeers.sync.catalogue.DatedFeed;
import org.librarypeers.sync.catalogue.DatedQuery;

/** A dated feed on plain SQL. It reads the primary, because the time that it reports must not be later than what it reads. */
final class JdbcDatedFeed implements DatedFeed {

    /** A facet of resource_count has a row for each approved resource, or their sum. */
    private static final String USED_TAG = """
            exists (select from resource_count
                     where facet = 'tag' and key = tag.id::text having sum(number) > 0)""";

    private static final String TAGS = "select " + TagEntity.COLUMNS
            + " from tag join category on category.id = tag.category_id where tag.id > ? and " + USED_TAG
            + " order by tag.id limit {limit}";

    private static final String CATEGORIES = "select " + CategoryEntity.COLUMNS
            + " from category where exists (select from tag where tag.category_id = category.id and " + USED_TAG
            + ") order by category.id";

    private static final String LANGUAGES = """
            select key from resource_count
             where facet = 'language' group by key having sum(number) > 0 order by key collate "C\"""";

    private final Reads transactions;
    private final EntryRows entries;

    /** Creates a feed with what is kept in memory of the same database. */
    JdbcDatedFeed(Reads transactions, EntryRows entries) {
        this.transactions = transactions;
        this.entries = entries;
    }

    @Override
    public Instant now() {
        return transactions.read(connection -> Sql.first(connection, ChangeFeed.NOW, rows -> new Row(rows).time())
                .orElseThrow());
    }

    @Override
    public Instant earliest() {
        return transactions.read(connection -> Sql.first(
                        connection, "select at from feed_time order by position limit 1", rows -> new Row(rows).time())
                .orElseThrow());
    }

    @Override
    public Optional<DatedEntry> find(Guid guid) {
        return transactions.read(connection -> new DatedStatements(connection, entries).find(guid));
    }

    @Override
    public List<DatedEntry> entries(DatedQuery query, int limit) {
        return transactions.read(connection -> new DatedStatements(connection, entries).page(query, limit));
    }

    @Override
    public List<CatalogueTag> tags(long after, int limit) {
        return transactions.read(connection -> Sql.rows(
                connection,
                Sql.limited(TAGS, limit),
                rows -> TagEntity.read(new Row(rows)).toEntry(),
                after));
    }

    @Override
    public List<CatalogueCategory> categories() {
        return transactions.read(JdbcDatedFeed::categories);
    }

    private static List<CatalogueCategory> categories(Connection connection) throws SQLException {
        return Sql.rows(
                connection,
                CATEGORIES,
                rows -> CategoryEntity.read(new Row(rows)).toEntry());
    }

    @Override
    public List<String> languages() {
        return transactions.read(connection -> Sql.rows(connection, LANGUAGES, rows -> rows.getString(1)));
    }
}

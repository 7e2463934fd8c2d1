package org.librarypeers.persistence;

import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.hibernate.query.NativeQuery;
import org.librarypeers.sync.port.CatalogueEntry;

/** Full text search: kept up to date in the transaction that saves a resource. Tags never change, so that this is enough. */
final class SearchIndex {

    private static final int MAX_WORDS = 20;
    private static final int AT_ONCE = 200;

    private SearchIndex() {}

    /** Takes in what these resources say now. */
    static void update(Unit unit, Collection<ResourceEntity> resources) {
        List<ResourceEntity> all = List.copyOf(resources);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            write(unit, all.subList(from, Math.min(from + AT_ONCE, all.size())));
        }
    }

    private static void write(Unit unit, List<ResourceEntity> resources) {
        Long[] ids = resources.stream().map(ResourceEntity::id).toArray(Long[]::new);
        String[] words = resources.stream()
                .map(resource -> Json.write(SearchWords.of(resource.content())))
                .toArray(String[]::new);
        unit.jdbc(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into resource_search (resource_id, words)
                    select r.id, search_words(r.words) from unnest(?, ?::jsonb[]) as r (id, words) order by r.id
                        on conflict (resource_id) do update set words = excluded.words""")) {
                insert.setArray(1, connection.createArrayOf("bigint", ids));
                insert.setArray(2, connection.createArrayOf("text", words));
                return insert.executeUpdate();
            }
        });
    }

    /** Takes in resources that were saved before there was a search; returns whether there may be more. */
    static boolean catchUp(Unit unit) {
        List<Long> missing = unit.session()
                .createNativeQuery(
                        "select id from resource r where not exists"
                                + " (select from resource_search s where s.resource_id = r.id) order by id",
                        Long.class)
                .setMaxResults(AT_ONCE)
                .getResultList();
        update(
                unit,
                unit.session().findMultiple(ResourceEntity.class, missing).stream()
                        .map(Objects::requireNonNull)
                        .toList());
        return missing.size() == AT_ONCE;
    }

    static List<CatalogueEntry> search(Unit unit, String text, int offset, int limit) {
        List<String> words =
                SearchWords.of(text).stream().limit(MAX_WORDS).distinct().toList();
        if (words.isEmpty()) {
            return List.of();
        }
        NativeQuery<Long> select = unit.session()
                .createNativeQuery(
                        "select r.id from resource_search s join resource r on r.id = s.resource_id, ("
                                + query(words.size())
                                + ") q (asked) where s.words @@ q.asked and r.status = 'approved'"
                                + " order by ts_rank(s.words, q.asked, 1) desc, r.id",
                        Long.class);
        for (int i = 0; i < words.size(); i++) {
            select.setParameter("w" + i, words.get(i));
        }
        List<Long> ids = select.setFirstResult(offset).setMaxResults(limit).getResultList();
        return unit.session().findMultiple(ResourceEntity.class, ids).stream()
                .map(Objects::requireNonNull)
                .map(ResourceEntity::toEntry)
                .toList();
    }

    /** Each word as it begins, or by the rules of any language; all of them. */
    private static String query(int words) {
        StringBuilder query = new StringBuilder("select ");
        for (int i = 0; i < words; i++) {
            String word = ":w" + i;
            query.append(i == 0 ? "(" : " && (")
                    .append("to_tsquery('simple', ")
                    .append(word)
                    .append(" || ':*')");
            for (String stemmer :
                    SearchWords.STEMMERS.values().stream().sorted().toList()) {
                query.append(" || to_tsquery('%s', %s)".formatted(stemmer, word));
            }
            query.append(")");
        }
        return query.toString();
    }
}

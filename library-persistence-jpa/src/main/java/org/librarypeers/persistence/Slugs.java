package org.librarypeers.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;

/**
 * The slugs that resources which are added may not have any more.
 *
 * <p>Two transactions that add the same slug cannot see each other. So whoever adds tries for a lock of the slug; who does not
 * get it takes the slug with a part of the GUID and waits for nobody. Slugs share locks, since a transaction may hold only so
 * many: now and then a slug is longer than it would have to be.
 */
final class Slugs {

    // Together with a number below 1024, any pair that nobody else in this database uses.
    private static final int LOCKS = 0x736C7567;

    private final Set<String> taken;

    private Slugs(Set<String> taken) {
        this.taken = taken;
    }

    static Slugs of(UnitOfWork unit, Collection<Resource> added) {
        Set<String> taken = new HashSet<>();
        if (!added.isEmpty()) {
            String[] plain = added.stream()
                    .map(resource -> resource.slug().value())
                    .distinct()
                    .toArray(String[]::new);
            taken.addAll(unit.jdbc(connection -> {
                try (PreparedStatement locks = connection.prepareStatement("""
                        select slug from (select slug, pg_try_advisory_xact_lock(?, hashtext(slug) & 1023) as free
                                            from unnest(?) slug) tried
                         where not free""")) {
                    locks.setInt(1, LOCKS);
                    locks.setArray(2, connection.createArrayOf("text", plain));
                    return first(locks.executeQuery());
                }
            }));
            taken.addAll(saved(unit, added));
        }
        return new Slugs(taken);
    }

    private static Set<String> first(ResultSet rows) throws SQLException {
        Set<String> texts = new HashSet<>();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts;
    }

    /** After the locks: what others have committed until then is seen. */
    private static Collection<String> saved(UnitOfWork unit, Collection<Resource> added) {
        String[] wanted = added.stream()
                .flatMap(resource -> Stream.of(resource.slug(), resource.slug().with(resource.guid())))
                .map(Slug::value)
                .distinct()
                .toArray(String[]::new);
        return unit.session()
                .createNativeQuery("select slug from resource where slug = any (:wanted)", String.class)
                .setParameter("wanted", wanted)
                .getResultList();
    }

    /** The slug that the resource wants, or one that nobody has. */
    Slug take(Resource resource) {
        Slug slug = resource.slug();
        if (!taken.add(slug.value())) {
            slug = slug.with(resource.guid());
            while (!taken.add(slug.value())) {
                slug = resource.slug().with(Guid.random());
            }
        }
        return slug;
    }
}

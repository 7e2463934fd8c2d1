package org.librarypeers.persistence;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;

/**
 * The slugs that are no longer available to new resources.
 *
 * <p>Two concurrent transactions do not see each other's new slugs. Each therefore tries to lock its slugs. A
 * transaction that does not get a lock does not wait: it appends a part of the GUID to the slug. Slugs share 1,024
 * locks, because the number of locks per transaction is limited. A slug may therefore occasionally be longer than
 * necessary.
 */
final class Slugs {

    // The first key of the locks; the second is a number below 1024. Nothing else in this database uses it.
    private static final int LOCKS = 0x736C7567;

    private final Set<String> taken;

    private Slugs(Set<String> taken) {
        this.taken = taken;
    }

    static Slugs of(UnitOfWork unit, Collection<Resource> added) {
        Set<String> taken = new HashSet<>();
        if (!added.isEmpty()) {
            List<String> plain = added.stream()
                    .map(resource -> resource.slug().value())
                    .distinct()
                    .toList();
            String locks = """
                    select slug from (select slug, pg_try_advisory_xact_lock(?, hashtext(slug) & 1023) as free
                                        from unnest(?) slug) tried
                     where not free""";
            taken.addAll(unit.jdbc(connection ->
                    Sql.rows(connection, locks, row -> row.getString(1), LOCKS, Sql.texts(connection, plain))));
            taken.addAll(saved(unit, added));
        }
        return new Slugs(taken);
    }

    /**
     * Returns the slugs that are already saved. Must be called after locking, so that it sees all slugs committed until
     * then.
     */
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

    /** Returns the slug of the resource if it is available, otherwise a variation of it that is unused. */
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

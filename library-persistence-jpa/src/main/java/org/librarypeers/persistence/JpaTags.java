package org.librarypeers.persistence;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.TagRepository;

/** A repository of tags on Hibernate. */
final class JpaTags implements TagRepository {

    private final Reads transactions;

    JpaTags(Reads transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<CatalogueTag> inUse() {
        return tags("where exists (from ResourceTagEntity r where r.tag = t) order by t.name, t.id", null);
    }

    @Override
    public Optional<CatalogueTag> named(String name) {
        return tags("where t.spelling = :text order by t.id", Spelling.folded(name)).stream()
                .findFirst();
    }

    @Override
    public Optional<CatalogueTag> find(Slug slug) {
        return tags("where t.slug = :text", slug.value()).stream().findFirst();
    }

    private List<CatalogueTag> tags(String rest, @Nullable String text) {
        return transactions.call(unit -> {
            SelectionQuery<TagEntity> query = unit.session()
                    .createSelectionQuery("from TagEntity t join fetch t.category " + rest, TagEntity.class);
            if (text != null) {
                query.setParameter("text", text);
            }
            return query.getResultList().stream().map(TagEntity::toEntry).toList();
        });
    }

    @Override
    public Optional<CatalogueTag> find(long id) {
        return transactions.call(unit ->
                Optional.ofNullable(unit.session().find(TagEntity.class, id)).map(TagEntity::toEntry));
    }

    @Override
    public CatalogueTag findOrAdd(Tag tag) {
        return transactions.call(unit -> Objects.requireNonNull(
                        new Vocabulary(unit.session()).findOrAdd(List.of(tag)).get(tag.key()))
                .toEntry());
    }

    @Override
    public List<CatalogueCategory> topics() {
        // A category that was chosen comes before the others, which count only if none was chosen.
        return transactions.read(connection -> Sql.rows(
                connection, """
                select id, name, spelling, names, description from category
                 where not hidden
                   and case when exists (select from category where topic is not null) then topic is not null else own end
                 order by topic, name collate "C\"""", row -> CategoryEntity.read(new Row(row)).toEntry()));
    }

    @Override
    public List<CatalogueCategory> categories() {
        return transactions.call(unit -> unit
                .session()
                .createSelectionQuery("from CategoryEntity c order by c.name", CategoryEntity.class)
                .getResultList()
                .stream()
                .map(CategoryEntity::toEntry)
                .toList());
    }
}

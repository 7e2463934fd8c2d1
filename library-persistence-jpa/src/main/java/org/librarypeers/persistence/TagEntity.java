package org.librarypeers.persistence;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.sql.SQLException;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.Facets;

/** A tag of the vocabulary. Only {@link Vocabulary} adds tags, and only {@link JdbcCuration} changes them. */
@Entity
@Immutable
@Table(name = "tag")
class TagEntity {

    @Id
    private long id;

    private UUID guid;

    @ManyToOne(fetch = FetchType.EAGER, optional = false)
    @JoinColumn(name = "category_id")
    private CategoryEntity category;

    private String name;
    /** The folded name, for queries. {@link Vocabulary} sets it. */
    String spelling;

    private String slug;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    private LocalizedText names;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    private LocalizedText description;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    private LocalizedText summary;

    private @Nullable String image;

    private @Nullable Integer place;

    /** Changes with the texts of the tag and its category. */
    private int version;

    @Transient
    private @Nullable Tag domain;

    /** Creates an empty entity for Hibernate. */
    TagEntity() {}

    /** The columns that {@link #read} reads, of a tag and its category. */
    static final String COLUMNS = """
            tag.id, tag.guid, tag.name, tag.spelling, tag.slug, tag.names, tag.description, tag.summary, tag.image, tag.place,
            tag.version,""" + " " + CategoryEntity.COLUMNS;

    /** Reads a tag with its category. The entity enters no session. */
    static TagEntity read(Row row) throws SQLException {
        TagEntity entity = new TagEntity();
        entity.id = row.number();
        entity.guid = row.uuid();
        entity.name = row.text();
        entity.spelling = row.text();
        entity.slug = row.text();
        entity.names = row.localized();
        entity.description = row.localized();
        entity.summary = row.localized();
        entity.image = row.textOrNull();
        entity.place = row.integerOrNull();
        entity.version = row.integer();
        entity.category = CategoryEntity.read(row);
        return entity;
    }

    long id() {
        return id;
    }

    int version() {
        return version;
    }

    CategoryEntity category() {
        return category;
    }

    Tag.Key key() {
        return new Tag.Key(category.name, name);
    }

    Slug slug() {
        return new Slug(slug);
    }

    CatalogueTag toEntry() {
        return new CatalogueTag(id, slug(), toDomain());
    }

    /** Returns the tag with the number of resources that have it. */
    Facets.TagCount counted(long number) {
        return new Facets.TagCount(toEntry(), number, place);
    }

    /** Returns the tag. It is created once. */
    Tag toDomain() {
        Tag known = domain;
        if (known == null) {
            known = new Tag(new Guid(guid), category.name, name, category.names, names, description, summary, image);
            domain = known;
        }
        return known;
    }
}

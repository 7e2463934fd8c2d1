package org.librarypeers.persistence;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.SQLException;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.sync.catalogue.CatalogueCategory;

/** A category of tags. Only {@link Vocabulary} adds categories, and only {@link JdbcCuration} changes them. */
@Entity
@Immutable
@Table(name = "category")
class CategoryEntity {

    @Id
    long id;

    String name;

    String spelling;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    LocalizedText names;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    LocalizedText description;

    // Whether a local resource had one of its tags. Not set if the category was read with a catalogue entry.
    boolean own;

    /** Creates an empty entity for Hibernate. */
    CategoryEntity() {}

    /** The columns that {@link #read} reads. */
    static final String COLUMNS = "category.id, category.name, category.spelling, category.names, category.description";

    static CategoryEntity read(Row row) throws SQLException {
        CategoryEntity entity = new CategoryEntity();
        entity.id = row.number();
        entity.name = row.text();
        entity.spelling = row.text();
        entity.names = row.localized();
        entity.description = row.localized();
        return entity;
    }

    CatalogueCategory toEntry() {
        return new CatalogueCategory(id, name, names, description);
    }
}

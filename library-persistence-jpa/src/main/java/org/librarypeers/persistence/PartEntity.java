package org.librarypeers.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;

/** The common columns of links and files. The id belongs to the GUID: an update changes the existing row. */
@MappedSuperclass
abstract class PartEntity {

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "resource_id", updatable = false)
    ResourceEntity resource;

    @Column(updatable = false)
    UUID guid;

    int position;
    int sortOrder;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    LocalizedText title;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    LocalizedText description;

    String url;
    long sizeBytes;

    /** Creates an empty entity for Hibernate. */
    PartEntity() {}

    PartEntity(ResourceEntity resource, Guid guid) {
        this.resource = resource;
        this.guid = guid.value();
        this.title = LocalizedText.empty();
        this.description = LocalizedText.empty();
        this.url = "";
    }

    abstract long id();

    Guid guid() {
        return new Guid(guid);
    }
}

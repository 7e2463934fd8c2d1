package org.librarypeers.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;

/** An attachment of a resource, with its database id. The id belongs to the GUID: an update changes the existing row. */
@Entity
@Table(name = "attachment")
@SuppressWarnings("UnusedVariable") // read by Hibernate and queries
class AttachmentEntity {

    /** The rows. */
    static final TableWriter<AttachmentEntity> TABLE = TableWriter.<AttachmentEntity>of("attachment")
            .column("id", "bigint", row -> row.id)
            .column("resource_id", "bigint", row -> row.resource.id())
            .column("guid", "uuid", row -> row.guid)
            .column("kind", "text", row -> row.kind)
            .column("position", "integer", row -> row.position)
            .column("sort_order", "integer", row -> row.sortOrder)
            .column("title", "jsonb", row -> Json.write(row.title))
            .column("description", "jsonb", row -> Json.write(row.description))
            .column("url", "text", row -> row.url)
            .column("size_bytes", "bigint", row -> row.sizeBytes);

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "attachment_id")
    @SequenceGenerator(name = "attachment_id", sequenceName = "attachment_id", allocationSize = 500)
    private @Nullable Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "resource_id", updatable = false)
    private ResourceEntity resource;

    @Column(updatable = false)
    private UUID guid;

    private int position;
    private String kind;
    private int sortOrder;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    private LocalizedText title;

    @Convert(converter = LocalizedTextConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    private LocalizedText description;

    private String url;
    private long sizeBytes;

    /** Creates an empty entity for Hibernate. */
    AttachmentEntity() {}

    static AttachmentEntity of(ResourceEntity resource, Guid guid) {
        AttachmentEntity entity = new AttachmentEntity();
        entity.resource = resource;
        entity.guid = guid.value();
        return entity;
    }

    /** Reads the columns after the id of the resource. */
    static AttachmentEntity read(ResourceEntity resource, Row row) throws SQLException {
        AttachmentEntity entity = new AttachmentEntity();
        entity.resource = resource;
        entity.id = row.number();
        entity.guid = row.uuid();
        entity.position = row.integer();
        entity.kind = row.text();
        entity.sortOrder = row.integer();
        entity.title = row.localized();
        entity.description = row.localized();
        entity.url = row.text();
        entity.sizeBytes = row.number();
        return entity;
    }

    void copyFrom(int place, Attachment attachment) {
        position = place;
        kind = attachment.kind().word();
        sortOrder = attachment.order();
        title = attachment.title();
        description = attachment.description();
        url = attachment.url();
        sizeBytes = attachment.sizeBytes();
    }

    /** Sets the id of a new attachment. */
    void identify(long drawn) {
        id = drawn;
    }

    long id() {
        return Objects.requireNonNull(id);
    }

    Guid guid() {
        return new Guid(guid);
    }

    Attachment toDomain() {
        return new Attachment(
                AttachmentKind.ofWord(kind).orElseThrow(), guid(), title, description, url, sortOrder, sizeBytes);
    }
}

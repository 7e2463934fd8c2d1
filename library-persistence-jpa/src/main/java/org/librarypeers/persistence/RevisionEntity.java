package org.librarypeers.persistence;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.librarypeers.domain.Revision;

/** An earlier revision of a resource. */
@Entity
@Immutable
@Table(name = "revision")
@IdClass(RevisionEntity.Key.class)
class RevisionEntity {

    /** The rows. */
    static final TableWriter<RevisionEntity> TABLE = TableWriter.<RevisionEntity>of("revision")
            .fixed("resource_id", "bigint", row -> row.resourceId)
            .fixed("number", "integer", row -> row.number)
            .fixed("content", "jsonb", row -> row.content)
            .fixed("author_user", "text", row -> row.author.authorUser())
            .fixed("author_peer", "bigint", row -> row.author.authorPeer())
            .fixed("author_run", "bigint", row -> row.author.authorRun())
            .fixed("at", "timestamptz", row -> row.at);

    @Id
    private long resourceId;

    @Id
    private int number;

    @JdbcTypeCode(SqlTypes.JSON)
    private String content;

    @Embedded
    private AuthorColumns author;

    private Instant at;

    /** Creates an empty entity for Hibernate. */
    RevisionEntity() {}

    static RevisionEntity from(long resource, Revision revision) {
        RevisionEntity entity = new RevisionEntity();
        entity.resourceId = resource;
        entity.number = revision.number();
        entity.content = Json.write(RevisionDocument.from(revision.content()));
        entity.author = AuthorColumns.from(revision.author());
        entity.at = revision.at();
        return entity;
    }

    /** Removes revisions that are in use again. Does nothing, and sends nothing, if there are none. */
    static void remove(Connection connection, List<Key> keys) throws SQLException {
        if (!keys.isEmpty()) {
            Sql.update(
                    connection,
                    "delete from revision using unnest(?, ?) as restored (id, number)"
                            + " where revision.resource_id = restored.id and revision.number = restored.number",
                    Sql.longs(connection, keys.stream().map(Key::resourceId).toList()),
                    Sql.integers(connection, keys.stream().map(Key::number).toList()));
        }
    }

    Revision toDomain() {
        return new Revision(number, Json.read(content, RevisionDocument.class).toDomain(), author.toDomain(), at);
    }

    record Key(long resourceId, int number) implements Serializable {}
}

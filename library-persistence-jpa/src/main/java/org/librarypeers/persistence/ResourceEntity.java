package org.librarypeers.persistence;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Revisions;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.ListedResource;

/** A resource with its attachments and taggings. Hibernate reads it, and {@link #TABLE} writes its own columns. */
@Entity
@Immutable
@Table(name = "resource")
class ResourceEntity {

    /** The rows without their attachments and taggings. The database sets the feed position. */
    static final TableWriter<ResourceEntity> TABLE = TableWriter.<ResourceEntity>of("resource")
            .fixed("id", "bigint", row -> row.id)
            .fixed("guid", "uuid", row -> row.guid)
            .fixed("slug", "text", row -> row.slug)
            .fixed("created_by", "text", row -> row.createdBy)
            .column("status", "text", row -> row.status)
            .column("source_peer", "bigint", row -> row.origin == null ? null : row.origin.sourcePeer())
            .column("source_name", "text", row -> row.origin == null ? null : row.origin.sourceName())
            .column("source_host", "text", row -> row.origin == null ? null : row.origin.sourceHost())
            .column("source_url", "text", row -> row.origin == null ? null : row.origin.sourceUrl())
            .column("source_route", "uuid[]", row -> row.origin == null ? null : row.origin.routeText())
            .column("received_fingerprint", "text", row -> row.origin == null ? null : row.origin.receivedFingerprint())
            .column("title", "jsonb", row -> Json.write(row.content.title()))
            .column("description", "jsonb", row -> Json.write(row.content.description()))
            .column("attribution", "jsonb", row -> Json.write(row.content.attribution()))
            .column("study_time", "integer", row -> row.content.studyTime())
            .column("study_time_unit", "text", row -> row.content.studyTimeUnit())
            .column("born_on", "timestamp", row -> row.content.bornOn())
            .column("born_on_precision", "text", row -> row.content.precision())
            .column("image", "text", row -> row.content.image())
            .column("revision_number", "integer", row -> row.revisionNumber)
            .column("author_user", "text", row -> row.author.authorUser())
            .column("author_peer", "bigint", row -> row.author.authorPeer())
            .column("author_run", "bigint", row -> row.author.authorRun())
            .column("revision_at", "timestamptz", row -> row.revisionAt)
            .column("latest_revision", "integer", row -> row.latestRevision)
            .column("waiting_number", "integer", row -> row.waiting == null ? null : row.waiting.waitingNumber())
            .column("waiting_content", "jsonb", row -> row.waiting == null ? null : row.waiting.waitingContent())
            .column("waiting_peer", "bigint", row -> row.waiting == null ? null : row.waiting.waitingPeer())
            .column("waiting_run", "bigint", row -> row.waiting == null ? null : row.waiting.waitingRun())
            .column("waiting_at", "timestamptz", row -> row.waiting == null ? null : row.waiting.waitingAt())
            .column("created", "timestamptz", row -> row.created)
            .column("updated", "timestamptz", row -> row.updated)
            .column("received_revision", "integer", row -> row.receivedRevision)
            .column("decided_revision", "integer", row -> row.decidedRevision)
            .column("mapped_tags", "jsonb", row -> row.mappedTags)
            .column("version", "bigint", row -> row.version);

    /** The columns that {@link #readListed} reads, in this order, of a resource with the alias {@code r}. */
    static final String LISTED_COLUMNS = "r.id, r.guid, r.slug, r.status, r.source_peer, r.source_name, r.source_host,"
            + " r.source_url, r.source_route::text, r.received_fingerprint, r.title, r.description, r.attribution,"
            + " r.study_time, r.study_time_unit, r.born_on, r.born_on_precision, r.image, r.created, r.updated";

    /** The columns that {@link #read} reads, in this order, of a resource with the alias {@code r}. */
    static final String COLUMNS = LISTED_COLUMNS
            + ", r.feed_position, r.created_by, r.revision_number, r.author_user, r.author_peer, r.author_run,"
            + " r.revision_at, r.latest_revision, r.waiting_number, r.waiting_content, r.waiting_peer, r.waiting_run,"
            + " r.waiting_at, r.received_revision, r.decided_revision, r.version, r.mapped_tags";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "resource_id")
    @SequenceGenerator(name = "resource_id", sequenceName = "resource_id", allocationSize = 500)
    private @Nullable Long id;

    private UUID guid;

    private String slug;

    private @Nullable String createdBy;

    private String status;

    @Embedded
    private @Nullable OriginColumns origin;

    @Embedded
    private ContentColumns content;

    private int revisionNumber;

    @Embedded
    private AuthorColumns author;

    private Instant revisionAt;
    private int latestRevision;

    @Embedded
    private @Nullable WaitingColumns waiting;

    private Instant created;
    private Instant updated;
    private int receivedRevision;
    private int decidedRevision;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable String mappedTags;

    // No @Version: every save increments it, even one that changes no column, and it is compared while the row is
    // locked.
    private long version;

    // Assigned by the database; see ChangeFeed.
    private long feedPosition;

    @OneToMany(mappedBy = "resource", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    private List<AttachmentEntity> attachments = new ArrayList<>();

    @OneToMany(mappedBy = "resource", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    private List<ResourceTagEntity> taggings = new ArrayList<>();

    /** Creates an empty entity for Hibernate. */
    ResourceEntity() {}

    static ResourceEntity from(Resource resource, Slug slug, Map<Tag.Key, TagEntity> vocabulary) {
        ResourceEntity entity = new ResourceEntity();
        entity.guid = resource.guid().value();
        entity.slug = slug.value();
        entity.createdBy = AuthorColumns.from(resource.revision().author()).authorUser();
        entity.copyFrom(resource, vocabulary);
        return entity;
    }

    /** Reads a row of {@link #COLUMNS}. The entity enters no session; its attachments and taggings are read separately. */
    static ResourceEntity read(Row row) throws SQLException {
        ResourceEntity entity = readStart(row);
        entity.feedPosition = row.number();
        entity.createdBy = row.textOrNull();
        entity.revisionNumber = row.integer();
        entity.author = new AuthorColumns(row.textOrNull(), row.numberOrNull(), row.numberOrNull());
        entity.revisionAt = row.time();
        entity.latestRevision = row.integer();
        entity.waiting = WaitingColumns.read(row);
        entity.receivedRevision = row.integer();
        entity.decidedRevision = row.integer();
        entity.version = row.number();
        entity.mappedTags = row.textOrNull();
        return entity;
    }

    /** Reads a row of {@link #LISTED_COLUMNS}. */
    static ListedResource readListed(ResultSet rows) throws SQLException {
        ResourceEntity entity = readStart(new Row(rows));
        return new ListedResource(
                entity.id(),
                entity.guid(),
                new Slug(entity.slug),
                entity.status(),
                OriginColumns.toDomain(entity.origin),
                entity.content(),
                entity.created,
                entity.updated);
    }

    private static ResourceEntity readStart(Row row) throws SQLException {
        ResourceEntity entity = new ResourceEntity();
        entity.id = row.number();
        entity.guid = row.uuid();
        entity.slug = row.text();
        entity.status = row.text();
        entity.origin = OriginColumns.read(row);
        entity.content = ContentColumns.read(row);
        entity.created = row.time();
        entity.updated = row.time();
        return entity;
    }

    /** Adds an attachment that was read. */
    void add(AttachmentEntity attachment) {
        attachments.add(attachment);
    }

    /** Adds a tagging that was read. */
    void add(ResourceTagEntity tagging) {
        taggings.add(tagging);
    }

    /** Copies the state of the resource, and increments the version. */
    void copyFrom(Resource resource, Map<Tag.Key, TagEntity> vocabulary) {
        status = resource.status().word();
        origin = OriginColumns.from(resource.origin());
        revisionNumber = resource.revision().number();
        author = AuthorColumns.from(resource.revision().author());
        revisionAt = resource.revision().at();
        latestRevision = resource.revisions().latest();
        waiting = WaitingColumns.from(resource.revisions().waiting());
        created = resource.created();
        updated = resource.updated();
        receivedRevision = resource.review().brought();
        decidedRevision = resource.review().decided();
        version = resource.version() + 1;
        mappedTags = MappedTags.write(resource.content(), vocabulary);
        content = ContentColumns.from(resource.content());
        attach(resource.content().attachments());
        tag(resource.content().tags().stream()
                .map(tag -> Objects.requireNonNull(vocabulary.get(tag.key())))
                .toList());
    }

    private void attach(List<Attachment> wanted) {
        Map<Guid, AttachmentEntity> kept = byKey(attachments, AttachmentEntity::guid);
        attachments.clear();
        for (Attachment attachment : wanted) {
            AttachmentEntity entity =
                    kept.getOrDefault(attachment.guid(), AttachmentEntity.of(this, attachment.guid()));
            entity.copyFrom(attachments.size(), attachment);
            attachments.add(entity);
        }
    }

    private void tag(List<TagEntity> wanted) {
        Map<Long, ResourceTagEntity> kept =
                byKey(taggings, tagging -> tagging.tag().id());
        taggings.clear();
        for (TagEntity tag : wanted) {
            ResourceTagEntity entity = kept.getOrDefault(tag.id(), new ResourceTagEntity(this, tag, updated));
            entity.placeAt(taggings.size());
            taggings.add(entity);
        }
    }

    private static <K, E> Map<K, E> byKey(List<E> entities, Function<E, K> key) {
        return entities.stream()
                .collect(Collectors.toMap(key, Function.identity(), (first, second) -> first, HashMap::new));
    }

    /** Sets the id of a new resource. */
    void identify(long drawn) {
        id = drawn;
    }

    Stream<AttachmentEntity> attachments() {
        return attachments.stream();
    }

    Stream<ResourceTagEntity> taggings() {
        return taggings.stream();
    }

    long id() {
        return Objects.requireNonNull(id);
    }

    Guid guid() {
        return new Guid(guid);
    }

    private Status status() {
        return Status.ofWord(status).orElseThrow();
    }

    /** Returns whether the change feed contains this resource. */
    boolean isServed() {
        return status.equals(Status.APPROVED.word());
    }

    long version() {
        return version;
    }

    int revisionNumber() {
        return revisionNumber;
    }

    Revision revision() {
        return new Revision(revisionNumber, content(), author.toDomain(), revisionAt);
    }

    private Revisions revisions() {
        return new Revisions(revision(), WaitingColumns.toDomain(waiting), latestRevision);
    }

    /**
     * Returns the revisions that move to the history when the other revisions are saved. Reads the content only if
     * necessary.
     */
    List<Revision> supersededBy(Revisions others) {
        return waiting == null && revisionNumber == others.current().number()
                ? List.of()
                : revisions().supersededBy(others);
    }

    /** Returns the numbers of the revisions that return from the history when the other revisions are saved. */
    List<Integer> restoredBy(Revisions others) {
        boolean isNew = others.latest() > latestRevision;
        boolean isSame = waiting == null
                && others.waiting() == null
                && revisionNumber == others.current().number();
        return isNew || isSame ? List.of() : others.restoredSince(revisions());
    }

    ResourceContent content() {
        return content.toDomain(
                taggings.stream().map(tagging -> tagging.tag().toDomain()).toList(),
                attachments.stream().map(AttachmentEntity::toDomain).toList(),
                MappedTags.read(mappedTags, taggings.stream().map(ResourceTagEntity::tag)));
    }

    Resource toDomain() {
        return Resource.restore(
                guid(),
                new Slug(slug),
                status(),
                OriginColumns.toDomain(origin),
                revisions(),
                created,
                updated,
                new ReviewState(receivedRevision, decidedRevision),
                version);
    }

    CatalogueEntry toEntry() {
        return new CatalogueEntry(
                id(),
                feedPosition,
                createdBy == null ? null : new UserName(createdBy),
                toDomain(),
                attachments.stream().collect(Collectors.toMap(AttachmentEntity::guid, AttachmentEntity::id)),
                taggings.stream().map(ResourceTagEntity::toTagging).toList());
    }
}

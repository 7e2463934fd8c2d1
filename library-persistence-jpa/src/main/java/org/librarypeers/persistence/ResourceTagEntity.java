package org.librarypeers.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.catalogue.CatalogueEntry;

/** A tagging: the assignment of a tag to a resource. Its id stays the same for as long as the resource has the tag. */
@Entity
@Table(name = "resource_tag")
@SuppressWarnings("UnusedVariable") // read by Hibernate and queries
class ResourceTagEntity {

    /** The rows. */
    static final TableWriter<ResourceTagEntity> TABLE = TableWriter.<ResourceTagEntity>of("resource_tag")
            .column("id", "bigint", row -> row.id)
            .column("resource_id", "bigint", row -> row.resource.id())
            .column("tag_id", "bigint", row -> row.tag.id())
            .column("position", "integer", row -> row.position)
            .column("created", "timestamptz", row -> row.created);

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "resource_tag_id")
    @SequenceGenerator(name = "resource_tag_id", sequenceName = "resource_tag_id", allocationSize = 500)
    private @Nullable Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "resource_id", updatable = false)
    private ResourceEntity resource;

    @ManyToOne(
            fetch = FetchType.EAGER,
            optional = false) // a tagging is always read with its tag: one statement for both
    @JoinColumn(name = "tag_id", updatable = false)
    private TagEntity tag;

    private int position;

    @Column(updatable = false)
    private Instant created;

    /** Creates an empty entity for Hibernate. */
    ResourceTagEntity() {}

    ResourceTagEntity(ResourceEntity resource, TagEntity tag, Instant created) {
        this.resource = resource;
        this.tag = tag;
        this.created = created;
    }

    /** Creates a tagging that was read. */
    ResourceTagEntity(ResourceEntity resource, long id, TagEntity tag, int position, Instant created) {
        this(resource, tag, created);
        this.id = id;
        this.position = position;
    }

    /** Sets the id of a new tagging. */
    void identify(long drawn) {
        id = drawn;
    }

    void placeAt(int place) {
        position = place;
    }

    TagEntity tag() {
        return tag;
    }

    CatalogueEntry.Tagging toTagging() {
        return new CatalogueEntry.Tagging(Objects.requireNonNull(id), tag.id(), tag.slug(), created);
    }
}

package org.librarypeers.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Link;

/** A link of a resource, with its database id. */
@Entity
@Table(name = "link")
class LinkEntity extends PartEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "link_id")
    @SequenceGenerator(name = "link_id", sequenceName = "link_id", allocationSize = 500)
    private @Nullable Long id;

    /** Creates an empty entity for Hibernate. */
    LinkEntity() {}

    LinkEntity(ResourceEntity resource, Link link) {
        super(resource, link.guid());
    }

    void copyFrom(int place, Link link) {
        position = place;
        sortOrder = link.order();
        title = link.title();
        description = link.description();
        url = link.url();
        sizeBytes = link.sizeBytes();
    }

    @Override
    long id() {
        return Objects.requireNonNull(id);
    }

    Link toDomain() {
        return new Link(guid(), title, description, url, sortOrder, sizeBytes);
    }
}

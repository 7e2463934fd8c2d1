package org.librarypeers.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.FileLink;

/** A file of a resource, with its database id. */
@Entity
@Table(name = "file")
class FileEntity extends PartEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "file_id")
    @SequenceGenerator(name = "file_id", sequenceName = "file_id", allocationSize = 500)
    private @Nullable Long id;

    /** Creates an empty entity for Hibernate. */
    FileEntity() {}

    FileEntity(ResourceEntity resource, FileLink file) {
        super(resource, file.guid());
    }

    void copyFrom(int place, FileLink file) {
        position = place;
        sortOrder = file.order();
        title = file.title();
        description = file.description();
        url = file.url();
        sizeBytes = file.sizeBytes();
    }

    @Override
    long id() {
        return Objects.requireNonNull(id);
    }

    FileLink toDomain() {
        return new FileLink(guid(), title, description, url, sortOrder, sizeBytes);
    }
}

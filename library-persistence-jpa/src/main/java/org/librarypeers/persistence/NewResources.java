package org.librarypeers.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.hibernate.generator.EventType;
import org.librarypeers.domain.Guid;
import org.librarypeers.persistence.SiteMove.MovedResource;

/**
 * The insert of new resources as sets, with one statement per table. Hibernate only draws the ids, because it also draws
 * those of attachments and taggings that an update adds.
 */
final class NewResources {

    private NewResources() {}

    /**
     * Inserts the resources with their attachments and taggings. They do not become part of the session.
     *
     * @param moved the ids of resources that moved here with a site, by GUID; the others get new ids
     */
    static void insert(Session session, List<ResourceEntity> resources, Map<Guid, MovedResource> moved) {
        if (resources.isEmpty()) {
            return;
        }
        List<AttachmentEntity> attachments = new ArrayList<>();
        List<ResourceTagEntity> taggings = new ArrayList<>();
        for (ResourceEntity resource : resources) {
            MovedResource known = moved.get(resource.guid());
            resource.identify(known == null ? drawId(session, ResourceEntity.class) : known.id());
            resource.attachments().forEach(attachment -> {
                Long id = known == null ? null : known.attachments().get(attachment.guid());
                attachment.identify(id == null ? drawId(session, AttachmentEntity.class) : id);
                attachments.add(attachment);
            });
            resource.taggings().forEach(tagging -> {
                Long id = known == null
                        ? null
                        : known.taggings().get(tagging.tag().id());
                tagging.identify(id == null ? drawId(session, ResourceTagEntity.class) : id);
                taggings.add(tagging);
            });
        }
        session.doWork(connection -> {
            ResourceEntity.TABLE.insert(connection, resources);
            AttachmentEntity.TABLE.insert(connection, attachments);
            ResourceTagEntity.TABLE.insert(connection, taggings);
        });
    }

    private static long drawId(Session session, Class<?> entity) {
        SharedSessionContractImplementor implementor = session.unwrap(SharedSessionContractImplementor.class);
        BeforeExecutionGenerator ids = (BeforeExecutionGenerator) implementor
                .getFactory()
                .getMappingMetamodel()
                .getEntityDescriptor(entity)
                .getGenerator();
        return (Long) ids.generate(implementor, null, null, EventType.INSERT);
    }
}

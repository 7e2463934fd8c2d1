package org.librarypeers.persistence;

import java.util.List;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.hibernate.generator.EventType;

/**
 * The insert of new resources as sets, with one statement per table. Hibernate only draws the ids, because it also draws
 * those of attachments and taggings that an update adds.
 */
final class NewResources {

    private NewResources() {}

    /** Inserts the resources with their attachments and taggings. None of them becomes a part of the session. */
    static void insert(Session session, List<ResourceEntity> resources) {
        if (resources.isEmpty()) {
            return;
        }
        List<AttachmentEntity> attachments =
                resources.stream().flatMap(ResourceEntity::attachments).toList();
        List<ResourceTagEntity> taggings =
                resources.stream().flatMap(ResourceEntity::taggings).toList();
        resources.forEach(resource -> resource.identify(drawId(session, ResourceEntity.class)));
        attachments.forEach(attachment -> attachment.identify(drawId(session, AttachmentEntity.class)));
        taggings.forEach(tagging -> tagging.identify(drawId(session, ResourceTagEntity.class)));
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

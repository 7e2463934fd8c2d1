package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of the slugs of resources in {@link org.librarypeers.sync.storage.ResourceRepository}. */
@Timeout(60)
abstract class SlugContract extends StorageContract<SyncStorage> {

    @Test
    void slugs_are_unique_and_never_change() {
        Resource first = saved(Samples.local("Safe water"));
        Resource second = Samples.local("Safe water");
        Resource third = Samples.local("Safe water!");

        storage.resources().save(List.of(second, third));
        storage.resources().save(first.edit(Samples.titled("Another title"), Samples.AMINA, Samples.NOON));

        assertThat(found(first.guid()).slug()).isEqualTo(new Slug("safe-water"));
        assertThat(found(second.guid()).slug()).isEqualTo(first.slug().with(second.guid()));
        assertThat(found(third.guid()).slug()).isEqualTo(first.slug().with(third.guid()));
    }

    @Test
    void slugs_differ_even_if_the_guids_begin_alike() {
        Guid one = Guid.of("7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e");
        Guid two = Guid.of("7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9f");
        saved(Samples.local("Water"));

        storage.resources()
                .save(List.of(
                        Resource.create(one, Samples.titled("Water"), Samples.AMINA, Samples.NOON),
                        Resource.create(two, Samples.titled("Water"), Samples.AMINA, Samples.NOON)));

        assertThat(found(one).slug()).isNotEqualTo(found(two).slug());
    }
}

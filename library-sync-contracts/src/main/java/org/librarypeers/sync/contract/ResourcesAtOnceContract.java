package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.storage.ConcurrentChangeException;
import org.librarypeers.sync.storage.StaleResourceException;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of concurrent saves in {@link org.librarypeers.sync.storage.ResourceRepository}. */
@Timeout(60)
abstract class ResourcesAtOnceContract extends StorageContract<SyncStorage> {

    @Test
    void a_resource_that_was_found_for_update_is_locked() throws Exception {
        Guid guid = saved(Samples.local("0")).guid();

        atOnce(4, () -> {
            for (int i = 0; i < 5; i++) {
                storage.inTransaction(() -> {
                    Map<Guid, Resource> read = storage.resources().findForUpdate(List.of(guid));
                    storage.resources().save(counted(Objects.requireNonNull(read.get(guid))));
                });
            }
            return guid;
        });

        assertThat(found(guid).content().title().in("en")).hasValue("20");
        assertThat(storage.resources().history(guid)).hasSize(20);
    }

    @Test
    void callers_that_lock_the_same_resources_in_different_orders_do_not_deadlock() throws Exception {
        List<Guid> guids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            guids.add(saved(Samples.local("0")).guid());
        }
        AtomicInteger caller = new AtomicInteger();

        atOnce(4, () -> {
            List<Guid> order = new ArrayList<>(guids);
            Collections.rotate(order, caller.incrementAndGet() * 5);
            for (int i = 0; i < 5; i++) {
                storage.inTransaction(() -> {
                    Map<Guid, Resource> read = storage.resources().findForUpdate(order);
                    storage.resources()
                            .save(read.values().stream()
                                    .map(ResourcesAtOnceContract::counted)
                                    .toList());
                });
            }
            return order;
        });

        assertThat(storage.resources().find(guids).values())
                .allSatisfy(resource ->
                        assertThat(resource.content().title().in("en")).hasValue("20"));
    }

    @Test
    void of_two_that_add_the_same_resources_in_opposite_orders_one_must_retry() throws Exception {
        List<Resource> same = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            same.add(Samples.local("New " + i));
        }
        List<Resource> reversed = new ArrayList<>(same);
        Collections.reverse(reversed);
        AtomicInteger caller = new AtomicInteger();

        List<Boolean> saved = atOnce(2, () -> {
            try {
                storage.resources().save(caller.getAndIncrement() == 0 ? same : reversed);
                return true;
            } catch (ConcurrentChangeException e) {
                return false;
            }
        });

        assertThat(saved).containsExactlyInAnyOrder(true, false);
        assertThat(storage.resources().find(same.stream().map(Resource::guid).toList()))
                .hasSize(200);
    }

    @Test
    void of_two_concurrent_additions_of_one_resource_one_is_stale() throws Exception {
        for (int round = 0; round < 5; round++) {
            Resource resource = Samples.local("Added by all, round " + round);
            AtomicInteger stale = new AtomicInteger();

            atOnce(3, () -> {
                try {
                    storage.resources().save(resource);
                } catch (StaleResourceException e) {
                    assertThat(e).hasMessageContaining(resource.guid().toString());
                    stale.incrementAndGet();
                }
                return resource;
            });

            assertThat(stale).hasValue(2);
            assertThat(found(resource.guid()).content()).isEqualTo(resource.content());
        }
    }

    @Test
    void a_tag_that_is_added_concurrently_is_stored_once() throws Exception {
        for (int round = 0; round < 5; round++) {
            String name = "Round " + round;

            List<Tag> tags = atOnce(
                    4,
                    () -> saved(Samples.tagged(
                                    Samples.tag(Guid.random(), "Round", name, "Tour"), Tag.of("Round", name + "b")))
                            .content()
                            .tags()
                            .get(0));

            assertThat(tags.stream().distinct()).hasSize(1);
        }
    }

    private static Resource counted(Resource resource) {
        int number = Integer.parseInt(resource.content().title().in("en").orElseThrow());
        return resource.edit(
                Samples.titled(Integer.toString(number + 1)),
                Samples.AMINA,
                resource.updated().plus(Duration.ofSeconds(1)));
    }
}

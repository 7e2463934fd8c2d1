package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.contract.Await;
import org.librarypeers.sync.contract.Samples;

/** Tests that no saved resource is left out of the search index, whatever happens at the same time. */
@Timeout(60)
class SearchBacklogTest {

    private final ExecutorService another = Executors.newSingleThreadExecutor();
    private JpaStorage storage;

    @BeforeEach
    void beginEmpty() {
        storage = TestDatabase.sharedStorage();
    }

    @AfterEach
    void end() {
        another.shutdownNow();
    }

    private Resource saved(String title) {
        Resource resource = Samples.local(Samples.titled(title)).approve(Samples.NOON);
        storage.resources().save(List.of(resource));
        return resource;
    }

    private Collection<Resource> edited(Resource resource, String title) {
        return storage.resources().findForUpdate(Set.of(resource.guid())).values().stream()
                .map(found -> found.edit(Samples.titled(title), Samples.AMINA, Samples.NOON))
                .toList();
    }

    private <T> T elsewhere(Callable<T> work) {
        try {
            return another.submit(work).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<Guid> found(String query) {
        return storage.catalogue().search(query, 0, 10).stream()
                .map(entry -> entry.resource().guid())
                .toList();
    }

    @Test
    void a_resource_that_another_transaction_saves_is_indexed_after_its_commit() {
        Resource resource = saved("Water");

        storage.inTransaction(() -> {
            storage.resources().save(edited(resource, "Soap"));
            assertThat(elsewhere(() -> storage.catalogue().index(10))).isZero();
        });

        assertThat(storage.catalogue().index(10)).isEqualTo(1);
        assertThat(found("soap")).containsExactly(resource.guid());
        assertThat(found("water")).isEmpty();
    }

    @Test
    void a_resource_that_is_saved_while_it_is_indexed_is_indexed_again() {
        Resource resource = saved("Water");
        Callable<Object> save = () -> {
            storage.inTransaction(() -> storage.resources().save(edited(resource, "Soap")));
            return true;
        };

        var saving = storage.inTransaction(() -> {
            assertThat(storage.catalogue().index(10)).isEqualTo(1);
            return another.submit(save);
        });
        elsewhere(saving::get);

        assertThat(storage.catalogue().unindexed(10)).isEqualTo(1);
        assertThat(found("soap")).containsExactly(resource.guid());
        assertThat(found("water")).isEmpty();
    }

    @Test
    void a_search_waits_for_those_who_are_indexing() {
        Resource resource = saved("Water");

        var searching = storage.inTransaction(() -> {
            assertThat(storage.catalogue().index(10)).isEqualTo(1);
            var search = another.submit(() -> found("water"));
            Await.await("the search waits", () -> isWaiting() || search.isDone());
            return search;
        });

        List<Guid> found = elsewhere(searching::get);
        assertThat(found).containsExactly(resource.guid());
    }

    @Test
    void a_search_does_not_wait_for_those_who_are_saving() {
        Resource resource = saved("Water");
        storage.catalogue().index(10);

        storage.inTransaction(() -> {
            storage.resources().save(edited(resource, "Soap"));
            assertThat(elsewhere(() -> found("water"))).containsExactly(resource.guid());
        });
    }

    private static boolean isWaiting() {
        return !TestDatabase.shared().texts("""
                        select mode from pg_locks join pg_database on pg_database.oid = pg_locks.database
                         where locktype = 'advisory' and not granted and datname = current_database()""").isEmpty();
    }

    @Test
    void two_processes_share_the_work() {
        saved("Water");
        saved("Soap");

        storage.inTransaction(() -> {
            assertThat(storage.catalogue().index(1)).isEqualTo(1);
            assertThat(elsewhere(() -> storage.catalogue().index(10))).isEqualTo(1);
        });

        assertThat(storage.catalogue().unindexed(10)).isZero();
    }

    @Test
    void indexing_that_fails_is_done_again() {
        Resource resource = saved("Water");

        assertThat(catchThrowable(() -> storage.inTransaction(() -> {
                    storage.catalogue().index(10);
                    throw new IllegalStateException("the process ends here");
                })))
                .isInstanceOf(IllegalStateException.class);

        assertThat(storage.catalogue().unindexed(10)).isEqualTo(1);
        assertThat(found("water")).containsExactly(resource.guid());
    }

    @Test
    void a_search_indexes_a_few_resources_and_does_not_wait_for_many() {
        List<Resource> many = StatementCounting.page(0).stream()
                .map(resource -> resource.approve(Samples.NOON))
                .toList();
        storage.resources().save(many.subList(0, 101));

        assertThat(found("resource")).isEmpty();
        assertThat(storage.catalogue().unindexed(1_000)).isEqualTo(101);
        assertThat(storage.catalogue().unindexed(50)).isEqualTo(50);
        assertThat(storage.catalogue().index(1)).isEqualTo(1);
        assertThat(found("resource")).hasSize(10);
        assertThat(storage.catalogue().unindexed(1_000)).isZero();
    }
}

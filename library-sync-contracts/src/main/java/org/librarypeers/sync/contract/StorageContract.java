package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * The common base class of the storage contracts. They are nested in {@link SyncStorageContract} and
 * {@link LibraryStorageContract}, which create the storages.
 *
 * @param <S> the port that the contract is about
 */
@ExtendWith(StorageOfSuite.class)
abstract class StorageContract<S extends SyncStorage> implements Contract {

    /** The storage under test, empty at the start of each test. {@link StorageOfSuite} sets it. */
    @SuppressWarnings("NullAway.Init")
    S storage;

    @Override
    public Object adapter() {
        return storage;
    }

    /** Saves the resource and reads it back. */
    final Resource saved(Resource resource) {
        storage.resources().save(resource);
        return found(resource.guid());
    }

    final Resource found(Guid guid) {
        return storage.resources().find(guid).orElseThrow();
    }

    final Peer savedPeer(String host) {
        Peer peer = Samples.peer(storage.peers().nextId(), host);
        storage.peers().save(peer);
        return peer;
    }

    /** Calls the work once in each of several threads that start together, and returns the results. */
    static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(executor.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> result : results) {
                all.add(result.get(30, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Asserts that everything but the version is equal. The version counts saves. */
    static void assertSame(Resource actual, Resource expected) {
        assertThat(actual.guid()).isEqualTo(expected.guid());
        assertThat(actual.slug()).isEqualTo(expected.slug());
        assertThat(actual.status()).isEqualTo(expected.status());
        assertThat(actual.origin()).isEqualTo(expected.origin());
        assertThat(actual.revisions()).isEqualTo(expected.revisions());
        assertThat(actual.created()).isEqualTo(expected.created());
        assertThat(actual.updated()).isEqualTo(expected.updated());
        assertThat(actual.review()).isEqualTo(expected.review());
    }
}

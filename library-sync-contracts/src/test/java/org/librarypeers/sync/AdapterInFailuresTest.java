package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.librarypeers.sync.contract.FileContract;
import org.librarypeers.sync.contract.SyncStorageContract;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.inmemory.InMemoryFiles;
import org.librarypeers.sync.storage.SyncStorage;

/** Tests of the messages of contracts that an adapter does not keep. */
class AdapterInFailuresTest {

    /** A storage that is not empty at the start. It fails tests, and methods that prepare tests. */
    static class BrokenStorage extends SyncStorageContract {
        @Override
        protected SyncStorage newStorage() {
            HookedStorage storage = new HookedStorage();
            storage.peers().save(Library.peer(storage.peers().nextId(), "ORB", "https://a.example.org"));
            storage.peers().save(Library.peer(storage.peers().nextId(), "ORB", "https://reviewed.example.org"));
            return storage;
        }
    }

    /** A store that always returns the same files. */
    static class BrokenFiles extends FileContract {
        private static final FileStore FILES = new InMemoryFiles();

        @Override
        protected FileStore newStore() {
            return FILES;
        }
    }

    @Test
    void each_failure_of_a_storage_names_the_class_of_the_storage() {
        List<String> messages = failures(BrokenStorage.class);

        assertThat(messages)
                .hasSizeGreaterThan(10)
                .allSatisfy(message -> assertThat(message).startsWith("[org.librarypeers.sync.HookedStorage] "))
                .anySatisfy(message -> assertThat(message).contains("DuplicatePeerException"));
    }

    @Test
    void each_failure_of_a_file_store_names_the_class_of_the_store() {
        assertThat(failures(BrokenFiles.class))
                .isNotEmpty()
                .allSatisfy(
                        message -> assertThat(message).startsWith("[org.librarypeers.sync.inmemory.InMemoryFiles] "));
    }

    private static List<String> failures(Class<?> suite) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(suite))
                                .build(),
                        listener);
        return listener.getSummary().getFailures().stream()
                .map(TestExecutionSummary.Failure::getException)
                .map(Throwable::getMessage)
                .toList();
    }
}

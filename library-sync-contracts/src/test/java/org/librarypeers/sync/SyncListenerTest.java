package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.StorageException;

/** Tests of the events that a run sends: their order, their thread, and what an exception of a listener does. */
class SyncListenerTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    /** A listener that records the events. */
    private static class Recording implements SyncListener {
        final List<Object> events = new ArrayList<>();

        @Override
        public void started(SyncLog run) {
            events.add(run);
        }

        @Override
        public void progressed(SyncProgress progress) {
            events.add(progress);
        }

        @Override
        public void finished(SyncReport report) {
            events.add(report);
        }

        @Override
        public void failed(SyncLog run, Throwable failure) {
            events.add(failure);
        }

        List<Class<?>> kinds() {
            List<Class<?>> kinds = new ArrayList<>();
            events.forEach(event -> kinds.add(event.getClass()));
            return kinds;
        }
    }

    private void twoPages() {
        script.page(cursor(1), full(1, "v1")).lastPage(cursor(2), full(2, "v1"));
    }

    @Test
    void a_run_starts_progresses_with_each_batch_and_finishes_with_its_report() {
        twoPages();
        Recording heard = new Recording();

        SyncReport report = library.service.sync(library.peer, heard);

        assertThat(heard.kinds())
                .containsExactly(SyncLog.class, SyncProgress.class, SyncProgress.class, SyncReport.class);
        assertThat(((SyncLog) heard.events.get(0)).status()).isEqualTo(SyncStatus.RUNNING);
        assertThat(heard.events.get(3)).isSameAs(report);
    }

    @Test
    void the_log_is_saved_before_the_start_and_the_end_are_told() {
        twoPages();
        List<SyncStatus> saved = new ArrayList<>();

        library.service.sync(library.peer, new SyncListener() {
            @Override
            public void started(SyncLog run) {
                saved.add(library.logs().get(0).status());
            }

            @Override
            public void finished(SyncReport report) {
                saved.add(library.logs().get(0).status());
                assertThat(library.isFree()).isFalse();
            }
        });

        assertThat(saved).containsExactly(SyncStatus.RUNNING, SyncStatus.SUCCEEDED);
        assertThat(library.isFree()).isTrue();
    }

    @Test
    void a_preview_sends_the_same_events_with_a_log_that_is_not_saved() {
        twoPages();
        Recording heard = new Recording();

        SyncReport report = library.service.preview(library.peer, heard);

        assertThat(heard.kinds())
                .containsExactly(SyncLog.class, SyncProgress.class, SyncProgress.class, SyncReport.class);
        assertThat(((SyncLog) heard.events.get(0)).id()).isEqualTo(SyncLogId.NONE);
        assertThat(heard.events.get(3)).isSameAs(report);
        assertThat(library.logs()).isEmpty();
    }

    @Test
    void a_peer_that_cannot_be_read_finishes_the_run() {
        script.failure(new PeerException(PeerTrouble.UNREACHABLE, "broke off", null));
        Recording heard = new Recording();

        library.service.sync(library.peer, heard);

        assertThat(heard.kinds()).containsExactly(SyncLog.class, SyncReport.class);
        assertThat(((SyncReport) heard.events.get(1)).log().status()).isEqualTo(SyncStatus.FAILED);
    }

    @Test
    void a_failure_of_this_library_is_told_and_thrown() {
        twoPages();
        StorageException failure = new StorageException("disk full", null);
        library.storage.inCommit = () -> {
            throw failure;
        };
        Recording heard = new Recording();

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> library.service.sync(library.peer, heard))
                .isSameAs(failure);

        assertThat(heard.kinds()).containsExactly(SyncLog.class, StorageException.class);
        assertThat(heard.events.get(1)).isSameAs(failure);
        assertThat(library.isFree()).isTrue();
    }

    @Test
    void a_run_whose_start_cannot_be_saved_only_fails() {
        StorageException failure = new StorageException("disk full", null);
        library.storage.beforeTransaction = () -> {
            throw failure;
        };
        Recording heard = new Recording();

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> library.service.sync(library.peer, heard))
                .isSameAs(failure);

        assertThat(heard.events).containsExactly(failure);
    }

    @Test
    void a_sync_that_is_refused_sends_no_event() {
        Recording heard = new Recording();

        try (var lease = library.storage.harvest().claim(library.peer.id()).orElseThrow()) {
            assertThatExceptionOfType(PeerBusyException.class)
                    .isThrownBy(() -> library.service.sync(library.peer, heard));
            assertThat(lease).isNotNull();
        }

        assertThat(heard.events).isEmpty();
    }

    @Test
    void exceptions_of_a_listener_are_logged_and_change_neither_the_run_nor_other_listeners() {
        twoPages();
        Recording heard = new Recording();
        List<LogRecord> logged = new ArrayList<>();
        SyncListener throwing = new SyncListener() {
            @Override
            public void started(SyncLog run) {
                throw new IllegalStateException("started");
            }

            @Override
            public void progressed(SyncProgress progress) {
                throw new PeerException(PeerTrouble.STOPPED, "progressed", null);
            }

            @Override
            public void finished(SyncReport report) {
                throw new StorageException("finished", null);
            }
        };
        SyncService service = SyncService.builder()
                .storage(library.storage)
                .client(script)
                .listener(throwing)
                .build();

        SyncReport report = capturing(logged, () -> service.sync(library.peer, heard));

        assertThat(report.succeeded()).isTrue();
        assertThat(library.resources()).hasSize(2);
        assertThat(library.logs()).containsExactly(report.log());
        assertThat(heard.kinds())
                .containsExactly(SyncLog.class, SyncProgress.class, SyncProgress.class, SyncReport.class);
        assertThat(logged)
                .extracting(record -> record.getThrown().getMessage())
                .containsExactly("started", "progressed", "progressed", "finished");
    }

    @Test
    void an_exception_of_a_listener_does_not_hide_the_failure_of_a_run() {
        StorageException failure = new StorageException("disk full", null);
        library.storage.beforeTransaction = () -> {
            throw failure;
        };
        SyncListener throwing = new SyncListener() {
            @Override
            public void failed(SyncLog run, Throwable cause) {
                throw new IllegalStateException("failed");
            }
        };
        List<LogRecord> logged = new ArrayList<>();

        capturing(logged, () -> {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> library.service.sync(library.peer, throwing))
                    .isSameAs(failure);
            return null;
        });

        assertThat(logged).hasSize(1);
    }

    @Test
    void an_error_of_a_listener_ends_the_run_after_what_was_committed() {
        twoPages();
        SyncListener throwing = SyncListener.onProgress(progress -> {
            throw new AssertionError("window closed");
        });

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> library.service.sync(library.peer, throwing))
                .withMessage("window closed");

        assertThat(library.resources()).hasSize(1);
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(1));
        assertThat(library.logs())
                .singleElement()
                .satisfies(log ->
                        assertThat(log.message()).startsWith("this library ").endsWith(": window closed"));
        assertThat(library.isFree()).isTrue();
    }

    @Test
    void the_listener_of_the_service_hears_every_run_before_the_listener_of_the_run() {
        List<String> order = new ArrayList<>();
        SyncService service = SyncService.builder()
                .storage(library.storage)
                .client(script)
                .listener(SyncListener.onProgress(progress -> order.add("service")))
                .build();
        script.lastPage(cursor(1), full(1, "v1"));
        service.sync(library.peer);
        script.lastPage(cursor(2), full(2, "v1"));
        service.sync(library.peer, SyncListener.onProgress(progress -> order.add("run")));

        assertThat(order).containsExactly("service", "service", "run");
    }

    @Test
    void events_come_on_the_thread_that_called() {
        twoPages();
        List<Thread> threads = new ArrayList<>();

        library.service.sync(library.peer, SyncListener.onProgress(progress -> threads.add(Thread.currentThread())));

        assertThat(threads).isNotEmpty().containsOnly(Thread.currentThread());
    }

    private static SyncReport capturing(List<LogRecord> logged, Supplier<SyncReport> work) {
        Logger logger = Logger.getLogger(SyncListener.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logRecord) {
                logged.add(logRecord);
            }

            @Override
            public void flush() {
                // The list needs none.
            }

            @Override
            public void close() {
                // The list needs none.
            }
        };
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            return work.get();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }
}

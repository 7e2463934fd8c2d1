package org.librarypeers.app.bundles;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.librarypeers.app.audit.CurrentActor;
import org.librarypeers.app.bundles.BundleUploads.Upload;
import org.librarypeers.app.bundles.BundleUploads.Uploaded;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.SyncListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads uploaded bundles in the background, one upload after the other. An upload of which everything was read is removed; another one
 * stays, so that it can be read again. Thread-safe.
 */
public final class BundleReads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BundleReads.class);

    private final BundleUploads uploads;
    private final Supplier<BundleService> service;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    /** A platform thread, because interrupting a virtual thread closes the database connection that it reads from. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("bundles"));

    /**
     * Creates a reader without work.
     *
     * @param service returns the service that reads bundles
     */
    public BundleReads(BundleUploads uploads, Supplier<BundleService> service) {
        this.uploads = uploads;
        this.service = service;
    }

    /** The result of a request to read an upload. */
    public enum State {
        /** It waits for its turn, or is being read. */
        READING,
        /** A run did not succeed; its page says why. */
        RUN_FAILED,
        /** Another run is syncing the peer. */
        BUSY,
        /** A file changed after the upload, or could not be saved. */
        UNREADABLE,
        /** This library failed; its log says why. */
        FAILED
    }

    /** Returns the state of an upload. Empty if it was not read since this process started. */
    public Optional<State> state(String upload) {
        return Optional.ofNullable(states.get(upload));
    }

    /**
     * Starts to read an upload on behalf of the current person, and returns its first run. Empty if that has not begun within some
     * seconds, or the upload is being read already. The keys of the bundles must be {@linkplain BundleService#confirm confirmed}.
     */
    public Optional<SyncLog> start(Upload upload) throws InterruptedException {
        if (states.put(upload.id(), State.READING) == State.READING) {
            return Optional.empty();
        }
        CompletableFuture<SyncLog> first = new CompletableFuture<>();
        thread.execute(CurrentActor.carried(() -> {
            read(upload, first);
            first.cancel(false);
        }));
        try {
            return Optional.of(first.get(3, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException | java.util.concurrent.CancellationException e) {
            return Optional.empty();
        }
    }

    private void read(Upload upload, CompletableFuture<SyncLog> first) {
        try {
            boolean done = true;
            for (Uploaded bundle : upload.bundles()) {
                done &= read(bundle, first);
            }
            if (done) {
                uploads.remove(upload.id());
                states.remove(upload.id());
            } else {
                states.put(upload.id(), State.RUN_FAILED);
            }
        } catch (org.librarypeers.sync.PeerBusyException e) {
            states.put(upload.id(), State.BUSY);
        } catch (BundleException | IOException e) {
            LOG.warn("An uploaded bundle could not be read completely: {}", e.getMessage());
            states.put(upload.id(), State.UNREADABLE);
        } catch (RuntimeException e) {
            LOG.error("An uploaded bundle could not be read", e);
            states.put(upload.id(), State.FAILED);
        }
    }

    private boolean read(Uploaded bundle, CompletableFuture<SyncLog> first) throws IOException {
        BundleService reader = service.get();
        try (OpenedBundle opened = reader.open(bundle.file())) {
            BundleSender sender = reader.sender(opened.manifest());
            return reader.read(opened, sender.peer(), new SyncListener() {
                        @Override
                        public void started(SyncLog run) {
                            first.complete(run);
                        }
                    })
                    .report()
                    .succeeded();
        }
    }

    /** Interrupts the current run, and starts no other one. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}

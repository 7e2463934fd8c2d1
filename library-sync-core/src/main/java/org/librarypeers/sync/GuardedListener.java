package org.librarypeers.sync;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.librarypeers.domain.SyncLog;

/** A listener that passes events to others, in order. It logs their exceptions, so that a run is not affected. */
record GuardedListener(List<SyncListener> listeners) implements SyncListener {

    private static final Logger LOG = System.getLogger(SyncListener.class.getName());

    @Override
    public void started(SyncLog run) {
        tell(listener -> listener.started(run));
    }

    @Override
    public void progressed(SyncProgress progress) {
        tell(listener -> listener.progressed(progress));
    }

    @Override
    public void finished(SyncReport report) {
        tell(listener -> listener.finished(report));
    }

    @Override
    public void failed(SyncLog run, Throwable failure) {
        tell(listener -> listener.failed(run, failure));
    }

    private void tell(Consumer<SyncListener> event) {
        for (SyncListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "A sync listener failed; the run continues: " + listener, e);
            }
        }
    }
}

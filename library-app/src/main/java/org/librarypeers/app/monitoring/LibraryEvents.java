package org.librarypeers.app.monitoring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.http.RequestListener;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncProgress;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.notifications.OutboxMessage;

/**
 * The events of a library in this process. It passes them on to all listeners that were added. Thread-safe.
 *
 * <p>Listeners must be fast and must not throw, except from {@link #ending}.
 */
public final class LibraryEvents implements SyncListener, RequestListener {

    /** The listeners, the latest first. */
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** A listener for all events. */
    public interface Listener extends SyncListener, RequestListener {

        @Override
        default void ended(SentRequest request) {}

        /** Returns false, because most listeners save nothing. A listener with {@link #ending} must override this method. */
        @Override
        default boolean savesWithEnd(SyncLog run, @Nullable SyncStatus before) {
            return false;
        }

        /** Called when a sign-in was refused. */
        default void signInRefused(Refusal reason) {}

        /** Called when a notification or another message was sent. */
        default void messageSent(OutboxMessage.Channel channel) {}

        /** Called when a message has failed permanently. */
        default void messageFailed(OutboxMessage.Channel channel) {}
    }

    /** The reasons why a sign-in is refused. */
    public enum Refusal {
        /** The name is unknown, the password is wrong, or the account is inactive. */
        WRONG,
        /** There were too many failures before. */
        TOO_MANY
    }

    /** Adds a listener, until the result is closed. It receives each event before the listeners that were added earlier. */
    public Registration add(Listener listener) {
        listeners.add(0, listener);
        return () -> listeners.remove(listener);
    }

    /** The time for which a listener receives events. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void started(SyncLog run) {
        each(listener -> listener.started(run));
    }

    @Override
    public void progressed(SyncProgress progress) {
        each(listener -> listener.progressed(progress));
    }

    @Override
    public boolean savesWithEnd(SyncLog run, @Nullable SyncStatus before) {
        return listeners.stream().anyMatch(listener -> listener.savesWithEnd(run, before));
    }

    @Override
    public void ending(SyncLog run) {
        each(listener -> listener.ending(run));
    }

    @Override
    public void finished(SyncReport report) {
        each(listener -> listener.finished(report));
    }

    @Override
    public void failed(SyncLog run, Throwable failure) {
        each(listener -> listener.failed(run, failure));
    }

    @Override
    public void ended(SentRequest request) {
        each(listener -> listener.ended(request));
    }

    /** Reports that a sign-in was refused. */
    public void signInRefused(Refusal reason) {
        each(listener -> listener.signInRefused(reason));
    }

    /** Reports that a message was sent. */
    public void messageSent(OutboxMessage.Channel channel) {
        each(listener -> listener.messageSent(channel));
    }

    /** Reports that a message has failed permanently. */
    public void messageFailed(OutboxMessage.Channel channel) {
        each(listener -> listener.messageFailed(channel));
    }

    private void each(Consumer<Listener> event) {
        listeners.forEach(event);
    }
}

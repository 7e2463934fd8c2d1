package org.librarypeers.app.wiring;

import org.librarypeers.app.monitoring.LibraryEvents;
import org.librarypeers.app.notifications.Notifications;
import org.librarypeers.sync.notifications.OutboxMessage;

/** The results of sent messages, as events of the library. */
record MessageEvents(LibraryEvents events) implements Notifications.Results {

    @Override
    public void sent(OutboxMessage.Channel channel) {
        events.messageSent(channel);
    }

    @Override
    public void failed(OutboxMessage.Channel channel) {
        events.messageFailed(channel);
    }
}

package org.librarypeers.app.notifications;

import org.librarypeers.sync.notifications.OutboxMessage;

/** A transport for the messages of one channel. Thread-safe. */
interface Carrier {

    /**
     * Delivers a message.
     *
     * @throws DeliveryException if it was not delivered, as far as is known
     */
    void deliver(OutboxMessage message) throws DeliveryException;
}

package org.librarypeers.app.notifications;

import org.librarypeers.domain.TextCut;

/** The reason why a message was not delivered, on one line. */
public final class DeliveryException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 300;

    private final Extent extent;

    /** The extent of a failure. */
    enum Extent {
        /** This message, permanently. */
        MESSAGE_FOR_GOOD,
        /** This message; a later attempt may succeed. */
        MESSAGE,
        /** All messages of the channel; a later attempt may succeed. */
        CHANNEL
    }

    DeliveryException(Extent extent, String message, Throwable cause) {
        super(line(message), cause);
        this.extent = extent;
    }

    DeliveryException(Extent extent, String message) {
        super(line(message));
        this.extent = extent;
    }

    /** Servers choose their texts, so they are made safe to show. */
    private static String line(String text) {
        return TextCut.shorten(
                text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip(), LONGEST);
    }

    Extent extent() {
        return extent;
    }
}

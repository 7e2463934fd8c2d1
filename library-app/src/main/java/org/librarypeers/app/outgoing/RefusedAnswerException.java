package org.librarypeers.app.outgoing;

import java.io.IOException;

/** An exception of a caller that cannot use an answer. {@link GuardedClient} passes it on. */
public class RefusedAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message. */
    public RefusedAnswerException(String message) {
        super(message);
    }
}

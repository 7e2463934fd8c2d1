package org.librarypeers.app.notifications;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.app.web.Wording;

/**
 * The text of a mail.
 *
 * @param subject the subject
 * @param paragraphs the paragraphs, in order
 */
record Letter(String subject, List<String> paragraphs) {

    /** Copies the paragraphs. */
    Letter {
        paragraphs = List.copyOf(paragraphs);
    }

    Letter(String subject, String... paragraphs) {
        this(subject, List.of(paragraphs));
    }

    /** Returns a copy with one more paragraph at the end. */
    Letter with(String paragraph) {
        List<String> longer = new ArrayList<>(paragraphs);
        longer.add(paragraph);
        return new Letter(subject, longer);
    }

    /** Returns the body of the mail. */
    String body() {
        return String.join("\n\n", paragraphs) + "\n";
    }

    /** Writes a letter in a language. */
    @FunctionalInterface
    interface Writer {

        /** Returns the letter. */
        Letter write(Wording words);
    }
}

package org.librarypeers.app.notifications;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.librarypeers.app.web.Messages;
import org.librarypeers.app.web.Wording;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.librarypeers.sync.reports.ProblemReport;

/** Mails answers to readers who reported a problem. Thread-safe. */
public final class ReaderMail {

    private final LibraryStorage storage;
    private final NotificationSettings settings;
    private final Announcer announcer;
    private final Clock clock;

    ReaderMail(LibraryStorage storage, NotificationSettings settings, Announcer announcer, Clock clock) {
        this.storage = storage;
        this.settings = settings;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** Returns whether mails are set up. */
    public boolean isAvailable() {
        return settings.mail().isPresent();
    }

    /**
     * Adds the answer to a report to the outbox, in the transaction of the caller.
     *
     * @param answer the text of the reviewer
     * @throws IllegalStateException if the report has no address, or mails are not set up
     */
    public void answer(ProblemReport report, String answer) {
        if (report.email() == null || !isAvailable()) {
            throw new IllegalStateException("the answer to " + report + " cannot be mailed");
        }
        String language =
                Messages.LANGUAGES.contains(report.language()) ? report.language() : Messages.LANGUAGES.get(0);
        Wording words = new Wording(language, settings.languages());
        Letter letter = new Letter(
                words.say("notifications.report.subject", report.title()),
                words.say("notifications.report.text", report.title()),
                answer,
                words.say("notifications.report.footer", settings.libraryName()));
        Instant now = clock.instant();
        storage.outbox()
                .add(new OutboxMessage(
                        UUID.randomUUID(),
                        OutboxMessage.Channel.MAIL,
                        report.email(),
                        announcer.subject(letter),
                        letter.body(),
                        now,
                        now.plus(Announcer.WORTH_SENDING),
                        0));
    }
}

package org.librarypeers.app.notifications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.web.Messages;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of a library. Any process writes a report to the outbox, in the transaction of the event.
 * Thread-safe.
 */
public final class Notifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private final NotificationSettings settings;
    private final Path home;
    private final Clock clock;
    private final NotificationChoices choices;
    private final PasswordLinks passwordLinks;
    private final ReaderMail readerMail;
    private final PeerReports peers;
    private final ConditionReports conditions;
    private final Digests digests;
    private final @Nullable Mailer mailer;
    private final Map<OutboxMessage.Channel, OutboxSender> senders = new EnumMap<>(OutboxMessage.Channel.class);

    /** Receives the results of attempts to send messages. */
    public interface Results {

        /** Called when a message was sent. */
        void sent(OutboxMessage.Channel channel);

        /** Called when a message has failed permanently. */
        void failed(OutboxMessage.Channel channel);
    }

    /**
     * Creates the notifications of a storage. Does no I/O.
     *
     * @param http the client whose connection settings are used
     * @param home the directory of the library's files, whose free space is watched
     * @param results receives the results of attempts to send messages
     */
    public Notifications(
            NotificationSettings settings,
            LibraryStorage storage,
            AccountService accounts,
            HttpPeerClient http,
            Path home,
            Clock clock,
            Results results) {
        this.settings = settings;
        this.home = home;
        this.clock = clock;
        this.choices = new NotificationChoices(storage);
        Announcer announcer = new Announcer(storage, settings, choices);
        this.passwordLinks = new PasswordLinks(storage, accounts, settings, announcer, clock);
        this.readerMail = new ReaderMail(storage, settings, announcer, clock);
        this.peers = new PeerReports(storage, announcer);
        this.conditions = new ConditionReports(storage, announcer);
        this.digests = new Digests(storage, settings, choices, announcer);
        this.mailer = settings.mail()
                .map(mail -> new Mailer(mail, settings::libraryName, http.tls()))
                .orElse(null);
        if (mailer != null) {
            add(OutboxMessage.Channel.MAIL, mailer, storage, results);
        }
        settings.webhook()
                .ifPresent(webhook ->
                        add(OutboxMessage.Channel.WEBHOOK, new Webhook(webhook, http, clock), storage, results));
    }

    private void add(OutboxMessage.Channel channel, Carrier carrier, LibraryStorage storage, Results results) {
        senders.put(channel, new OutboxSender(channel, carrier, storage.outbox(), clock, results));
    }

    /** Returns the settings. */
    public NotificationSettings settings() {
        return settings;
    }

    /** Returns whether anything can be sent: mails or the webhook are set up. */
    public boolean isOn() {
        return !senders.isEmpty();
    }

    /** Returns the choices of notifications. */
    public NotificationChoices choices() {
        return choices;
    }

    /** Returns the service that mails links for setting a password. */
    public PasswordLinks passwordLinks() {
        return passwordLinks;
    }

    /** Returns the service that mails answers to readers. */
    public ReaderMail readerMail() {
        return readerMail;
    }

    /**
     * Returns whether {@link #ended} may have something to report. A success after a success is reported only to people
     * who chose reports of every run.
     *
     * @param before the status of the previous run of the peer; null for its first run
     */
    public boolean reports(SyncLog run, @Nullable SyncStatus before) {
        boolean isNews = run.status() == SyncStatus.FAILED
                || (run.status() == SyncStatus.SUCCEEDED && before != SyncStatus.SUCCEEDED);
        return isNews || settings.webhook().isPresent() || (settings.mail().isPresent() && choices.includeRuns());
    }

    /** Reports the end of a run. Call this in the transaction that saves it. */
    public void ended(SyncLog run) {
        peers.ended(run);
    }

    /** Reports what is due: reminders, conditions and digests. Any number of processes may call this at the same time. */
    public void report() {
        report(freeSpace());
    }

    /**
     * Reports what is due.
     *
     * @param free the free disk space in bytes; empty if it is not known
     */
    void report(Optional<Long> free) {
        if (isOn()) {
            Instant now = clock.instant();
            peers.remind(now);
            conditions.quarantine(now);
            free.ifPresent(bytes -> conditions.disk(bytes, now));
            digests.write(now);
            conditions.tidy(now);
        }
    }

    private Optional<Long> freeSpace() {
        try {
            return Optional.of(Files.getFileStore(home).getUsableSpace());
        } catch (IOException e) {
            LOG.debug("The free space cannot be read", e);
            return Optional.empty();
        }
    }

    /** Returns the channels that are set up. */
    Iterable<OutboxMessage.Channel> channels() {
        return senders.keySet();
    }

    /**
     * Sends the messages of a channel that are due.
     *
     * @param stopped returns whether to stop after the current message
     * @return the time to wait before the next call
     */
    Duration sendDue(OutboxMessage.Channel channel, BooleanSupplier stopped) {
        OutboxSender sender = senders.get(channel);
        if (sender == null) {
            throw new IllegalStateException(channel + " is not set up");
        }
        return sender.sendDue(stopped);
    }

    /**
     * Sends all messages that are due now, of all channels that are set up. For commands; a server sends in the background.
     *
     * @return what became of them
     */
    public SendReport sendDue() {
        return senders.values().stream()
                .map(OutboxSender::sendDue)
                .map(SendReport::of)
                .reduce(SendReport.NONE, SendReport::plus);
    }

    /**
     * Sends a test mail immediately, without the outbox.
     *
     * @return the answer with which the mail server accepted it; empty if it is not known
     * @throws DeliveryException if the mail server did not accept it
     * @throws IllegalStateException if mails are not set up
     */
    public String sendTest(String address) throws DeliveryException {
        Instant now = clock.instant();
        Wording words = new Wording(Messages.LANGUAGES.get(0), settings.languages());
        Letter letter = new Letter(
                words.say("notifications.test.subject"), words.say("notifications.test.text", settings.libraryName()));
        return mailer().send(new OutboxMessage(
                UUID.randomUUID(),
                OutboxMessage.Channel.MAIL,
                address,
                letter.subject(),
                letter.body(),
                now,
                now.plus(Announcer.WORTH_SENDING),
                1));
    }

    /** Stops the work in the background that requests have started. Closes nothing else. */
    @Override
    public void close() {
        passwordLinks.close();
    }

    private Mailer mailer() {
        if (mailer == null) {
            throw new IllegalStateException("mails are not set up; set mail.host and mail.from");
        }
        return mailer;
    }
}

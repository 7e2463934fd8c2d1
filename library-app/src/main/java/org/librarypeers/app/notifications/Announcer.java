package org.librarypeers.app.notifications;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Messages;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.OutboxMessage;
import tools.jackson.databind.json.JsonMapper;

/** Writes messages to the outbox, in the transaction of the caller. Thread-safe. */
final class Announcer {

    /** The time for which a notification is worth sending. Mail servers give up after about as long. */
    static final Duration WORTH_SENDING = Duration.ofDays(5);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LibraryStorage storage;
    private final NotificationSettings settings;
    private final NotificationChoices choices;

    Announcer(LibraryStorage storage, NotificationSettings settings, NotificationChoices choices) {
        this.storage = storage;
        this.settings = settings;
        this.choices = choices;
    }

    /**
     * Announces an event to the webhook, and to the people who chose to be told immediately.
     *
     * @param peer the peer that it is about; null if it is about no peer
     */
    void announce(NotificationKind kind, @Nullable PeerId peer, Announcement event) {
        if (settings.mail().isPresent()) {
            choices.atOnce(kind, peer).forEach(account -> mail(account, event));
        }
        post(event);
    }

    /** Announces an event to the webhook only. */
    void post(Announcement event) {
        if (settings.webhook().isPresent()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("type", event.type());
            body.put("timestamp", event.at().toString());
            body.put("data", event.data());
            add(null, event, event.type(), JSON.writeValueAsString(body));
        }
    }

    /** Announces an event to one person by mail. */
    void mail(Account account, Announcement event) {
        Wording words = words(account);
        Letter letter = event.letter().write(words);
        String page = event.page() == null ? null : address(event.page());
        if (page != null) {
            letter = letter.with(page);
        }
        letter = letter.with(footer(words));
        add(account, event, subject(letter), letter.body());
    }

    private String footer(Wording words) {
        String profile = address("/profile");
        return "-- \n"
                + (profile == null
                        ? words.say("notifications.footer", settings.libraryName())
                        : words.say("notifications.footer.profile", settings.libraryName(), profile));
    }

    /**
     * Adds the message of an event. The account is a part of what identifies it, and not the e-mail address, which several
     * accounts may have.
     *
     * @param account the account that gets a mail; null for the webhook
     */
    private void add(@Nullable Account account, Announcement event, String subject, String body) {
        OutboxMessage.Channel channel = account == null ? OutboxMessage.Channel.WEBHOOK : OutboxMessage.Channel.MAIL;
        String recipient = account == null ? null : Objects.requireNonNull(account.email());
        String name = String.join(
                "\n",
                String.valueOf(storage.id()),
                event.type(),
                event.occurrence(),
                channel.name(),
                account == null ? "" : account.name().value());
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        storage.outbox()
                .add(new OutboxMessage(
                        id,
                        channel,
                        recipient,
                        subject,
                        body,
                        event.at(),
                        event.at().plus(WORTH_SENDING),
                        0));
    }

    /**
     * Adds a mail that is no notification.
     *
     * @param expires when it is no longer worth sending
     */
    void add(Account account, Letter letter, Instant now, Instant expires) {
        storage.outbox()
                .add(new OutboxMessage(
                        UUID.randomUUID(),
                        OutboxMessage.Channel.MAIL,
                        Objects.requireNonNull(account.email()),
                        subject(letter),
                        letter.body(),
                        now,
                        expires,
                        0));
    }

    /** Returns the subject with the name of the library, by which people and filters recognise it. */
    String subject(Letter letter) {
        return "[" + settings.libraryName() + "] " + letter.subject();
    }

    /** Returns the texts in the language of an account, or in the first language of the library that the pages have. */
    Wording words(Account account) {
        String language = account.language() != null && Messages.LANGUAGES.contains(account.language())
                ? account.language()
                : settings.languages().stream()
                        .map(each -> each.replaceAll("-.*", ""))
                        .filter(Messages.LANGUAGES::contains)
                        .findFirst()
                        .orElse(Messages.LANGUAGES.get(0));
        return new Wording(language, settings.languages());
    }

    /** Returns the address of a page, or null if the address of the library is not known. */
    @Nullable
    String address(String path) {
        return settings.baseUrl() == null ? null : settings.baseUrl() + path;
    }
}

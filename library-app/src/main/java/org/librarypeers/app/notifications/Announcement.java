package org.librarypeers.app.notifications;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and is to be reported.
 *
 * @param type the type of the event, for example {@code peer.failing}
 * @param occurrence tells this event apart from others of its type; if the same event is announced twice, its messages are sent
 *     once
 * @param at when it happened
 * @param data the data of the event for the webhook, as values that can be written as JSON
 * @param letter the text for people
 * @param page the path of a page about the event; null if no page shows it
 */
record Announcement(
        String type,
        String occurrence,
        Instant at,
        Map<String, ? extends @Nullable Object> data,
        Letter.Writer letter,
        @Nullable String page) {}

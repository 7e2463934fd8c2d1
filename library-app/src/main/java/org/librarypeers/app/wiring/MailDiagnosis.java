package org.librarypeers.app.wiring;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.librarypeers.app.notifications.DeliveryException;
import org.librarypeers.app.notifications.MailCheck;
import org.librarypeers.app.notifications.NotificationSettings;
import org.librarypeers.app.wiring.Doctor.Finding;
import org.librarypeers.app.wiring.Doctor.Level;
import org.librarypeers.domain.Count;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.RequestListener;
import org.librarypeers.sync.notifications.Outbox;

/** The part of an examination that is about mails and the webhook. */
final class MailDiagnosis {

    private static final String MAIL = "mail";
    private static final String WEBHOOK = "webhook";

    private MailDiagnosis() {}

    /** Connects to the mail server, if there is one, and returns what was found. */
    static List<Finding> of(LibrarySettings settings, Clock clock) {
        NotificationSettings notifications;
        try {
            notifications = settings.notifications();
        } catch (IllegalArgumentException e) {
            return List.of(new Finding(Level.FAILURE, MAIL, String.valueOf(e.getMessage())));
        }
        List<Finding> findings = new ArrayList<>();
        if (notifications.mail().isEmpty()) {
            findings.add(new Finding(Level.OK, MAIL, "not set up, so no mails are sent; set mail.host to change that"));
        } else {
            findings.add(server(settings, notifications, clock));
            if (notifications.baseUrl() == null) {
                findings.add(new Finding(
                        Level.WARNING,
                        MAIL,
                        "base-url is not set, so mails have no links, and nobody can ask for a new password; set it to"
                                + " the address of the library for its readers"));
            }
        }
        findings.add(new Finding(
                Level.OK, WEBHOOK, notifications.webhook().map(Object::toString).orElse("not set up")));
        return findings;
    }

    private static Finding server(LibrarySettings settings, NotificationSettings notifications, Clock clock) {
        try (HttpPeerClient client = PeerConnections.client(settings, clock, RequestListener.NONE)) {
            return new Finding(
                    Level.OK, MAIL, MailCheck.connect(notifications.mail().orElseThrow(), client.tls()));
        } catch (DeliveryException e) {
            return new Finding(Level.FAILURE, MAIL, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the findings about the outbox. Empty if all is well. */
    static List<Finding> of(Outbox outbox, Clock clock) {
        List<Finding> findings = new ArrayList<>();
        outbox.counts(clock.instant()).forEach((channel, counts) -> {
            if (counts.failed() > 0) {
                findings.add(new Finding(
                        Level.WARNING,
                        channel.name().toLowerCase(Locale.ROOT),
                        Count.of(counts.failed(), "message")
                                + " could not be sent in the last days; notifications outbox shows why"));
            }
        });
        return findings;
    }
}

package org.librarypeers.app.notifications;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.librarypeers.app.notifications.DeliveryException.Extent;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.notifications.OutboxMessage;

/** A carrier that posts JSON to the webhook, signed as the Standard Webhooks specification says. */
final class Webhook implements Carrier {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int CLIENT_ERROR = 400;

    private final WebhookSettings settings;
    private final HttpPeerClient http;
    private final Clock clock;

    Webhook(WebhookSettings settings, HttpPeerClient http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public void deliver(OutboxMessage message) throws DeliveryException {
        String id = message.id().toString();
        String time = String.valueOf(clock.instant().getEpochSecond());
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/json",
                "webhook-id",
                id,
                "webhook-timestamp",
                time,
                "webhook-signature",
                "v1," + signature(settings.secret(), id + "." + time + "." + message.body()));
        int status;
        try {
            status = http.post(settings.url(), headers, message.body().getBytes(StandardCharsets.UTF_8), TIMEOUT);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new DeliveryException(
                    Extent.CHANNEL, "the webhook at " + settings + " cannot be reached (" + reason + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException(Extent.CHANNEL, "the webhook was interrupted", e);
        }
        if (status < OK || status >= REDIRECT) {
            throw new DeliveryException(
                    Extent.MESSAGE,
                    "the webhook at " + settings + " answered " + status
                            + (status >= REDIRECT && status < CLIENT_ERROR
                                    ? "; redirects are not followed, so set webhook.url to the final address"
                                    : ""));
        }
    }

    /** Returns the HMAC-SHA-256 of a text in Base64. */
    static String signature(byte[] secret, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}

package org.librarypeers.app.notifications;

import java.net.URI;
import java.util.Optional;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;

/** The settings of the webhook. */
public final class WebhookSettings {

    private final URI url;
    private final byte[] secret;

    /**
     * Creates settings.
     *
     * @param url the address that receives the requests
     * @param secret the key that signs them
     */
    WebhookSettings(URI url, byte[] secret) {
        this.url = url;
        this.secret = secret.clone();
    }

    /**
     * Returns the settings of a configuration, or an empty {@code Optional} if it names no address.
     *
     * @throws IllegalArgumentException if it names an address but no secret
     */
    static Optional<WebhookSettings> from(Configuration configuration) {
        return configuration
                .find(Settings.WEBHOOK_URL)
                .map(url -> new WebhookSettings(
                        url,
                        configuration
                                .find(Settings.WEBHOOK_SECRET)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "webhook.url is set, but webhook.secret is not; set it to whsec_ and the output"
                                                + " of: openssl rand -base64 32"))));
    }

    URI url() {
        return url;
    }

    byte[] secret() {
        return secret.clone();
    }

    /** Returns the host. The rest of the address may be a secret. */
    @Override
    public String toString() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}

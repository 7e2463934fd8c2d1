package org.librarypeers.app.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.MailSecurity;
import org.librarypeers.app.config.Settings;
import org.librarypeers.http.Certificates;
import org.librarypeers.http.HttpPeerClient;

/** Tests of the settings of mails and the webhook, and of TLS and sign-in with a real server. */
@Timeout(120)
class MailSettingsTest {

    private static final Configuration MAIL = Configuration.defaults()
            .with(Settings.MAIL_HOST, "mail.example.org")
            .with(Settings.MAIL_FROM, "library@example.org");

    private static MailSettings mail(Configuration configuration) {
        return NotificationSettings.from(configuration).mail().orElseThrow();
    }

    @Test
    void nothing_is_set_up_by_default() {
        NotificationSettings settings = NotificationSettings.from(Configuration.defaults());

        assertThat(settings.mail()).isEmpty();
        assertThat(settings.webhook()).isEmpty();
        assertThat(settings.mailsLinks()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"starttls, 587", "tls, 465", "none, 25"})
    void the_port_follows_from_the_encryption(String security, int port) {
        assertThat(mail(MAIL.with(Settings.MAIL_SECURITY, security)).port()).isEqualTo(port);
        assertThat(mail(MAIL.with(Settings.MAIL_PORT, "2525")).port()).isEqualTo(2525);
    }

    @Test
    void incomplete_settings_say_what_is_missing() {
        assertThatThrownBy(() -> mail(Configuration.defaults().with(Settings.MAIL_HOST, "mail.example.org")))
                .hasMessageContaining("mail.from is not");
        assertThatThrownBy(() -> mail(MAIL.with(Settings.MAIL_USER, "library")))
                .hasMessageContaining("mail.password is not");
        assertThatThrownBy(() -> mail(MAIL.with(Settings.MAIL_PASSWORD, "hidden")))
                .hasMessageContaining("mail.user is not")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> NotificationSettings.from(
                        Configuration.defaults().with(Settings.WEBHOOK_URL, "https://chat.example.org/hook/secret")))
                .hasMessageContaining("webhook.secret is not")
                .hasMessageNotContaining("/hook");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
    void a_password_without_encryption_is_permitted_on_the_machine_only(String host) {
        Configuration plain = MAIL.with(Settings.MAIL_SECURITY, "none")
                .with(Settings.MAIL_USER, "library")
                .with(Settings.MAIL_PASSWORD, "hidden");

        assertThatThrownBy(() -> mail(plain)).hasMessageContaining("mail.example.org without encryption");
        assertThat(mail(plain.with(Settings.MAIL_HOST, host)).password()).isEqualTo("hidden");
        assertThat(mail(plain.with(Settings.MAIL_HOST, host)).toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden", "whsec_short", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La===x", "whsec_"})
    void a_webhook_secret_has_the_form_of_the_specification(String secret) {
        assertThatThrownBy(() -> Configuration.defaults().with(Settings.WEBHOOK_SECRET, secret))
                .hasMessageContaining("whsec_ and then 24 to 64 bytes in Base64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://chat_service:8080/hook/hidden",
                "https://chat.example.org:65536/hook/hidden",
                "https://chat.example.org:0/hook/hidden",
                "https://-/hook/hidden",
                "https://chat.example.org/hook/hidden with blanks"
            })
    void a_webhook_has_an_address_to_which_a_connection_is_possible(String url) {
        assertThatThrownBy(() -> Configuration.defaults().with(Settings.WEBHOOK_URL, url))
                .hasMessageContaining("webhook.url")
                .hasMessageContaining("a host of letters, digits, dots and hyphens and a port up to 65535")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://chat-1:65535/hook", "https://[::1]:1", "http://127.0.0.1/?key=a"})
    void a_webhook_may_be_any_host(String url) {
        assertThat(Configuration.defaults().with(Settings.WEBHOOK_URL, url).find(Settings.WEBHOOK_URL))
                .hasValue(URI.create(url));
    }

    @Test
    void the_path_of_the_webhook_is_not_shown() {
        assertThat(Settings.WEBHOOK_URL.type().masked().apply("https://chat.example.org:8443/hook/secret?x=y"))
                .isEqualTo("https://chat.example.org:8443/********");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b@c", "Library <a@example.org>", "a b@example.org", "a@example.org\nBcc: x"})
    void a_sender_is_one_plain_address(String from) {
        assertThatThrownBy(() -> MAIL.with(Settings.MAIL_FROM, from)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_connection_is_encrypted_and_signed_in(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.in(folder);
        for (Map.Entry<String, String> property : Map.of(
                        "greenmail.tls.keystore.file",
                        certificates.keyStore("good").toString(),
                        "greenmail.tls.keystore.password",
                        "changeit")
                .entrySet()) {
            System.setProperty(property.getKey(), property.getValue());
        }
        GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS));
        try (HttpPeerClient client = HttpPeerClient.builder()
                .authorities(List.of(certificates.authority()))
                .build()) {
            server.start();
            server.setUser("library", "right");
            int port = server.getSmtps().getPort();

            assertThat(MailCheck.connect(tls(port, "right"), client.tls()))
                    .contains("localhost:" + port, "encrypted with tls", "signed in as library");
            assertThatThrownBy(() -> MailCheck.connect(tls(port, "wrong"), client.tls()))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("refused the user or the password")
                    .hasMessageNotContaining("wrong");
            assertThatThrownBy(() -> MailCheck.connect(tls(port, "right"), SSLContext.getDefault()))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("cannot be used");
        } finally {
            server.stop();
        }
    }

    private static MailSettings tls(int port, String password) {
        return new MailSettings("localhost", port, MailSecurity.TLS, "library", password, MailServer.FROM);
    }

    @Test
    void a_server_that_cannot_encrypt_gets_no_password() {
        try (MailServer server = MailServer.start()) {
            MailSettings settings = new MailSettings(
                    "127.0.0.1", server.port(), MailSecurity.STARTTLS, "library", "hidden", MailServer.FROM);

            assertThatThrownBy(() -> MailCheck.connect(settings, SSLContext.getDefault()))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("STARTTLS")
                    .hasMessageContaining("mail.security");
        }
    }
}

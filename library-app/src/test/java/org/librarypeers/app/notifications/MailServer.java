package org.librarypeers.app.notifications;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.librarypeers.app.config.MailSecurity;

/** A real SMTP server on a loopback port, which keeps the mails that it receives. */
public final class MailServer implements AutoCloseable {

    public static final String FROM = "library@example.org";

    private final GreenMail server;
    private final int port;

    private MailServer(GreenMail server, int port) {
        this.server = server;
        this.port = port;
    }

    public static MailServer start() {
        return start(0);
    }

    /** Starts a server on a port, which may be that of an earlier one. */
    public static MailServer start(int port) {
        ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(20_000);
        GreenMail server = new GreenMail(setup);
        server.start();
        return new MailServer(server, server.getSmtp().getPort());
    }

    public int port() {
        return port;
    }

    public GreenMail server() {
        return server;
    }

    /** Returns the settings of a client without encryption. */
    MailSettings settings() {
        return new MailSettings("127.0.0.1", port, MailSecurity.NONE, null, null, FROM);
    }

    /** A received mail. */
    public record Received(MimeMessage message) {

        public String subject() {
            return text(() -> message.getSubject());
        }

        public String to() {
            return header("To");
        }

        /** Returns a header as it was sent; null if it is missing. */
        public String header(String name) {
            return text(() -> String.join(" | ", orEmpty(message.getHeader(name))));
        }

        public String body() {
            return text(() -> {
                try {
                    return message.getContent().toString().replace("\r\n", "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        /** Returns the whole mail as it was sent. */
        public String raw() {
            return GreenMailUtil.getWholeMessage(message);
        }

        private static String[] orEmpty(String[] values) {
            return values == null ? new String[0] : values;
        }

        private interface Text {
            String get() throws MessagingException;
        }

        private static String text(Text text) {
            try {
                return text.get();
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Returns the mails that were received, in order. */
    public List<Received> mails() {
        return Arrays.stream(server.getReceivedMessages()).map(Received::new).toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}

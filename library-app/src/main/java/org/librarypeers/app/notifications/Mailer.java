package org.librarypeers.app.notifications;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.librarypeers.app.config.MailSecurity;
import org.librarypeers.app.notifications.DeliveryException.Extent;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A carrier that sends mails through an SMTP server, one connection for each mail. */
final class Mailer implements Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);

    private static final String PROTOCOL = "smtp";
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final String CONNECT_MILLIS = "10000";
    private static final String READ_MILLIS = "30000";
    private static final int FIRST_FAILURE_FOR_GOOD = 500;

    private final MailSettings settings;
    private final Supplier<String> sender;
    private final SSLContext tls;

    /**
     * Creates a mailer. Does no I/O.
     *
     * @param sender returns the name of the sender
     * @param tls the certificate authorities to trust
     */
    Mailer(MailSettings settings, Supplier<String> sender, SSLContext tls) {
        this.settings = settings;
        this.sender = sender;
        this.tls = tls;
    }

    private Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.put("mail.smtp.timeout", READ_MILLIS);
        properties.put("mail.smtp.writetimeout", READ_MILLIS);
        properties.put("mail.smtp.from", settings.from());
        properties.put("mail.smtp.auth", String.valueOf(settings.user() != null));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
        // The mail is accepted by then, so there is no need to wait for the answer to the farewell.
        properties.put("mail.smtp.quitwait", "false");
        String required = String.valueOf(settings.security() == MailSecurity.STARTTLS);
        properties.put("mail.smtp.starttls.enable", required);
        properties.put("mail.smtp.starttls.required", required);
        properties.put("mail.smtp.ssl.enable", String.valueOf(settings.security() == MailSecurity.TLS));
        return Session.getInstance(properties);
    }

    private Transport connect(Session session) throws DeliveryException {
        try {
            Transport transport = session.getTransport(PROTOCOL);
            transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
            return transport;
        } catch (AuthenticationFailedException e) {
            throw new DeliveryException(
                    Extent.CHANNEL,
                    "the mail server " + settings.server()
                            + " refused the user or the password; correct mail.user and mail.password",
                    e);
        } catch (MessagingException e) {
            throw new DeliveryException(
                    Extent.CHANNEL,
                    "the mail server " + settings.server() + " cannot be used (" + reason(e)
                            + "); check mail.host, mail.port and mail.security",
                    e);
        }
    }

    private static String reason(MessagingException e) {
        Throwable cause = e.getCause();
        return e.getMessage() + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }

    /**
     * Connects to the server, encrypts the connection and signs in, if the settings say so.
     *
     * @throws DeliveryException if that fails
     */
    void check() throws DeliveryException {
        Transport transport = connect(session());
        try {
            if (!transport.isConnected()) {
                throw new DeliveryException(
                        Extent.CHANNEL, "the mail server " + settings.server() + " closed the connection");
            }
        } finally {
            close(transport);
        }
    }

    /** Ends the SMTP session. If that fails, the mail is accepted all the same, and must not be sent again. */
    private void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("The connection to the mail server {} was not closed properly", settings.server(), e);
        }
    }

    @Override
    public void deliver(OutboxMessage message) throws DeliveryException {
        send(message);
    }

    /**
     * Sends a mail.
     *
     * @return the answer with which the server accepted it, for example {@code 250 2.0.0 Ok: queued as 4F2}; empty if it is not
     *     known
     * @throws DeliveryException if the mail server did not accept it
     */
    String send(OutboxMessage message) throws DeliveryException {
        Session session = session();
        Mail mail = mail(session, message);
        Address[] recipients = {recipient(message)};
        Transport transport = connect(session);
        try {
            transport.sendMessage(mail, recipients);
            return transport instanceof SMTPTransport smtp && smtp.getLastServerResponse() != null
                    ? header(smtp.getLastServerResponse())
                    : "";
        } catch (MessagingException e) {
            throw failure(e);
        } finally {
            close(transport);
        }
    }

    private static InternetAddress recipient(OutboxMessage message) throws DeliveryException {
        try {
            return new InternetAddress(Objects.requireNonNull(message.recipient()), true);
        } catch (AddressException e) {
            throw new DeliveryException(
                    Extent.MESSAGE_FOR_GOOD, "'" + message.recipient() + "' is not an address for mails", e);
        }
    }

    private Mail mail(Session session, OutboxMessage message) throws DeliveryException {
        try {
            Mail mail =
                    new Mail(session, "<" + message.id() + "@" + settings.from().replaceFirst(".*@", "") + ">");
            mail.setFrom(new InternetAddress(settings.from(), header(sender.get()), UTF_8));
            mail.setRecipient(Message.RecipientType.TO, recipient(message));
            mail.setSubject(header(message.subject()), UTF_8);
            mail.setText(message.body(), UTF_8);
            mail.setSentDate(Date.from(message.created()));
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.saveChanges();
            return mail;
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new DeliveryException(Extent.MESSAGE_FOR_GOOD, "the mail cannot be written: " + e.getMessage(), e);
        }
    }

    /** Returns a text for a header, on one line. Names of peers must not add headers. */
    private static String header(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    /** A mail with an id of our own, which stays the same when the mail is sent again. */
    private static final class Mail extends MimeMessage {
        private final String id;

        Mail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private DeliveryException failure(MessagingException failure) {
        Extent extent = Stream.iterate(failure, Objects::nonNull, Mailer::next)
                .map(Mailer::extent)
                .reduce(Extent.CHANNEL, (one, other) -> other == Extent.CHANNEL ? one : other);
        return new DeliveryException(
                extent,
                "the mail server " + settings.server() + " did not accept the mail: " + reason(failure),
                failure);
    }

    @SuppressWarnings("NullAway") // the end of the chain
    private static MessagingException next(MessagingException failure) {
        return failure.getNextException() instanceof MessagingException next ? next : null;
    }

    private static Extent extent(MessagingException failure) {
        if (failure instanceof SMTPAddressFailedException refused) {
            return extent(refused.getReturnCode());
        }
        if (failure instanceof SMTPSendFailedException refused
                && !String.valueOf(refused.getCommand()).startsWith("MAIL")) {
            return extent(refused.getReturnCode());
        }
        // A sender that is refused concerns all mails, and so does a lost connection.
        return Extent.CHANNEL;
    }

    private static Extent extent(int code) {
        return code >= FIRST_FAILURE_FOR_GOOD ? Extent.MESSAGE_FOR_GOOD : code > 0 ? Extent.MESSAGE : Extent.CHANNEL;
    }
}

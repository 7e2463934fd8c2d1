package org.librarypeers.app.config;

/** The ways in which the connection to a mail server is encrypted. */
public enum MailSecurity {
    /** The connection begins in plain text and must change to TLS before anything else is sent. */
    STARTTLS,
    /** TLS from the start. */
    TLS,
    /** No encryption. */
    NONE
}

package org.librarypeers.domain;

/** A reason why a peer cannot be read. */
public enum PeerTrouble {
    /** The connection failed or was lost, for an unknown reason. */
    UNREACHABLE,
    /** The host name does not exist. */
    UNKNOWN_HOST,
    /** The host exists, but the port refuses connections. */
    NOBODY_LISTENS,
    /** The peer did not answer in time. */
    NO_ANSWER,
    /** The address is https, but the server does not speak TLS. */
    NO_TLS,
    /** The address is http, but the server accepts only TLS. */
    NEEDS_TLS,
    /** The peer's certificate has expired. */
    CERTIFICATE_EXPIRED,
    /** The peer's certificate was issued for another host name. */
    CERTIFICATE_OF_ANOTHER,
    /** The peer's certificate is not trusted by this library. */
    CERTIFICATE_UNTRUSTED,
    /** The peer rejected the credentials. */
    REFUSED,
    /** Something in front of the peer, such as a firewall, rejected the request regardless of the credentials. */
    BLOCKED,
    /** The peer redirects to another address. */
    MOVED,
    /** The server is not a library. */
    NOT_A_LIBRARY,
    /** The server is a library, but its answer is unreadable. */
    UNREADABLE,
    /** The peer reports an error of its own. */
    UNAVAILABLE,
    /** The peer's list is incomplete. */
    INCOMPLETE,
    /** The peer's rate limit was exceeded. */
    THROTTLED,
    /** The run was cancelled. This does not indicate a problem with the peer. */
    STOPPED
}

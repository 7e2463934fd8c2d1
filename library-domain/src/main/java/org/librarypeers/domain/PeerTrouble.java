package org.librarypeers.domain;

/** Why a peer cannot be read: what kind of trouble there is with it. */
public enum PeerTrouble {
    /** No connection comes about, or it breaks off, and it cannot be said why. */
    UNREACHABLE,
    /** There is no host of that name. */
    UNKNOWN_HOST,
    /** The host is there, and nobody listens at that port. */
    NOBODY_LISTENS,
    /** No answer in time. */
    NO_ANSWER,
    /** The address begins with https, and what answers there does not speak TLS. */
    NO_TLS,
    /** The address begins with http, and what answers there speaks TLS only. */
    NEEDS_TLS,
    /** Its certificate has expired. */
    CERTIFICATE_EXPIRED,
    /** Its certificate is for another host name. */
    CERTIFICATE_OF_ANOTHER,
    /** Its certificate is not trusted here. */
    CERTIFICATE_UNTRUSTED,
    /** It answers, and refuses the credentials. */
    REFUSED,
    /** Something in front of it, such as a firewall, refuses us; the credentials did not matter. */
    BLOCKED,
    /** It sends us elsewhere. */
    MOVED,
    /** Something answers there that is no library. */
    NOT_A_LIBRARY,
    /** It is a library, and what it answers cannot be read. */
    UNREADABLE,
    /** It says that it has trouble of its own. */
    UNAVAILABLE,
    /** Its list holds fewer resources than it announces. */
    INCOMPLETE,
    /** It wants to be asked later. */
    THROTTLED,
    /** It was not asked further, for the run was stopped: that says nothing of the peer. */
    STOPPED
}

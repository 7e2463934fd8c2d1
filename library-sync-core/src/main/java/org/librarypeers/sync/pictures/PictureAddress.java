package org.librarypeers.sync.pictures;

import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Sha256;

/** The parts of a picture's address by which it is stored. */
public final class PictureAddress {

    /** The host of files of this library, and of addresses without a host. */
    public static final String HERE = "/";

    private PictureAddress() {}

    /** Returns the key of an address: its SHA-256, as 64 hexadecimal digits. */
    public static String key(String address) {
        return Sha256.hex(address);
    }

    /** Returns scheme, host and port of an address, or {@link #HERE}. */
    public static String host(String address) {
        return PeerHost.ofWritten(address).map(PeerHost::toString).orElse(HERE);
    }
}

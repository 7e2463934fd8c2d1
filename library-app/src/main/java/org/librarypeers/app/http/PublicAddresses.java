package org.librarypeers.app.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The distinction between addresses of the public internet and all others. */
public final class PublicAddresses {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private PublicAddresses() {}

    /**
     * Returns whether an address belongs to the public internet: it is neither loopback, private, link-local, shared, multicast nor
     * reserved, and does not embed such an IPv4 address.
     */
    public static boolean contain(InetAddress address) {
        boolean special = address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        byte[] bytes = address.getAddress();
        return !special && (bytes.length == IPV4_BYTES ? !isReserved4(bytes) : !isReserved6(bytes));
    }

    private static boolean isReserved4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean protocol = first == 192 && second == 0 && third == 0;
        boolean benchmark = first == 198 && (second == 18 || second == 19);
        return first == 0 || first >= 224 || shared || protocol || benchmark;
    }

    private static boolean isReserved6(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean uniqueLocal = (first & 0xfe) == 0xfc;
        boolean teredo = first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean mapped = isZero(bytes, 0, 10);
        boolean translated = first == 0 && second == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean sixToFour = first == 0x20 && second == 0x02;
        return uniqueLocal
                || teredo
                || ((mapped || translated) && !contains4(bytes, IPV6_BYTES - IPV4_BYTES))
                || (sixToFour && !contains4(bytes, 2));
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains4(byte[] bytes, int from) {
        try {
            return contain(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4_BYTES)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.librarypeers.app.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation, such as {@code 10.0.0.0/8}, or a single address.
 *
 * @param network the first address of the range
 * @param prefix the number of leading bits that the addresses share
 */
public record AddressRange(InetAddress network, int prefix) {

    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f.:]+)(?:/(\\d{1,3}))?");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /**
     * Returns the range of a text.
     *
     * @throws IllegalArgumentException if the text is neither an address nor a range
     */
    public static AddressRange of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text);
        }
        InetAddress address = address(form.group(1)).orElseThrow(() -> new IllegalArgumentException(text));
        int bits = address.getAddress().length * Byte.SIZE;
        int prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
        if (prefix > bits) {
            throw new IllegalArgumentException(text);
        }
        return new AddressRange(address, prefix);
    }

    /** Returns the address of a text, or an empty {@code Optional} if it is not an IP address. Names are not looked up. */
    public static Optional<InetAddress> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Returns whether an address is in this range. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        int whole = prefix / Byte.SIZE;
        int mask = 0xFF00 >> prefix % Byte.SIZE;
        return mine.length == other.length
                && Arrays.equals(mine, 0, whole, other, 0, whole)
                && (whole == mine.length || ((mine[whole] ^ other[whole]) & mask & 0xFF) == 0);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}

package org.librarypeers.app.web;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conversion of internationalized host names, to reveal those that resemble others. */
public final class HostNames {

    private static final Pattern HOST =
            Pattern.compile("(?i)(?:https?:)?//(?:[^/?#@]*@)?([^/?#:]+).*|mailto:[^@]*@([^?]+).*", Pattern.DOTALL);

    private HostNames() {}

    /**
     * Returns the other spelling of the host in an address: the ASCII form {@code xn--…} of a Unicode host, or the Unicode form
     * of an ASCII host. Returns null if both are equal, or if the address has no valid host.
     */
    public static @Nullable String otherSpelling(@Nullable String address) {
        Matcher matcher = HOST.matcher(address == null ? "" : address.strip());
        if (!matcher.matches()) {
            return null;
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        try {
            boolean ascii = host.chars().allMatch(c -> c < 0x80);
            String other = ascii ? IDN.toUnicode(host) : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
            return other.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT)) ? null : other;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

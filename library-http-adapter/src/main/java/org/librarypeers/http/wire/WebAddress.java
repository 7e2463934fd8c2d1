package org.librarypeers.http.wire;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules for how browsers treat an address. */
final class WebAddress {

    /** Characters that browsers ignore at the beginning of an address, and within it. */
    private static final Pattern PASSED_OVER = Pattern.compile("^[\\p{Cc}\\p{Z}]+|[\\p{Cc}\\p{Cf}]");

    private static final Pattern SCHEME = Pattern.compile("([^/?#:]*):");

    private WebAddress() {}

    /** Returns whether the address leads to a web page or file: its scheme is http or https, or it has none. */
    static boolean isHarmless(String address) {
        Matcher scheme = SCHEME.matcher(PASSED_OVER.matcher(address).replaceAll(""));
        if (!scheme.lookingAt()) {
            return true;
        }
        String name = scheme.group(1).strip().toLowerCase(Locale.ROOT);
        return name.equals("http") || name.equals("https");
    }
}

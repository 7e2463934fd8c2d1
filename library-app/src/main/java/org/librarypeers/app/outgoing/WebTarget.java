package org.librarypeers.app.outgoing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.domain.PeerHost;

/**
 * An address that can be requested.
 *
 * @param host scheme, host and port
 * @param uri the complete address, without a fragment
 */
record WebTarget(PeerHost host, URI uri) {

    private static final Pattern FORM = Pattern.compile("(?i)(https?://[^/?#\\\\]*)([^#]*).*", Pattern.DOTALL);
    private static final String ILLEGAL = " \"<>\\^`{|}";
    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /**
     * Returns the target of an address as a library wrote it. Encodes characters that are not allowed, as browsers do.
     *
     * @throws OutgoingException if the address cannot be used
     */
    static WebTarget of(String address) throws OutgoingException {
        Matcher form = FORM.matcher(address.strip());
        if (!form.matches()) {
            throw new OutgoingException(OutgoingException.Problem.ADDRESS, "");
        }
        try {
            PeerHost host = PeerHost.of(form.group(1));
            String rest = encoded(form.group(2));
            return new WebTarget(host, URI.create(host + (rest.startsWith("/") ? rest : "/" + rest)));
        } catch (IllegalArgumentException e) {
            throw new OutgoingException(OutgoingException.Problem.ADDRESS, "");
        }
    }

    /**
     * Returns the target of a redirect from this one.
     *
     * @throws OutgoingException if it cannot be used
     */
    WebTarget redirected(String location) throws OutgoingException {
        try {
            return of(
                    FORM.matcher(location.strip()).matches()
                            ? location
                            : uri.resolve(encoded(location.strip())).toString());
        } catch (IllegalArgumentException e) {
            throw new OutgoingException(OutgoingException.Problem.REDIRECTS, "");
        }
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : LONE_PERCENT.matcher(text).replaceAll("%25").getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (c <= ' ' || c >= 0x7f || ILLEGAL.indexOf(c) >= 0) {
                encoded.append(String.format("%%%02X", (int) c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }
}

package org.librarypeers.app.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Addresses without the secrets in them, for logs. */
public final class MaskedAddress {

    private static final String MASK = "…";

    /** The paths whose last part is a secret. */
    private static final Pattern SECRET_PATH = Pattern.compile("/(first|password)/[^/?#]");

    /** The parameters whose value is a secret. */
    private static final Set<String> SECRET_PARAMETERS =
            Set.of("api_key", "apikey", "key", "password", "secret", "token", "csrfmiddlewaretoken");

    private MaskedAddress() {}

    /** Returns an address, a path, or a path with a query, as it was sent, without the secrets in it. */
    public static String of(String address) {
        String[] parts = address.split("\\?", 2);
        String path = isSecret(parts[0]) ? parts[0].replaceFirst("[^/]*/*$", MASK) : parts[0];
        return parts.length == 1 ? path : path + "?" + query(parts[1]);
    }

    private static boolean isSecret(String path) {
        return SECRET_PATH.matcher(decoded(path)).find();
    }

    private static String query(String query) {
        return Arrays.stream(query.split("&", -1)).map(MaskedAddress::parameter).collect(Collectors.joining("&"));
    }

    private static String parameter(String parameter) {
        String[] parts = parameter.split("=", 2);
        if (parts.length == 1) {
            return parameter;
        }
        // The value may be an address, such as that of the page to return to.
        boolean secret = SECRET_PARAMETERS.contains(decoded(parts[0]).toLowerCase(Locale.ROOT)) || isSecret(parts[1]);
        return secret ? parts[0] + "=" + MASK : parameter;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}

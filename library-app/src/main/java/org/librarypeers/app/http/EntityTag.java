package org.librarypeers.app.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Sha256;

/**
 * An entity tag: the value of the header {@code ETag}.
 *
 * @param value the tag with its quotation marks, and with {@code W/} before them if it is weak
 */
public record EntityTag(String value) {

    private static final String WEAK = "W/";

    /** Returns a weak tag for these bytes. It is weak because a proxy may compress the response. */
    public static EntityTag weak(byte[] bytes) {
        return new EntityTag(WEAK + '"' + Sha256.shortHex(bytes) + '"');
    }

    /** Returns a weak tag for these bytes in a language, which the header {@code Content-Language} names. */
    public static EntityTag weak(byte[] bytes, String language) {
        return weak((language + '\n' + Sha256.hex(bytes)).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a strong tag, for bytes that are always sent as they are. */
    public static EntityTag strong(String opaque) {
        return new EntityTag('"' + opaque + '"');
    }

    /**
     * Returns whether the client already has the response with this tag. Ignores the weak prefix, which a compressing proxy may
     * add or remove.
     *
     * @param ifNoneMatch the header {@code If-None-Match}; null if it is missing
     */
    public boolean isAmong(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(known -> known.equals("*") || opaque(known).equals(opaque(value)));
    }

    private static String opaque(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }
}

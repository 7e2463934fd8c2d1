package org.librarypeers.http.wire;

import java.util.List;
import java.util.function.Predicate;

/**
 * How a site presents itself in what it answers.
 *
 * @param base scheme and host that was asked, no slash at the end; empty for addresses that begin at the host
 * @param languages the codes of its languages; the first is the default
 * @param answers whether an address on another host is known to answer: existing sites fetch the images of what they read,
 *     and stop at a host that does not
 */
public record Site(String base, List<String> languages, Predicate<String> answers) {

    private static final String MEDIA = "/media/";

    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException if there is no language, or the base ends in a slash
     */
    public Site {
        languages = List.copyOf(languages);
        if (languages.isEmpty()) {
            throw new IllegalArgumentException("languages are none; a site has at least one");
        }
        if (base.endsWith("/")) {
            throw new IllegalArgumentException("base \"" + base + "\" ends in a slash");
        }
    }

    /** A site that knows of no other host whether it answers. */
    public Site(String base, List<String> languages) {
        this(base, languages, address -> false);
    }

    /** The language of a text for which none was asked. */
    public String defaultLanguage() {
        return languages.get(0);
    }

    /** The address under which something is reached: what is kept here has one that begins at the host. */
    String absolute(String address) {
        return address.startsWith(MEDIA) ? base + address : address;
    }

    /** Whether an image at that address can be fetched by whoever reads it. */
    boolean isKnownToAnswer(String address) {
        return address.startsWith(base + "/") || answers.test(address);
    }
}

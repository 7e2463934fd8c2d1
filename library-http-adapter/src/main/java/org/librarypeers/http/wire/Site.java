package org.librarypeers.http.wire;

import java.util.List;
import java.util.function.Predicate;

/**
 * The properties of a site that appear in its answers.
 *
 * @param base scheme and host of the request, without a slash at the end; empty for addresses that start with the path
 * @param languages the codes of the site's languages; at least one; the first is the default
 * @param answers returns whether an address on another host is known to answer. Existing sites fetch the images of what they
 *     read, and abort at a host that does not answer.
 */
public record Site(String base, List<String> languages, Predicate<String> answers) {

    private static final String MEDIA = "/media/";

    /**
     * Copies the list of languages.
     *
     * @throws IllegalArgumentException if there is no language, or the base ends with a slash
     */
    public Site {
        languages = List.copyOf(languages);
        if (languages.isEmpty()) {
            throw new IllegalArgumentException("no languages are given; at least one is required");
        }
        if (base.endsWith("/")) {
            throw new IllegalArgumentException("base \"" + base + "\" ends with a slash; remove it");
        }
    }

    /** Creates a site for which no address on another host is known to answer. */
    public Site(String base, List<String> languages) {
        this(base, languages, address -> false);
    }

    /** Returns the language of a text if the request names none. */
    public String defaultLanguage() {
        return languages.get(0);
    }

    /** Returns the absolute form of an address. Addresses of files on this site are stored without scheme and host. */
    String absolute(String address) {
        return address.startsWith(MEDIA) ? base + address : address;
    }

    /** Returns whether an image at an address is known to be available to readers. */
    boolean isKnownToAnswer(String address) {
        return address.startsWith(base + "/") || answers.test(address);
    }
}

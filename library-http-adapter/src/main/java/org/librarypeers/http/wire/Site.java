package org.librarypeers.http.wire;

import java.util.List;

/**
 * How a site presents itself in what it answers.
 *
 * @param base scheme and host that was asked, no slash at the end
 * @param languages the codes of its languages; the first is the default
 */
public record Site(String base, List<String> languages) {

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

    /** The language of a text for which none was asked. */
    public String defaultLanguage() {
        return languages.get(0);
    }
}

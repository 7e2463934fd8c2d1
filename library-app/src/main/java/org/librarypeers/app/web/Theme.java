package org.librarypeers.app.web;

import io.javalin.http.Context;
import java.util.Optional;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.domain.EnumWord;

/** The colours of the pages. */
public enum Theme {
    /** The colours that the visitor's device prefers. */
    SYSTEM,
    /** Dark text on a light background. */
    LIGHT,
    /** Light text on a dark background. */
    DARK;

    private static final String COOKIE = "theme";

    /** Returns the lower-case name, which is used in addresses and the cookie. */
    public String word() {
        return EnumWord.of(this);
    }

    static Optional<Theme> ofWord(String word) {
        return EnumWord.find(Theme.class, word);
    }

    /** Returns the theme that the visitor chose. */
    static Theme of(Context ctx) {
        return Optional.ofNullable(ctx.cookie(COOKIE)).flatMap(Theme::ofWord).orElse(SYSTEM);
    }

    /** Saves the choice in a cookie of the visitor. */
    void remember(Context ctx, int seconds) {
        Cookies.set(ctx, COOKIE, word(), this == SYSTEM ? 0 : seconds);
    }
}

package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The choice of the response language, by the rules of existing sites. */
final class Languages {

    private final List<String> languages;

    Languages(List<String> languages) {
        this.languages = languages;
    }

    List<String> all() {
        return languages;
    }

    /**
     * Returns the first of the caller's languages that this library has, in any variant. If there is none, returns the default
     * language of the library.
     */
    String of(Context ctx) {
        return asked(ctx).orElse(languages.get(0));
    }

    /** Returns the first of the caller's languages that this library has, in any variant. Empty if there is none. */
    Optional<String> asked(Context ctx) {
        String header = ctx.header("Accept-Language");
        if (header == null) {
            return Optional.empty();
        }
        try {
            return Locale.LanguageRange.parse(header).stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> variant(range.getRange()).stream())
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<String> variant(String wanted) {
        String exact = wanted.toLowerCase(Locale.ROOT);
        String primary = exact.replaceAll("-.*", "");
        return Stream.of(exact, primary)
                .filter(languages::contains)
                .findFirst()
                .or(() -> languages.stream()
                        .filter(language -> language.startsWith(primary + "-"))
                        .findFirst());
    }
}

package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the language of an answer, as existing sites do. */
final class Languages {

    private final List<String> languages;

    Languages(List<String> languages) {
        this.languages = languages;
    }

    List<String> all() {
        return languages;
    }

    /** Returns the first of the caller's languages that this library has, in any of its variants; else the library's default. */
    String of(Context ctx) {
        return asked(ctx).orElse(languages.get(0));
    }

    /** Returns the first of the caller's languages that this library has, in any of its variants. */
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

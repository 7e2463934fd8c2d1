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

    /** The first of the caller's languages that this library has, in any of its variants; else the library's default. */
    String of(Context ctx) {
        String header = ctx.header("Accept-Language");
        if (header == null) {
            return languages.get(0);
        }
        try {
            return Locale.LanguageRange.parse(header).stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> variant(range.getRange()).stream())
                    .findFirst()
                    .orElse(languages.get(0));
        } catch (IllegalArgumentException e) {
            return languages.get(0);
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

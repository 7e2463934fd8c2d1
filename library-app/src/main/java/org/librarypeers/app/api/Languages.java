package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.librarypeers.app.http.AcceptedLanguages;

/** The choice of the response language, by the rules of existing sites. */
final class Languages {

    private final Supplier<List<String>> languages;

    /** Creates the choice among the present languages of the library, the default first. */
    Languages(Supplier<List<String>> languages) {
        this.languages = languages;
    }

    List<String> all() {
        return languages.get();
    }

    /**
     * Returns the first of the caller's languages that this library has, in any variant. If this library has none of
     * them, returns its default language.
     */
    String of(Context ctx) {
        return requested(ctx).orElse(all().get(0));
    }

    /** Returns the first of the caller's languages that this library has, in any variant, if there is one. */
    Optional<String> requested(Context ctx) {
        return AcceptedLanguages.of(ctx.header("Accept-Language")).stream()
                .flatMap(range -> variant(range).stream())
                .findFirst();
    }

    private Optional<String> variant(String range) {
        String primary = AcceptedLanguages.primary(range);
        List<String> all = all();
        return Stream.of(range, primary)
                .filter(all::contains)
                .findFirst()
                .or(() -> all.stream()
                        .filter(language -> language.startsWith(primary + "-"))
                        .findFirst());
    }
}

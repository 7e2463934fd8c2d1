package org.librarypeers.app.reader;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.http.SingleLineJson;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.ListedResource;

/** The suggestions while a reader types search words, as JSON for the script of the search form. */
public final class SuggestionPages {

    private static final int MOST_WORDS = 5;
    private static final int MOST_TITLES = 5;
    private static final int SHORTEST = 2;
    private static final int LONGEST_TITLE = 120;
    private static final int TOO_MANY_REQUESTS = 429;

    /** The word that is being typed, at the end of the text. */
    private static final Pattern LAST_WORD = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]+$");

    private final SuggestionLimit limit;

    /** Creates the suggestions. */
    public SuggestionPages(Clock clock) {
        this.limit = new SuggestionLimit(clock);
    }

    /** Adds the route. */
    public void routes(PageRoutes routes) {
        routes.get("/search/suggestions", this::suggest);
    }

    private void suggest(Visit visit) {
        if (!limit.permits(new SignIns.Caller(visit.ctx().ip(), null).network())) {
            visit.ctx().status(TOO_MANY_REQUESTS);
            visit.ctx().header("Retry-After", String.valueOf(SuggestionLimit.WINDOW.toSeconds()));
            return;
        }
        String typed = SearchFilters.words(visit);
        List<Map<String, String>> suggestions = new ArrayList<>();
        if (typed.codePointCount(0, typed.length()) >= SHORTEST) {
            // A space after the last word, which is stripped, means that the word is complete.
            boolean isComplete =
                    Objects.requireNonNullElse(visit.ctx().queryParam("q"), "").matches("(?s).*\\s");
            Catalogue catalogue = visit.reads().catalogue();
            words(catalogue, typed, isComplete)
                    .forEach(words -> suggestions.add(of(
                            words,
                            visit.words().language(),
                            SearchFilters.NONE.meaning(words).address(),
                            "words")));
            ReadingLanguages reading = new ReadingLanguages(visit, null);
            for (ListedResource resource : catalogue.titled(typed, MOST_TITLES)) {
                Text title =
                        reading.of(resource.content()).text(resource.content().title());
                suggestions.add(of(
                        Excerpt.of(title.value(), LONGEST_TITLE),
                        title.language(),
                        "/resource/" + resource.slug(),
                        "resource"));
            }
        }
        visit.ctx().header("Cache-Control", "private, max-age=60");
        visit.ctx().contentType("application/json;charset=utf-8");
        visit.ctx().result(SingleLineJson.json(Map.of("suggestions", suggestions)));
    }

    private static Map<String, String> of(String text, String language, String address, String kind) {
        Map<String, String> suggestion = new LinkedHashMap<>();
        suggestion.put("kind", kind);
        suggestion.put("text", text);
        suggestion.put("language", language);
        suggestion.put("address", address);
        return suggestion;
    }

    /** Returns the typed text with its last word completed, or with corrected words if there is nothing to complete. */
    private static List<String> words(Catalogue catalogue, String typed, boolean isComplete) {
        Matcher last = LAST_WORD.matcher(typed);
        if (isComplete || !last.find()) {
            return List.of();
        }
        String before = typed.substring(0, last.start());
        List<String> completed = catalogue.completions(last.group(), MOST_WORDS).stream()
                .map(word -> before + word)
                .toList();
        return completed.isEmpty() ? catalogue.corrected(typed).stream().toList() : completed;
    }
}

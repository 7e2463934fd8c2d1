package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

/**
 * The order of languages in which a visitor reads content: the chosen language first, then those of the visitor, then any other
 * that the content has.
 */
final class ReadingLanguages {

    private final Visit visit;
    private final Wording words;
    private final String firstLanguage;
    private final List<String> order;

    ReadingLanguages(Visit visit, @Nullable String chosen) {
        this(visit, visit.contentLanguages().get(0), with(chosen, visit.words().contentLanguages()));
    }

    private ReadingLanguages(Visit visit, String firstLanguage, List<String> order) {
        this.visit = visit;
        this.words = visit.words();
        this.firstLanguage = firstLanguage;
        this.order = order;
    }

    private static List<String> with(@Nullable String first, List<String> others) {
        List<String> order = new ArrayList<>(others);
        if (first != null) {
            order.add(0, first);
        }
        return order;
    }

    /** Returns the order of languages for one resource, so that its texts appear in the same language where possible. */
    ReadingLanguages of(ResourceContent content) {
        return new ReadingLanguages(visit, firstLanguage, content.readingOrder(order));
    }

    /** Returns an order that begins with the given language. Null leaves the order unchanged. */
    ReadingLanguages first(@Nullable String language) {
        return new ReadingLanguages(visit, firstLanguage, with(language, order));
    }

    Visit visit() {
        return visit;
    }

    Wording words() {
        return words;
    }

    Text text(LocalizedText text) {
        return words.text(text, order);
    }

    Text name(Tag tag) {
        return text(named(tag.names(), tag.name()));
    }

    Text category(Tag tag) {
        return text(named(tag.categories(), tag.category()));
    }

    /** Returns the names with {@code name} added for the first language of the library, if they lack it. */
    private LocalizedText named(LocalizedText names, String name) {
        return names.in(firstLanguage).isPresent() ? names : names.with(firstLanguage, name);
    }

    /** Returns the beginning of the HTML as plain text. Cuts very long values. */
    Text plain(LocalizedText html) {
        Text text = text(html);
        return new Text(text.language(), Excerpt.plain(text.value()));
    }

    /** Returns the beginning of the HTML as plain text, at most {@code longest} characters. */
    Text excerpt(LocalizedText html, int longest) {
        Text text = text(html);
        return new Text(text.language(), Excerpt.ofHtml(text.value(), longest));
    }
}

package org.librarypeers.app.pages;

import org.jspecify.annotations.Nullable;
import org.librarypeers.app.Library;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Words;
import org.librarypeers.app.web.Words.Text;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Tag;

/** How somebody reads content: in a language that they chose, else in theirs, else in what there is. */
final class Reading {

    private final Words words;
    private final String firstLanguage;
    private final @Nullable String chosen;

    Reading(Visit visit, Library library, @Nullable String chosen) {
        this.words = visit.words();
        this.firstLanguage = library.settings().languages().get(0);
        this.chosen = chosen;
    }

    Words words() {
        return words;
    }

    Text text(LocalizedText text) {
        return chosen == null
                ? words.text(text)
                : text.in(chosen).map(value -> new Text(chosen, value)).orElseGet(() -> words.text(text));
    }

    Text name(Tag tag) {
        return text(named(tag.names(), tag.name()));
    }

    Text category(Tag tag) {
        return text(named(tag.categories(), tag.category()));
    }

    /** Names by language may lack the first language, in which the name itself is. */
    private LocalizedText named(LocalizedText names, String name) {
        return names.in(firstLanguage).isPresent() ? names : names.with(firstLanguage, name);
    }

    /** The beginning of what that HTML says. */
    Text excerpt(LocalizedText html, int longest) {
        Text text = text(html);
        return new Text(text.language(), Excerpt.ofHtml(text.value(), longest));
    }
}

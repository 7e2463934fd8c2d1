package org.librarypeers.app.curation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.LocalizedText;

/** The fields of a text in several languages: one field for each language, called {@code field-language}. */
final class Texts {

    private Texts() {}

    /** Returns the languages of the library, followed by the others in which any of the texts is written. */
    static List<String> languages(List<String> ofLibrary, LocalizedText... texts) {
        Set<String> all = new LinkedHashSet<>(ofLibrary);
        for (LocalizedText text : texts) {
            all.addAll(text.languages());
        }
        return List.copyOf(all);
    }

    /** Sets the fields to a text. Returns the form. */
    static FormData fill(FormData form, String field, LocalizedText text, List<String> ofLibrary) {
        languages(ofLibrary, text)
                .forEach(language ->
                        form.with(field + "-" + language, text.in(language).orElse("")));
        return form;
    }

    /** Reads plain fields into a form. Returns the form. */
    static FormData read(Visit visit, FormData form, String... fields) {
        for (String field : fields) {
            form.with(field, visit.field(field));
        }
        return form;
    }

    /**
     * Reads the fields of a text into the form, and returns the text. A language whose field was not sent stays as it is
     * stored.
     *
     * @param before the text as it is stored
     * @param languages the languages of the fields to read
     */
    static LocalizedText sent(Visit visit, FormData form, String field, LocalizedText before, List<String> languages) {
        LocalizedText text = before;
        for (String language : languages) {
            String name = field + "-" + language;
            if (visit.ctx().formParam(name) == null) {
                form.with(name, before.in(language).orElse(""));
                continue;
            }
            String typed = visit.field(name);
            form.with(name, typed);
            text = text.with(language, typed);
        }
        return text;
    }
}

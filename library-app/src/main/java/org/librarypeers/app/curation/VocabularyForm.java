package org.librarypeers.app.curation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Tag;

/** The parts that the forms of categories and of tags have in common. */
final class VocabularyForm {

    static final String NAME = "name";
    static final String HIDDEN = "hidden";

    static final String DESCRIPTION = "description";
    static final String PLACE = "place";

    private static final String NUMBER = "[1-9]\\d{0,17}";

    private static final String PLACES = "[1-9]\\d{0,3}";

    private VocabularyForm() {}

    /** Returns whether a text is the number of a category or tag. */
    static boolean isNumber(String text) {
        return text.matches(NUMBER);
    }

    /** Returns the number in the path. */
    static Optional<Long> id(Visit visit) {
        return number(visit.ctx().pathParam("id"));
    }

    /** Returns the number of the category or tag to merge into. */
    static Optional<Long> into(Visit visit) {
        return number(visit.field("into"));
    }

    private static Optional<Long> number(String text) {
        return isNumber(text) ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /** Returns the place of a tag, from 1 to 9,999. Returns null if the field is empty or invalid; adds an error to the form if it is invalid. */
    static @Nullable Integer place(Visit visit, FormData form) {
        String typed = form.value(PLACE);
        if (typed.matches(PLACES)) {
            return Integer.valueOf(typed);
        }
        if (!typed.isEmpty()) {
            form.refuse(PLACE, visit.say("curation.tag.place.wrong"));
        }
        return null;
    }

    static void checkName(Visit visit, FormData form) {
        if (form.value(NAME).isEmpty()) {
            form.refuse(NAME, visit.say("curation.name.missing"));
        } else if (form.value(NAME).length() > Tag.MAX_NAME) {
            form.refuse(NAME, visit.say("curation.long", Tag.MAX_NAME));
        }
    }
}

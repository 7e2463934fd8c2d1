package org.librarypeers.app.review;

import java.util.Optional;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Status;

/** The possible decisions of a reviewer. */
enum DecisionWord {
    APPROVE(Status.APPROVED),
    REJECT(Status.REJECTED);

    private final Status status;

    DecisionWord(Status status) {
        this.status = status;
    }

    /** Returns the status of a resource after this decision. */
    Status status() {
        return status;
    }

    /** Returns the decision for the value of a form button, or an empty {@code Optional} for any other value. */
    static Optional<DecisionWord> of(String word) {
        return EnumWord.find(DecisionWord.class, word);
    }

    /**
     * Returns the message key that confirms the decision.
     *
     * @param what the last part of the key: {@code one}, {@code many} or {@code change}
     */
    String key(String what) {
        return "review." + status.word() + "." + what;
    }

    /** Returns a form with the typed note, and an error if the note is invalid. */
    static FormData note(Visit visit) {
        String note = visit.field("note").replace("\r\n", "\n");
        FormData form = new FormData().with("note", note);
        if (note.length() > Decision.MAX_NOTE) {
            form.refuse("note", visit.say("review.note.long", note.length(), Decision.MAX_NOTE));
        } else if (note.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            form.refuse("note", visit.say("review.note.odd"));
        }
        return form;
    }
}

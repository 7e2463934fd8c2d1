package org.librarypeers.app.staff;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Status;

/** What a reviewer may say. */
enum Verdict {
    APPROVE(Status.APPROVED),
    REJECT(Status.REJECTED);

    private final Status status;

    Verdict(Status status) {
        this.status = status;
    }

    /** What a resource becomes by it. */
    Status status() {
        return status;
    }

    /** The verdict that a button sends; nothing for any other word. */
    static Optional<Verdict> of(String word) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    /** The key of the text that says that it was done. */
    String key(String what) {
        return "review." + status.word() + "." + what;
    }

    /** The note that was typed, checked. */
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

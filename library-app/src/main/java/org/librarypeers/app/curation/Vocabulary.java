package org.librarypeers.app.curation;

import java.util.Map;
import java.util.function.Supplier;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.curation.Curation;
import org.librarypeers.sync.curation.CurationService;
import org.librarypeers.sync.library.LibraryStorage;

/** The tools of the pages of categories and of tags. */
record Vocabulary(LibraryStorage storage, CurationService service, AuditTrail trail) {

    Curation curation() {
        return storage.curation();
    }

    /** Records an action on a category or tag in the audit log. */
    void note(AuditAction action, String kind, String name, Map<String, String> details) {
        trail.record(new AuditTrail.Note(action, new Subject(kind, name, null), details));
    }

    /** Saves in one transaction. Returns false, with an error in the form, if the values cannot be saved. */
    boolean saved(Visit visit, FormData form, Supplier<Boolean> work) {
        try {
            return storage.inTransaction(work);
        } catch (CurationService.NameTakenException e) {
            form.refuse(VocabularyForm.NAME, visit.say("curation.name.taken"));
        } catch (IllegalArgumentException e) {
            form.refuse(VocabularyForm.NAME, visit.say("curation.refused"));
        }
        return false;
    }
}

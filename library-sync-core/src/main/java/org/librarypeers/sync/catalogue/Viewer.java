package org.librarypeers.sync.catalogue;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;

/**
 * A viewer of resources. Approved resources are visible to everybody. A user also sees resources that he or she added
 * or changed last. Reviewers see all resources.
 *
 * @param name the user name; null without an account
 * @param seesAll whether every resource is visible
 */
public record Viewer(@Nullable UserName name, boolean seesAll) {

    /** A viewer without an account. */
    public static final Viewer PUBLIC = new Viewer(null, false);

    /** Returns the viewer for an account. */
    public static Viewer of(Account account) {
        return new Viewer(account.name(), account.role().includes(Role.REVIEWER));
    }

    /** Returns whether the entry is visible to this viewer. */
    public boolean sees(CatalogueEntry entry) {
        return seesAll || entry.resource().status() == Status.APPROVED || (name != null && isOwn(entry, name));
    }

    private static boolean isOwn(CatalogueEntry entry, UserName name) {
        return name.equals(entry.creator())
                || entry.resource().revision().author().equals(new Author.Person(name));
    }
}

package org.librarypeers.sync.catalogue;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;

/**
 * Who looks at resources. Everybody sees the approved ones; people also see those that they added or changed last; reviewers
 * see all.
 *
 * @param name who it is; null for somebody without an account
 * @param seesAll whether every resource is shown
 */
public record Viewer(@Nullable UserName name, boolean seesAll) {

    /** Somebody without an account. */
    public static final Viewer PUBLIC = new Viewer(null, false);

    /** Somebody with that account. */
    public static Viewer of(Account account) {
        return new Viewer(account.name(), account.role().includes(Role.REVIEWER));
    }

    /** Whether that entry is shown. */
    public boolean sees(CatalogueEntry entry) {
        return seesAll || entry.resource().status() == Status.APPROVED || (name != null && isOwn(entry, name));
    }

    private static boolean isOwn(CatalogueEntry entry, UserName name) {
        return name.equals(entry.creator())
                || entry.resource().revision().author().equals(new Author.Person(name));
    }
}

package org.librarypeers.oai;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A guard against lists that never end. It watches one list of a session, from its beginning or from where the session continues. */
final class ListGuard {

    /** The number of empty pages in a row that a repository may send, for example because records of other formats are skipped. */
    private static final int MAX_EMPTY = 50;

    /** An upper limit on the number of records of a list. */
    private static final int MAX_RECORDS = 5_000_000;

    private final Set<String> tokens = new HashSet<>();
    private int empty;
    private long records;

    /**
     * Records the request for a page and its answer.
     *
     * @param asked the token that was sent; null for the first page
     * @return why the list seems to be endless, as a clause for the administrator; null if it does not
     */
    @Nullable
    String read(@Nullable String asked, OaiPage page) {
        if (asked != null) {
            tokens.add(new Digest().add(asked).toString());
        }
        empty = page.records().isEmpty() ? empty + 1 : 0;
        records += page.records().size();
        if (page.token() == null) {
            return null;
        } else if (tokens.contains(new Digest().add(page.token()).toString())) {
            return "has sent the same resumption token twice";
        } else if (empty > MAX_EMPTY) {
            return "has sent " + empty + " empty pages in a row, each with a resumption token";
        } else if (records > MAX_RECORDS) {
            return String.format(Locale.ROOT, "has listed more than %,d records", MAX_RECORDS);
        }
        return null;
    }
}

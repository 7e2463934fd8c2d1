package org.librarypeers.app.review;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Remark;

/**
 * A resource for a reviewer to decide on.
 *
 * @param guid the GUID of the resource
 * @param title its title
 * @param status the word of its status
 * @param waits the words of the kinds of review that it waits for; empty if there are none
 * @param source the name of the peer that it came through
 * @param maker the name of the library that made it, if that is not the peer; null otherwise
 * @param sourceUrl its address at that library; null if unknown or not safe to link to
 * @param since the time of the shown revision
 * @param withdrawn the time when its source withdrew it, as text; null if it did not
 * @param revision the number of the shown revision
 * @param comparedWith the number of the revision to compare with: the public one if the shown revision waits beside it, otherwise
 *     the one that a reviewer decided on last; 0 if it is missing
 * @param isBeside whether it waits beside a public revision
 * @param seen its state as shown here, which the form sends back
 * @param remarks the remarks that were recorded when it was last read from its source
 * @param reading the content
 * @param diff the differences from the compared revision; null if it is missing
 * @param decisions the decisions on the resource, the newest first
 * @param undoable the decision that can be undone; null if no decision can be
 * @param consequence what other libraries may know of the decision that can be undone, as text; null if it approved nothing
 * @param action the address to which the form is submitted
 * @param address the address of this resource in the inbox
 * @param list the address of the inbox
 * @param previous the address of the previous waiting resource; null if it is missing
 * @param next the address of the next waiting resource; null if it is missing
 */
public record ReviewView(
        String guid,
        Wording.Text title,
        String status,
        List<String> waits,
        String source,
        @Nullable String maker,
        @Nullable String sourceUrl,
        Instant since,
        @Nullable String withdrawn,
        int revision,
        int comparedWith,
        boolean isBeside,
        String seen,
        List<Remark> remarks,
        ReviewableContent reading,
        @Nullable ContentDiff diff,
        List<Decision> decisions,
        @Nullable Decision undoable,
        @Nullable String consequence,
        String action,
        String address,
        String list,
        @Nullable String previous,
        @Nullable String next) {}

package org.librarypeers.app.staff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.Words;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Remark;

/**
 * A resource for a reviewer to decide on.
 *
 * @param guid the resource
 * @param title what it is called
 * @param status where it stands
 * @param waits what it waits for, as words; empty if for nothing
 * @param source through whom it came
 * @param maker who made it, if that is somebody else; or null
 * @param sourceUrl its address there; null if not known, or not fit for a link
 * @param since since when it says what it says
 * @param withdrawn since when its source offers it no longer; null if it does
 * @param revision the number of what is shown
 * @param comparedWith the number of what it is compared with: the public revision if it waits beside one, else the one on which a
 *     reviewer decided last; 0 for none
 * @param isBeside whether it waits beside a public revision
 * @param seen how it is shown here, for the form
 * @param remarks what was corrected or left out of it when it was last read from its source
 * @param reading everything it says
 * @param diff what differs from that; null if there is nothing to compare
 * @param decisions what was decided about it, the last first
 * @param action where the form goes
 * @param list the address of the list
 * @param previous the address of what waits before it; null if nothing does
 * @param next the address of what waits after it; null if nothing does
 */
public record ReviewView(
        String guid,
        Words.Text title,
        String status,
        List<String> waits,
        String source,
        @Nullable String maker,
        @Nullable String sourceUrl,
        String since,
        @Nullable String withdrawn,
        int revision,
        int comparedWith,
        boolean isBeside,
        String seen,
        List<Remark> remarks,
        ReviewableContent reading,
        @Nullable ContentDiff diff,
        List<Decision> decisions,
        String action,
        String list,
        @Nullable String previous,
        @Nullable String next) {}

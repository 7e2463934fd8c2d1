package org.librarypeers.sync.pictures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/**
 * A picture whose last attempt failed.
 *
 * @param id the id
 * @param address the address
 * @param problem the reason
 * @param detail further facts, on one line; may be empty
 * @param attempts the number of failed attempts, from 1
 * @param due when it is tried again; null if it is not
 * @param resource a resource that names it; null if none does any more
 * @param shown whether pages show an earlier copy
 */
public record FailingPicture(
        long id,
        String address,
        PictureProblem problem,
        String detail,
        int attempts,
        @Nullable Instant due,
        @Nullable Guid resource,
        boolean shown) {}

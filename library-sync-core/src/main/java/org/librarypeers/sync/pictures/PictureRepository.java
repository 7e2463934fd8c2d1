package org.librarypeers.sync.pictures;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Resource;

/**
 * The pictures that resources name, by their addresses, and the copies that this library keeps of them. A sync does not write
 * here: {@link #scan} finds later what it saved. Any number of processes scan and fetch; each picture is claimed by one of them
 * at a time. Thread-safe.
 */
public interface PictureRepository {

    /**
     * Records which pictures some resources name whose content has changed since the last scan, including the content that waits
     * for a review. A new picture is due immediately. Resources that other processes scan at the moment are skipped. Saved content is
     * found after {@link org.librarypeers.sync.catalogue.Catalogue#index} has indexed it.
     *
     * @param named returns the addresses of the pictures of a resource
     * @param limit the largest number of resources, from 1
     * @param now the current time
     * @return the number of resources
     */
    int scan(Function<Resource, Set<String>> named, int limit, Instant now);

    /**
     * Claims a picture that is due, in a transaction of its own. It is due again when the claim ends, unless {@link #kept},
     * {@link #unchanged} or {@link #failed} is called before. Empty if no picture of another host than the excluded ones is due.
     *
     * @param now the current time
     * @param claim how long the claim lasts; longer than an attempt can take
     * @param except the hosts whose pictures are not claimed
     * @param after the host of the picture that was claimed before; the next host in the order of the names comes first, so
     *     that a host with many pictures does not delay the others. Empty for the first host.
     * @throws IllegalStateException if the thread is in a transaction, whose rollback would undo the claim
     */
    Optional<PictureTask> claim(Instant now, Duration claim, Collection<String> except, String after);

    /**
     * Saves the copies of a picture. Does nothing if it was removed.
     *
     * @param due when it is fetched again, to see whether it has changed
     * @param etag the {@code ETag} that the host sent; null if none
     * @param lastModified the {@code Last-Modified} that the host sent; null if none
     */
    void kept(long picture, PictureCopies copies, @Nullable String etag, @Nullable String lastModified, Instant due);

    /**
     * Records that a picture is the same as at its last success.
     *
     * @param due when it is fetched again
     */
    void unchanged(long picture, Instant due);

    /**
     * Records a failed attempt. Copies from an earlier success are kept.
     *
     * @param detail further facts, on one line; may be empty
     * @param due when it is tried again; null if it is not
     */
    void failed(long picture, PictureProblem problem, String detail, @Nullable Instant due);

    /** Returns the copies of these addresses. Addresses without copies are missing. */
    Map<String, PictureCopies> find(Collection<String> addresses);

    /**
     * Returns pictures whose last attempt failed, the newest first.
     *
     * @param before the id before which to continue; {@link Long#MAX_VALUE} for the first ones
     * @param limit the largest number of pictures, from 1
     */
    List<FailingPicture> failing(long before, int limit);

    /**
     * Makes a picture whose last attempt failed due now, with the full number of attempts. Does nothing for other pictures.
     *
     * @return its address, or an empty {@code Optional}
     */
    Optional<String> retry(long picture, Instant now);

    /**
     * Makes all pictures due now whose last attempt failed, with the full number of attempts.
     *
     * @return the number of pictures
     */
    int retryAll(Instant now);

    /** Returns the numbers of pictures that are not shown. */
    PictureCounts counts();

    /**
     * Removes pictures that no resource names any more. Pictures that another process changes at the moment are skipped.
     *
     * @param limit the largest number of pictures, from 1
     * @param deletion deletes the files of the copies. An exception of it undoes the removal; the files may be missing then.
     * @return the number of removed pictures
     */
    int removeUnnamed(int limit, Consumer<List<String>> deletion);
}

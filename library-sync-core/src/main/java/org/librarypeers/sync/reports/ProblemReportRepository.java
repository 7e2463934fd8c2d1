package org.librarypeers.sync.reports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The problems that readers reported. Thread-safe. */
public interface ProblemReportRepository {

    /** Adds a report and returns its number, which is higher than all earlier ones. Its own number is ignored. */
    long add(ProblemReport report);

    /** Returns the report with this number. */
    Optional<ProblemReport> find(long id);

    /**
     * Returns a page of reports, the newest first.
     *
     * @param open whether to return open or closed reports
     * @param before the last number of the previous page; null for the first page
     * @param limit the maximum number of reports, from 1
     */
    List<ProblemReport> page(boolean open, @Nullable Long before, int limit);

    /** Returns the number of open reports. */
    long openCount();

    /**
     * Closes a report.
     *
     * @return whether it was open; if not, or if it does not exist, nothing changes
     */
    boolean close(long id, ProblemReport.Closing closing);

    /**
     * Deletes the addresses of reports that were closed before a time. Any number of processes may call this at the same
     * time.
     *
     * @param before the time before which they were closed
     * @param limit the maximum number of reports to change, from 1
     * @return the number of changed reports
     */
    int forgetAddresses(Instant before, int limit);
}

package org.librarypeers.sync.scheduler;

import org.librarypeers.domain.SyncLog;

/** The result of starting a run in the background. */
public sealed interface RunStart {

    /** A run that has started and is in the sync log. */
    record Started(SyncLog run) implements RunStart {}

    /** A refusal because another run is syncing the peer; {@link SyncScheduler#progress} reports that run. */
    record Busy() implements RunStart {}

    /** A refusal because this node already has the maximum number of concurrent runs. */
    record Full() implements RunStart {}
}

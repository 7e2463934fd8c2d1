package org.librarypeers.app.embedded;

import java.time.Duration;
import java.util.List;

/**
 * What tests change.
 *
 * @param droppers the ways to get rid of root's rights, in the order in which they are tried
 * @param answerLimit a server that has not answered for so long is taken to hang
 * @param startLimit how long a server that says it is starting or stopping is waited for; crash recovery takes a while
 * @param stopLimit how long a shutdown may take before the next harder one
 */
record Setup(List<RightsDropper> droppers, Duration answerLimit, Duration startLimit, Duration stopLimit) {

    static final Setup DEFAULT = new Setup(
            List.of(RightsDropper.values()), Duration.ofSeconds(20), Duration.ofMinutes(5), Duration.ofSeconds(60));

    Setup {
        droppers = List.copyOf(droppers);
    }
}

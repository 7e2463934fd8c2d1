package org.librarypeers.embeddedpostgres;

import java.time.Duration;
import java.util.List;

/**
 * The settings of the server that tests change.
 *
 * @param droppers the ways to drop root's rights, in the order in which they are tried
 * @param answerLimit the time after which a server that does not answer is considered hanging
 * @param startLimit the longest wait for a server that reports that it is starting or stopping; crash recovery takes a
 *     while
 * @param stopLimit the time that a shutdown may take before the next harder one
 */
record Setup(List<RightsDropper> droppers, Duration answerLimit, Duration startLimit, Duration stopLimit) {

    static final Setup DEFAULT = new Setup(
            List.of(RightsDropper.values()), Duration.ofSeconds(20), Duration.ofMinutes(5), Duration.ofSeconds(60));

    Setup {
        droppers = List.copyOf(droppers);
    }
}

package org.librarypeers.app.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.librarypeers.app.wiring.Doctor.Finding;
import org.librarypeers.app.wiring.Doctor.Level;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.persistence.ReplicaState;

/** The examination of the read replica. */
final class ReplicaDiagnosis {

    private static final String PART = "replica";

    /** The time that the replica has to replay what the primary has written. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private ReplicaDiagnosis() {}

    /** Returns a finding, or none if there is no replica. */
    static List<Finding> of(JpaStorage storage) {
        Optional<ReplicaState> state = storage.examineReplica(PATIENCE);
        return state.map(ReplicaDiagnosis::finding).stream().toList();
    }

    private static Finding finding(ReplicaState state) {
        if (state.message() != null) {
            return new Finding(
                    Level.WARNING, PART, state.message() + "; until that is mended, the primary answers all reads");
        }
        if (state.missingBytes() > 0) {
            return new Finding(
                    Level.WARNING,
                    PART,
                    String.format(
                            Locale.ROOT,
                            "it has not replayed within %d s what the primary had written (%,d bytes); look into its log,"
                                    + " and whether its replay is paused",
                            PATIENCE.toSeconds(),
                            state.missingBytes()));
        }
        return new Finding(Level.OK, PART, "follows the primary");
    }
}

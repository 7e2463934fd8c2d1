package org.librarypeers.sync.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The promises, kept through everything that a poor link, a busy peer and a stopped machine can do. {@code
 * -Dsimulation.seeds=N} plays N seeds, {@code -Dsimulation.first=S} begins at another one.
 */
class SimulationTest {

    private static final int SEEDS = Integer.getInteger("simulation.seeds", 400);
    private static final long FIRST = Long.getLong("simulation.first", 0);

    @Test
    void the_promises_are_kept_whatever_happens() {
        // Each world is played by one thread; worlds have nothing in common.
        OptionalLong failing = LongStream.range(FIRST, FIRST + SEEDS)
                .parallel()
                .filter(seed -> Simulation.play(Scenario.of(seed), null) != null)
                .findFirst();
        failing.ifPresent(seed -> fail(Simulation.report(Scenario.of(seed))));
    }

    @Test
    void one_seed_is_one_history() {
        List<String> once = new ArrayList<>();
        List<String> again = new ArrayList<>();

        Simulation.play(Scenario.of(7), once);
        Simulation.play(Scenario.of(7), again);

        assertThat(once).hasSizeGreaterThan(50).isEqualTo(again);
    }
}

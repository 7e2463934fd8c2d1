package org.librarypeers.sync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Plays scenarios, and shortens one that fails.
 *
 * @param play plays a scenario, and returns the violation, or null if it is missing
 */
record Simulation(Function<Scenario, @Nullable Violation> play) {

    private static final int MOST_TRIES = 2_000;

    /** The simulation of the real engine. */
    static final Simulation OF_THE_ENGINE = new Simulation(scenario -> play(scenario, null));

    /** Plays a scenario, and returns the violation, or null if it is missing. */
    static @Nullable Violation play(Scenario scenario, @Nullable List<String> trace) {
        try {
            World world = new World(scenario.seed(), trace);
            scenario.steps().forEach(world::perform);
            new Settlement(world).settle();
            return null;
        } catch (Violation e) {
            return e;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            Violation violation = new Violation("the engine does not fail", e.toString());
            violation.initCause(e);
            return violation;
        }
    }

    /** Returns a report of the first of these seeds that fails, or null if none fails. */
    @Nullable
    String firstFailure(long first, int seeds) {
        // Each world is played in one thread. Worlds share no state.
        return LongStream.range(first, first + seeds)
                .parallel()
                .mapToObj(Scenario::of)
                .filter(scenario -> play.apply(scenario) != null)
                .findFirst()
                .map(this::report)
                .orElse(null);
    }

    private String report(Scenario failing) {
        Violation violation = Objects.requireNonNull(play.apply(failing), "it does not fail");
        String head = "seed " + failing.seed() + " fails: " + violation.getMessage();
        // Prints this before the scenario is shortened, which may take long.
        System.out.println(head);
        Scenario shortest = shortest(failing, violation);
        List<String> trace = new ArrayList<>();
        Violation left = Objects.requireNonNull(play.apply(shortest), "the shortest history does not fail");
        play(shortest, trace);
        return head + "\nthe shortest history that still fails, "
                + shortest.steps().size() + " of " + failing.steps().size() + " steps:\n  "
                + String.join("\n  ", trace) + "\nit fails: " + left.getMessage();
    }

    /** Returns the failing scenario without steps that the failure does not need, within a limited number of tries. */
    Scenario shortest(Scenario failing, Violation violation) {
        Scenario shortest = failing;
        int tries = 0;
        for (int size = Math.max(1, failing.steps().size() / 2); size >= 1 && tries < MOST_TRIES; ) {
            int before = shortest.steps().size();
            for (int from = 0; from < shortest.steps().size() && tries < MOST_TRIES; tries++) {
                Scenario fewer = without(shortest, from, size);
                Violation left = play.apply(fewer);
                if (left != null && left.promise().equals(violation.promise())) {
                    shortest = fewer;
                } else {
                    from += size;
                }
            }
            // Steps that were needed before may be unnecessary now.
            boolean again = size == 1 && shortest.steps().size() < before;
            size = again ? 1 : size / 2;
        }
        return shortest;
    }

    private static Scenario without(Scenario scenario, int from, int size) {
        List<Scenario.Step> steps = scenario.steps();
        List<Scenario.Step> fewer = new ArrayList<>(steps.subList(0, from));
        fewer.addAll(steps.subList(Math.min(steps.size(), from + size), steps.size()));
        return scenario.with(fewer);
    }
}

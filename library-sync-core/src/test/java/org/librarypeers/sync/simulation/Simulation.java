package org.librarypeers.sync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays scenarios, and makes a failing one as short as it gets. */
final class Simulation {

    private static final int MOST_TRIES = 2_000;

    private Simulation() {}

    /** Plays it; returns what was broken, if anything was. */
    static @Nullable Violation play(Scenario scenario, @Nullable List<String> trace) {
        try {
            World world = new World(scenario.seed(), trace);
            scenario.steps().forEach(world::perform);
            world.settle();
            return null;
        } catch (Violation e) {
            return e;
        } catch (RuntimeException e) {
            Violation violation = new Violation("the engine does not fail", e.toString());
            violation.initCause(e);
            return violation;
        }
    }

    /** The failing scenario, without the steps that it fails without. */
    static Scenario shortest(Scenario failing, Violation violation) {
        List<Scenario.Step> steps = new ArrayList<>(failing.steps());
        int tries = 0;
        for (int size = steps.size() / 2; size >= 1; size /= 2) {
            for (int from = 0; from < steps.size() && tries < MOST_TRIES; tries++) {
                List<Scenario.Step> fewer = new ArrayList<>(steps.subList(0, from));
                fewer.addAll(steps.subList(Math.min(steps.size(), from + size), steps.size()));
                Violation left = play(failing.with(fewer), null);
                if (left != null && left.promise().equals(violation.promise())) {
                    steps = fewer;
                } else {
                    from += size;
                }
            }
        }
        return failing.with(steps);
    }

    /** What a developer needs to see why it fails. */
    static String report(Scenario failing) {
        Violation violation = Objects.requireNonNull(play(failing, null), "it does not fail");
        Scenario shortest = shortest(failing, violation);
        List<String> trace = new ArrayList<>();
        Violation last = play(shortest, trace);
        return "seed " + failing.seed() + " fails: " + violation.getMessage()
                + "\nthe shortest history that still fails, "
                + shortest.steps().size() + " of " + failing.steps().size() + " steps:\n  "
                + String.join("\n  ", trace) + "\n  " + (last == null ? "" : last.getMessage());
    }
}

package org.librarypeers.sync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A seed for the world, and a list of steps. Each step has its own seed, so that it does the same even if earlier steps
 * are left out.
 */
record Scenario(long seed, List<Step> steps) {

    /**
     * The size of a world. Most worlds are small, which finds more failures. Some have dozens of libraries, and a few
     * have hundreds.
     */
    enum Size {
        SMALL(2, 6, 20, 119),
        MIDDLE(10, 60, 200, 300),
        LARGE(100, 249, 600, 600);

        private static final int ONE_IN_MIDDLE = 100;
        private static final int ONE_IN_LARGE = 2_000;

        private final int fewest;
        private final int most;
        private final int shortest;
        private final int longest;

        Size(int fewest, int most, int shortest, int longest) {
            this.fewest = fewest;
            this.most = most;
            this.shortest = shortest;
            this.longest = longest;
        }

        static Size of(long seed) {
            if (Math.floorMod(seed, ONE_IN_LARGE) == 399) {
                return LARGE;
            }
            return Math.floorMod(seed, ONE_IN_MIDDLE) == 17 ? MIDDLE : SMALL;
        }

        int libraries(Random random) {
            return fewest + random.nextInt(most - fewest + 1);
        }

        private int steps(Random random) {
            return shortest + random.nextInt(longest - shortest + 1);
        }
    }

    /** The kinds of steps, each with its relative frequency. */
    enum Kind {
        CREATE(10),
        EDIT(10),
        CURATE(4),
        RESTORE(1),
        REVIEW(16),
        SITE(14),
        BAD(2),
        SYNC(40),
        CANCEL(3),
        PREVIEW(4),
        NETWORK(4),
        PEERING(8),
        CLOCK(2),
        TIME(6),
        SELECT(5),
        BUNDLE(10);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        static Kind draw(Random random) {
            int at = random.nextInt(
                    List.of(values()).stream().mapToInt(kind -> kind.weight).sum());
            for (Kind kind : values()) {
                at -= kind.weight;
                if (at < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException("weights do not add up");
        }
    }

    record Step(Kind kind, long seed) {}

    static Scenario of(long seed) {
        Random random = new Random(seed);
        int length = Size.of(seed).steps(random);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(new Step(Kind.draw(random), random.nextLong()));
        }
        return new Scenario(seed, steps);
    }

    Scenario with(List<Step> fewer) {
        return new Scenario(seed, fewer);
    }
}

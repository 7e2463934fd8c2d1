package org.librarypeers.sync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens, and where: the seed makes the world, and each step has a seed of its own, so that a step means the same
 * whatever was left out before it.
 */
record Scenario(long seed, List<Step> steps) {

    private static final int ONE_IN_LARGE = 2_000;
    private static final int LARGE = 399;

    /** What may happen in one step; how often, beside the others. */
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
        TIME(6);

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
        int length = isLarge(seed) ? 300 : 20 + random.nextInt(100);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(new Step(Kind.draw(random), random.nextLong()));
        }
        return new Scenario(seed, steps);
    }

    /** Most worlds are small, which finds more; some have hundreds of libraries. */
    static boolean isLarge(long seed) {
        return Math.floorMod(seed, ONE_IN_LARGE) == LARGE;
    }

    Scenario with(List<Step> fewer) {
        return new Scenario(seed, fewer);
    }
}

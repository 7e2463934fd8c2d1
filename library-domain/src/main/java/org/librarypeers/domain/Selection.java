package org.librarypeers.domain;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The selection of a peer's offers: those that the rule takes and that were not refused one by one.
 *
 * @param rule the rule of the peer
 * @param refused the resources that are never taken, from any peer
 */
public record Selection(SelectionRule rule, Set<Guid> refused) {

    /** The selection of everything. */
    public static final Selection EVERYTHING = new Selection(SelectionRule.EVERYTHING, Set.of());

    /** The result for one offer. */
    public enum Result {
        /** The offer is taken. */
        TAKEN,
        /** The offer is left out. */
        LEFT_OUT,
        /** The facts of the offer are needed and not known. */
        UNKNOWN
    }

    /** Copies the set. */
    public Selection {
        refused = Set.copyOf(refused);
    }

    /** Returns whether nothing is left out. */
    public boolean takesEverything() {
        return rule.takesEverything() && refused.isEmpty();
    }

    /**
     * Returns whether an offer is taken.
     *
     * @param facts the facts of the offer; null if they are not known
     */
    public Result result(Guid guid, @Nullable OfferFacts facts) {
        if (refused.contains(guid)) {
            return Result.LEFT_OUT;
        }
        if (rule.takesEverything()) {
            return Result.TAKEN;
        }
        if (facts == null) {
            return Result.UNKNOWN;
        }
        return rule.takes(facts) ? Result.TAKEN : Result.LEFT_OUT;
    }
}

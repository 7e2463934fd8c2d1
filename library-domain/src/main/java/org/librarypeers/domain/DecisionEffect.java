package org.librarypeers.domain;

import java.util.UUID;

/**
 * The changes that a decision made, by which it can be undone exactly.
 *
 * @param action the action in which the decision was made; decisions that were made together have the same
 * @param before the resource before the decision
 * @param after the resource after the decision
 * @param hadWithdrawal whether a withdrawal by the source also waited for the decision
 */
public record DecisionEffect(UUID action, ReviewSnapshot before, ReviewSnapshot after, boolean hadWithdrawal) {

    /** Returns the effect of undoing a decision with this effect. */
    DecisionEffect reversed() {
        return new DecisionEffect(action, after, before, hadWithdrawal);
    }
}

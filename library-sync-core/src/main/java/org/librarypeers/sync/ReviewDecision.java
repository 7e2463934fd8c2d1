package org.librarypeers.sync;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.DecisionEffect;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;

/** A decision that is made on several resources. */
record ReviewDecision(
        UUID action, Status status, UserName by, @Nullable String note) {

    static ReviewDecision ofTheLibrary(Status status) {
        return new ReviewDecision(UUID.randomUUID(), status, UserName.SYSTEM, null);
    }

    Decision about(Resource before, Resource after, boolean withdrawn, Instant at) {
        DecisionEffect effect =
                new DecisionEffect(action, ReviewSnapshot.of(before), ReviewSnapshot.of(after), withdrawn);
        return Decision.ofReviewer(before.guid(), before.toReview().number(), status, by, at, note, effect);
    }

    Resource decide(Resource resource, Instant at) {
        return status == Status.APPROVED ? resource.approve(at) : resource.reject(at);
    }
}

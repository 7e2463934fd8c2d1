package org.librarypeers.app.audit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.accounts.AuditEntry.Actor;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.ReviewAction;

/**
 * The decisions of a storage. Decisions that a command makes, and decisions that are undone, are recorded in their
 * transaction. The decisions of pages name the reviewer, and those of policies name the policy, so they are not
 * recorded.
 */
record AuditedDecisions(LibraryStorage storage, AuditTrail trail) implements DecisionRepository {

    @Override
    public void add(Collection<Decision> decisions) {
        boolean byCommand = CurrentActor.actor()
                .filter(actor -> actor.kind() == Actor.Kind.COMMAND_LINE)
                .isPresent();
        Map<AuditAction, List<Guid>> recorded = decisions.stream()
                .filter(decision -> decision.isUndo() || (byCommand && decision.policy() == null))
                .collect(Collectors.groupingBy(
                        AuditedDecisions::action, Collectors.mapping(Decision::resource, Collectors.toList())));
        if (recorded.isEmpty()) {
            storage.decisions().add(decisions);
            return;
        }
        storage.inTransaction(() -> {
            storage.decisions().add(decisions);
            recorded.forEach((action, resources) -> trail.record(new Note(
                    action,
                    null,
                    Map.of(
                            "count", String.valueOf(resources.size()),
                            "resources", resources.stream().map(Guid::toString).collect(Collectors.joining(" "))))));
        });
    }

    private static AuditAction action(Decision decision) {
        if (decision.isUndo()) {
            return AuditAction.DECISIONS_UNDONE;
        }
        return decision.status() == Status.APPROVED ? AuditAction.RESOURCES_APPROVED : AuditAction.RESOURCES_REJECTED;
    }

    @Override
    public List<Decision> about(Guid resource) {
        return storage.decisions().about(resource);
    }

    @Override
    public Map<Guid, List<Decision>> about(Collection<Guid> resources) {
        return storage.decisions().about(resources);
    }

    @Override
    public List<Guid> decidedIn(UUID action, @Nullable Guid after, int limit) {
        return storage.decisions().decidedIn(action, after, limit);
    }

    @Override
    public Optional<ReviewAction> action(UUID action) {
        return storage.decisions().action(action);
    }
}

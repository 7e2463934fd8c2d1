package org.librarypeers.app.audit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.accounts.AuditEntry.Actor;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.DecisionRepository;

/**
 * The decisions of a storage. Those that a command makes are recorded in their transaction, because they do not name the person.
 * The decisions of pages name the reviewer, and those of policies name the policy, so they are not recorded.
 */
record AuditedDecisions(LibraryStorage storage, AuditTrail trail) implements DecisionRepository {

    @Override
    public void add(Collection<Decision> decisions) {
        boolean byCommand = CurrentActor.actor()
                .filter(actor -> actor.kind() == Actor.Kind.COMMAND_LINE)
                .isPresent();
        if (!byCommand) {
            storage.decisions().add(decisions);
            return;
        }
        storage.inTransaction(() -> {
            storage.decisions().add(decisions);
            Map<Status, List<Guid>> decided = decisions.stream()
                    .filter(decision -> decision.policy() == null)
                    .collect(Collectors.groupingBy(
                            Decision::status, Collectors.mapping(Decision::resource, Collectors.toList())));
            decided.forEach((status, resources) -> trail.record(new Note(
                    status == Status.APPROVED ? AuditAction.RESOURCES_APPROVED : AuditAction.RESOURCES_REJECTED,
                    null,
                    Map.of(
                            "count", String.valueOf(resources.size()),
                            "resources", resources.stream().map(Guid::toString).collect(Collectors.joining(" "))))));
        });
    }

    @Override
    public List<Decision> about(Guid resource) {
        return storage.decisions().about(resource);
    }
}

package org.librarypeers.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.DecisionEffect;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.SyncStorage;

/** Undoes the decisions of an action, batch by batch. */
final class DecisionUndo {

    private final SyncStorage storage;
    private final Clock clock;
    private final UUID action;
    private final UserName by;

    DecisionUndo(SyncStorage storage, Clock clock, UUID action, UserName by) {
        this.storage = storage;
        this.clock = clock;
        this.action = action;
        this.by = by;
    }

    UndoResult all(int batch, Consumer<UndoResult> progress) {
        UndoResult result = UndoResult.NOTHING;
        Guid after = null;
        List<Guid> page;
        do {
            page = storage.decisions().decidedIn(action, after, batch);
            result = result.plus(some(page));
            progress.accept(result);
            after = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (page.size() == batch);
        return result;
    }

    /** Undoes the decisions on these resources in one transaction. */
    UndoResult some(Collection<Guid> guids) {
        return guids.isEmpty() ? UndoResult.NOTHING : storage.inTransaction(() -> new Undoing(guids).run());
    }

    /** One transaction. */
    private final class Undoing {

        private final Map<Guid, Resource> locked;
        private final Map<Guid, List<Decision>> decisions;
        private final Map<Guid, List<Revision>> histories;
        private final List<Resource> restored = new ArrayList<>();
        private final List<Decision> entries = new ArrayList<>();
        private final List<Guid> waitAgain = new ArrayList<>();
        private final TagMapping mapping = storage.tagRules().mapping();
        private int undone;
        private int already;
        private final List<Guid> changed = new ArrayList<>();

        Undoing(Collection<Guid> guids) {
            locked = storage.resources().findForUpdate(guids);
            decisions = storage.decisions().about(locked.keySet());
            histories = storage.resources().histories(locked.keySet());
        }

        UndoResult run() {
            locked.forEach(this::undo);
            storage.resources().save(restored);
            if (!waitAgain.isEmpty()) {
                storage.harvest().reviewAgain(waitAgain);
            }
            storage.decisions().add(entries);
            return new UndoResult(undone, already, changed);
        }

        private void undo(Guid guid, Resource resource) {
            List<Decision> about = decisions.getOrDefault(guid, List.of());
            Decision made = made(about);
            if (made == null) {
                return;
            }
            if (about.stream().anyMatch(each -> each.isUndo() && isOfAction(each))) {
                already++;
                return;
            }
            DecisionEffect effect = Objects.requireNonNull(made.effect());
            Instant now = clock.instant();
            // A later decision may have left the resource as it is, for example one on its withdrawal.
            boolean isLast = Decision.standing(about).filter(made::equals).isPresent();
            Optional<Resource> former =
                    isLast ? resource.undo(effect, histories.getOrDefault(guid, List.of()), now) : Optional.empty();
            // The history has the tags of its time, which may have been merged or renamed since then.
            Optional<Resource> before = former.map(each -> each.retagged(mapping, by, now));
            if (before.isEmpty()) {
                changed.add(guid);
                return;
            }
            if (before.get() != resource) {
                restored.add(before.get());
            }
            if (effect.hadWithdrawal()) {
                waitAgain.add(guid);
            }
            entries.add(made.undone(by, now));
            undone++;
        }

        private @Nullable Decision made(List<Decision> about) {
            return about.stream()
                    .filter(each -> !each.isUndo() && isOfAction(each))
                    .findFirst()
                    .orElse(null);
        }

        private boolean isOfAction(Decision decision) {
            return decision.effect() != null && decision.effect().action().equals(action);
        }
    }
}

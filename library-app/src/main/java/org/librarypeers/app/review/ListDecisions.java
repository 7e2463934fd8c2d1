package org.librarypeers.app.review;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.UndoOffer;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Website;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewResult;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.UndoResult;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.ReviewAction;
import org.librarypeers.sync.storage.Source;

/**
 * The decision on a whole list and its undoing: the confirmation, the work in the background, and the page that shows how far it is. That
 * page reads the saved decisions, so any process can show it. If the work ended with its process, the page offers to go on.
 */
public final class ListDecisions {

    /** The time that a form waits for the result. A short list is done by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The path to which the form that undoes decisions is submitted. */
    static final String UNDO_PATH = "/review/undo";

    private static final String UNDO = "undo";

    private final LibraryStorage storage;
    private final ReviewService review;
    private final ListWork<ReviewResult> decisions = new ListWork<>("review-list");
    private final ListWork<UndoResult> undoings = new ListWork<>("review-undo");

    /** Creates the pages with these services. */
    public ListDecisions(LibraryStorage storage, ReviewService review) {
        this.storage = storage;
        this.review = review;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.post(UNDO_PATH, Role.REVIEWER, this::undo);
        routes.get("/review/actions/{action}", Role.REVIEWER, this::show);
        routes.whenStopped(decisions::close);
        routes.whenStopped(undoings::close);
    }

    /**
     * Work on a whole list, and how far it is.
     *
     * @param action the id of its action
     * @param word {@code approve}, {@code reject} or {@code undo}
     * @param done the number of saved decisions, or of undone ones
     * @param total the number at which the work ends, as far as is known
     * @param isRunning whether it is running in this process
     * @param again the address of the form that goes on with it
     * @param fields the other fields of that form
     * @param next the address of the list
     */
    public record ListWorkView(
            UUID action,
            String word,
            long done,
            long total,
            boolean isRunning,
            String again,
            Map<String, String> fields,
            String next) {}

    /** Returns how many resources wait as they did when the list was shown. Empty if the mark is not one of ours. */
    Optional<Long> count(InboxRequest request, String mark) {
        try {
            return Optional.of(review.inboxCountSince(request.kind(), request.filter(), mark));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the decision with this id was started in this process. */
    boolean knows(String action) {
        return UndoOffer.id(action).flatMap(decisions::find).isPresent();
    }

    /** Asks for a confirmation with the exact number. */
    void confirm(Visit visit, InboxRequest request, DecisionWord decision, long count, FormData form) {
        visit.render(
                "review/confirm",
                Map.of(
                        "request",
                        request,
                        "word",
                        word(decision),
                        "count",
                        count,
                        "peer",
                        source(visit, request),
                        "action",
                        UUID.randomUUID().toString(),
                        "form",
                        form));
    }

    private static String word(DecisionWord decision) {
        return decision.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name of the peer to which the request is limited; empty if it is not limited. */
    private String source(Visit visit, InboxRequest request) {
        Source source = request.filter().source();
        if (source == null) {
            return "";
        }
        return source instanceof Source.Followed followed
                ? Optional.ofNullable(storage.peers()
                                .findIncludingRemoved(List.of(followed.peer()))
                                .get(followed.peer()))
                        .map(Peer::name)
                        .orElse(request.peer())
                : visit.say("review.here");
    }

    /** Decides on the whole list as it was shown. Sends the result or, if that takes longer, the page that shows how far it is. */
    void decide(Visit visit, InboxRequest request, DecisionWord decision, long count, FormData form) {
        UUID action = action(visit, decision);
        UserName by = visit.signedIn().name();
        String mark = form.value("mark");
        LastAction.remember(visit, action);
        long before = review.action(action).map(ReviewAction::decided).orElse(0L);
        ListWork.Task<ReviewResult> task = decisions.start(
                action,
                progress -> review.decideAll(
                        action,
                        decision.status(),
                        request.kind(),
                        request.filter(),
                        mark,
                        by,
                        form.value("note"),
                        progress));
        Optional<ReviewResult> result = task.within(PATIENCE);
        if (result.isPresent() || task.isDone()) {
            sendDecided(visit, request, decision, action, task);
        } else {
            Map<String, String> known = new LinkedHashMap<>(request.parameters());
            known.put("mark", mark);
            known.put("of", String.valueOf(before + count));
            visit.go(address(action, known));
        }
    }

    private static String address(UUID action, Map<String, String> parameters) {
        return "/review/actions/" + action + "?" + UrlEncoding.query(parameters);
    }

    /**
     * Returns the id that the confirmation proposed, so that a form that is sent twice decides once. It is not used if the decisions of
     * another person, or others of this one, already have it.
     */
    private UUID action(Visit visit, DecisionWord decision) {
        return UndoOffer.id(visit.field("action"))
                .filter(id -> review.action(id)
                        .map(made -> made.by().equals(visit.signedIn().name()) && made.status() == decision.status())
                        .orElse(true))
                .orElseGet(UUID::randomUUID);
    }

    private void sendDecided(
            Visit visit, InboxRequest request, DecisionWord decision, UUID action, ListWork.Task<ReviewResult> task) {
        // All of it, also what was decided before the work was stopped and started again.
        long decided = review.action(action).map(ReviewAction::decided).orElse(0L);
        Optional<ReviewResult> result = task.within(Duration.ZERO);
        if (result.isEmpty()) {
            go(visit, request.address(), "review.all.stopped", decided);
            return;
        }
        int now = result.get().changed() + result.get().unchanged();
        go(
                visit,
                request.address(),
                decision.key("many"),
                Math.max(decided, now),
                0,
                0,
                0,
                result.get().unread().size(),
                result.get().unknown().size());
    }

    /** Redirects the visitor, also if a script asked for a part of the page. */
    private static void go(Visit visit, String path, String key, Object... values) {
        visit.go(path, key, values);
        if (visit.isPartial()) {
            visit.ctx().status(200);
            visit.ctx().header("HX-Redirect", path);
        }
    }

    private void undo(Visit visit) {
        UUID id = UndoOffer.id(visit.field("action")).orElse(null);
        String next = Website.localPath(visit.field("next"));
        if (id != null) {
            // Otherwise, it would go on deciding while its decisions are undone.
            decisions.stop(id);
        }
        ReviewAction action = id == null ? null : review.action(id).orElse(null);
        if (action == null) {
            if (id != null && decisions.find(id).isPresent()) {
                sendUndone(visit, next, new UndoResult(0, 0, List.of()));
            } else {
                visit.notFound();
            }
            return;
        }
        UserName by = visit.signedIn().name();
        LastAction.forget(visit);
        Guid one = Guid.parse(visit.field("guid")).orElse(null);
        if (one != null) {
            sendUndone(visit, next, review.undo(action.id(), one, by));
            return;
        }
        ListWork.Task<UndoResult> task =
                undoings.start(action.id(), progress -> review.undo(action.id(), by, progress));
        Optional<UndoResult> result = task.within(PATIENCE);
        if (result.isPresent()) {
            sendUndone(visit, next, result.get());
        } else if (task.isDone()) {
            go(visit, next, "review.undo.stopped", undone(action.id()));
        } else {
            visit.go(address(action.id(), Map.of("work", UNDO, "next", next)));
        }
    }

    private long undone(UUID action) {
        return review.action(action).map(ReviewAction::undone).orElse(0L);
    }

    private static void sendUndone(Visit visit, String next, UndoResult result) {
        go(visit, next, "review.undone", result.undone(), result.changed().size(), result.already());
    }

    /** Shows how far the work is, or leads to the list if it has ended. */
    private void show(Visit visit) {
        UUID action = UndoOffer.id(visit.ctx().pathParam("action")).orElse(null);
        if (action == null) {
            visit.notFound();
        } else if (visit.parameter("work").equals(UNDO)) {
            showUndoing(visit, action);
        } else {
            showDeciding(visit, action);
        }
    }

    private void showDeciding(Visit visit, UUID action) {
        InboxRequest request = InboxRequest.of(visit, storage.tags());
        ListWork.Task<ReviewResult> task = decisions.find(action).orElse(null);
        ReviewAction made = review.action(action)
                .filter(each -> each.by().equals(visit.signedIn().name()))
                .orElse(null);
        if (made == null && (task == null || task.isDone())) {
            visit.notFound();
            return;
        }
        if (made != null && task != null && task.isDone()) {
            sendDecided(visit, request, word(made), action, task);
            return;
        }
        long done = made == null ? 0 : made.decided();
        String mark = visit.parameter("mark");
        long left = task == null ? count(request, mark).orElse(0L) : 0;
        if (made != null && task == null && left == 0) {
            go(visit, request.address(), word(made).key("many"), done, 0, 0, 0, 0, 0);
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("mark", mark);
        fields.put("page", "yes");
        fields.put("list", "yes");
        fields.put("sure", "yes");
        fields.put("note", made == null ? "" : note(made));
        fields.put("do", made == null ? "" : word(word(made)));
        send(
                visit,
                new ListWorkView(
                        action,
                        made == null ? "decide" : word(word(made)),
                        done,
                        Math.max(done + left, number(visit.parameter("of"))),
                        task != null,
                        request.address(),
                        fields,
                        request.address()));
    }

    private static DecisionWord word(ReviewAction action) {
        return action.status() == DecisionWord.APPROVE.status() ? DecisionWord.APPROVE : DecisionWord.REJECT;
    }

    /** Returns the note of the decisions of an action; empty if they have none. */
    private String note(ReviewAction action) {
        return review.decisions(action.first()).stream()
                .filter(each -> !each.isUndo()
                        && each.effect() != null
                        && each.effect().action().equals(action.id()))
                .findFirst()
                .map(Decision::note)
                .orElse("");
    }

    private void showUndoing(Visit visit, UUID id) {
        ReviewAction action = review.action(id).orElse(null);
        if (action == null) {
            visit.notFound();
            return;
        }
        String next = Website.localPath(visit.parameter("next"));
        ListWork.Task<UndoResult> task = undoings.find(id).orElse(null);
        Optional<UndoResult> result = task == null ? Optional.empty() : task.within(Duration.ZERO);
        if (result.isPresent()) {
            sendUndone(visit, next, result.get());
        } else if (action.undone() >= action.decided()) {
            sendUndone(visit, next, new UndoResult(Math.toIntExact(action.undone()), 0, List.of()));
        } else {
            send(
                    visit,
                    new ListWorkView(
                            id,
                            UNDO,
                            action.undone(),
                            action.decided(),
                            task != null && !task.isDone(),
                            UNDO_PATH,
                            Map.of("next", next),
                            next));
        }
    }

    private static void send(Visit visit, ListWorkView view) {
        Map<String, Object> values = new HashMap<>(Map.of("work", view));
        visit.render("review/work", values);
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,12}") ? Long.parseLong(text) : 0;
    }
}

package org.librarypeers.app.peers;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.pictures.FailingPicture;
import org.librarypeers.sync.pictures.PictureCounts;

/** The page about the pictures that could not be fetched. */
public final class PicturePages {

    private static final int PAGE = 50;
    private static final int LONGEST_ADDRESS = 200;
    private static final String ADDRESS = "/pictures";

    private final LibraryStorage storage;
    private final AuditTrail trail;
    private final boolean fetches;
    private final Clock clock;

    /**
     * Creates the page.
     *
     * @param fetches whether this library fetches pictures
     */
    public PicturePages(LibraryStorage storage, AuditTrail trail, boolean fetches, Clock clock) {
        this.storage = storage;
        this.trail = trail;
        this.fetches = fetches;
        this.clock = clock;
    }

    /** Adds this page to the routes. */
    public void routes(PageRoutes routes) {
        routes.get(ADDRESS, Role.REVIEWER, this::list);
        routes.post(ADDRESS, Role.REVIEWER, this::retryAll);
        routes.post(ADDRESS + "/{id}", Role.REVIEWER, this::retry);
    }

    /**
     * A picture that could not be fetched.
     *
     * @param id the id
     * @param address the address, shortened if it is long
     * @param link the same address if a page may link to it; null otherwise
     * @param reason why it failed
     * @param detail further facts; may be empty
     * @param next when it is tried again, as text; null if it is not
     * @param resource the path of a page about a resource that names it; null if none does
     * @param shown whether pages show an earlier copy
     */
    public record FailingView(
            long id,
            String address,
            @Nullable String link,
            String reason,
            String detail,
            @Nullable String next,
            @Nullable String resource,
            boolean shown) {}

    private void list(Visit visit) {
        Optional<Long> before = id(visit.parameter("before"));
        // One more than is shown, to detect older ones.
        List<FailingPicture> found = storage.pictures().failing(before.orElse(Long.MAX_VALUE), PAGE + 1);
        List<FailingPicture> shown = found.subList(0, Math.min(found.size(), PAGE));
        Map<String, Object> values = new HashMap<>();
        values.put("failing", shown.stream().map(each -> view(visit, each)).toList());
        values.put("waiting", storage.pictures().counts().waiting());
        values.put("most", (long) PictureCounts.MAX);
        values.put("fetches", fetches);
        values.put("newest", before.isPresent() ? ADDRESS : null);
        values.put(
                "older",
                found.size() > PAGE ? ADDRESS + "?before=" + shown.get(PAGE - 1).id() : null);
        visit.render("peers/pictures", values);
    }

    private static FailingView view(Visit visit, FailingPicture picture) {
        return new FailingView(
                picture.id(),
                Excerpt.of(picture.address(), LONGEST_ADDRESS),
                SafeHtml.address(picture.address()),
                visit.say("pictures.problem." + EnumWord.of(picture.problem())),
                picture.detail(),
                picture.due() == null ? null : visit.time(picture.due()),
                picture.resource() == null ? null : "/review/" + picture.resource(),
                picture.shown());
    }

    private static Optional<Long> id(String number) {
        return number.matches("[1-9]\\d{0,17}") ? Optional.of(Long.valueOf(number)) : Optional.empty();
    }

    private void retry(Visit visit) {
        Optional<Long> id = id(visit.ctx().pathParam("id"));
        if (id.isEmpty()) {
            visit.notFound();
            return;
        }
        Optional<String> address = trail.recorded(
                () -> storage.pictures().retry(id.get(), clock.instant()),
                found -> found.map(each -> new AuditTrail.Note(
                        AuditAction.PICTURES_RETRIED, null, Map.of("picture", Excerpt.of(each, LONGEST_ADDRESS)))));
        visit.go(
                ADDRESS, !fetches ? "pictures.off" : address.isPresent() ? "pictures.retried" : "pictures.retried.not");
    }

    private void retryAll(Visit visit) {
        int number = trail.recorded(
                () -> storage.pictures().retryAll(clock.instant()),
                count -> count == 0
                        ? Optional.empty()
                        : Optional.of(new AuditTrail.Note(
                                AuditAction.PICTURES_RETRIED, null, Map.of("count", String.valueOf(count)))));
        visit.go(ADDRESS, !fetches ? "pictures.off" : number > 0 ? "pictures.retried" : "pictures.retried.not");
    }
}

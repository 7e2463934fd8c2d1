package org.librarypeers.app.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.web.AccountForm;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.accounts.RateLimit;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.reports.ProblemReport;

/** The form with which anybody reports a problem with a public resource. */
public final class ProblemPages {

    private static final Duration WINDOW = Duration.ofHours(1);

    /** The number of reports that one address, or one IPv6 network, can send in an hour. */
    private static final RateLimit FROM_ADDRESS = RateLimit.refusing(10, WINDOW);

    /** The number of reports in an hour that reviewers can be expected to read, from all addresses together. */
    private static final RateLimit IN_TOTAL = RateLimit.refusing(200, WINDOW);

    private final LibraryStorage storage;
    private final Clock clock;

    /** Creates the pages with these services. */
    public ProblemPages(LibraryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/resource/{slug}/report", this::form);
        routes.post("/resource/{slug}/report", this::report);
    }

    private Optional<Resource> resource(Visit visit) {
        return Slug.parse(visit.ctx().pathParam("slug"))
                .flatMap(slug -> visit.currentReads().catalogue().find(slug))
                .map(CatalogueEntry::resource)
                .filter(resource -> resource.status() == Status.APPROVED);
    }

    private void form(Visit visit) {
        resource(visit)
                .ifPresentOrElse(
                        resource -> show(visit, 200, resource, new FormData().with("kind", "broken_link")),
                        visit::notFound);
    }

    private static void show(Visit visit, int status, Resource resource, FormData form) {
        visit.render(
                status,
                "review/problem",
                Map.of(
                        "title",
                        visit.title(resource.content()),
                        "path",
                        path(resource),
                        "kinds",
                        List.of(ProblemReport.Kind.values()),
                        "form",
                        form));
    }

    private static String path(Resource resource) {
        return "/resource/" + resource.slug();
    }

    private void report(Visit visit) {
        Resource resource = resource(visit).orElse(null);
        if (resource == null) {
            visit.notFound();
            return;
        }
        FormData form = FormData.read(visit, "kind", "email")
                .with("text", visit.field("text").replace("\r\n", "\n"));
        Optional<ProblemReport.Kind> kind = ProblemReport.Kind.ofWord(form.value("kind"));
        check(visit, form, kind.isPresent());
        if (!form.isGood()) {
            show(visit, 422, resource, form);
            return;
        }
        Instant now = clock.instant();
        Optional<Instant> later = tooMany(visit, now);
        if (later.isPresent()) {
            long seconds = Duration.between(now, later.get()).toSeconds() + 1;
            visit.ctx().header("Retry-After", String.valueOf(Math.max(1, seconds)));
            form.refuse("all", visit.say("report.later", visit.time(later.get())));
            show(visit, 429, resource, form);
            return;
        }
        storage.problemReports()
                .add(new ProblemReport(
                        0,
                        resource.guid(),
                        Excerpt.of(visit.title(resource.content()).value(), ProblemReport.MAX_TITLE),
                        kind.orElseThrow(),
                        form.value("text"),
                        form.orNull("email"),
                        visit.words().language(),
                        now,
                        null));
        visit.go(path(resource), form.orNull("email") == null ? "report.sent" : "report.sent.answer");
    }

    private static void check(Visit visit, FormData form, boolean isKind) {
        String text = form.value("text");
        if (!isKind) {
            form.refuse("kind", visit.say("report.kind.wrong"));
        }
        if (text.length() > ProblemReport.MAX_TEXT) {
            form.refuse("text", visit.say("report.text.long", text.length(), ProblemReport.MAX_TEXT));
        } else if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            form.refuse("text", visit.say("review.note.odd"));
        } else if (text.isEmpty() && !form.value("kind").equals("broken_link")) {
            form.refuse("text", visit.say("report.text.empty"));
        }
        AccountForm.checkEmail(visit, form);
    }

    /** Counts the report. Returns the time from which another one is accepted if there were too many. */
    private Optional<Instant> tooMany(Visit visit, Instant now) {
        String network = new SignIns.Caller(visit.ctx().ip(), null).network();
        Optional<Instant> later = storage.events().admit("problem report from " + network, FROM_ADDRESS, now);
        return later.isPresent() ? later : storage.events().admit("problem report", IN_TOTAL, now);
    }
}

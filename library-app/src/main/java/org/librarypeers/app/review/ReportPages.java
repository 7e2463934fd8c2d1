package org.librarypeers.app.review;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.notifications.ReaderMail;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.reports.ProblemReport;
import org.librarypeers.sync.reports.ProblemReport.Closing;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;

/** The problems that readers reported, in the inbox of reviewers. */
public final class ReportPages {

    private static final int PAGE = 20;

    private final LibraryStorage storage;
    private final ReaderMail mail;
    private final AuditTrail trail;
    private final Clock clock;

    /** Creates the pages with these services. */
    public ReportPages(LibraryStorage storage, ReaderMail mail, AuditTrail trail, Clock clock) {
        this.storage = storage;
        this.mail = mail;
        this.trail = trail;
        this.clock = clock;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/review/reports", Role.REVIEWER, this::list);
        routes.get("/review/reports/{id}", Role.REVIEWER, this::read);
        routes.post("/review/reports/{id}", Role.REVIEWER, this::close);
    }

    /**
     * A page of reports.
     *
     * @param open whether they are open
     * @param counts the number of waiting resources of each kind
     * @param openCount the number of open reports
     * @param deadLinks the number of dead links
     * @param reports the reports, the newest first
     * @param next the address of the next page; null on the last page
     */
    public record ReportList(
            boolean open,
            Map<Kind, Long> counts,
            long openCount,
            long deadLinks,
            List<ProblemReport> reports,
            @Nullable String next) {}

    /**
     * A report to answer.
     *
     * @param resource the resource; null if it is no longer in this library
     * @param canMail whether an answer can be mailed to the reader
     * @param mails whether this library sends mails
     */
    public record ReportView(ProblemReport report, @Nullable Resource resource, boolean canMail, boolean mails) {}

    private void list(Visit visit) {
        boolean open = !visit.parameter("closed").equals("1");
        List<ProblemReport> found = storage.problemReports().page(open, number(visit.parameter("before")), PAGE + 1);
        List<ProblemReport> shown = found.subList(0, Math.min(PAGE, found.size()));
        String next = found.size() > PAGE
                ? "/review/reports?" + (open ? "" : "closed=1&") + "before="
                        + shown.get(PAGE - 1).id()
                : null;
        Map<Kind, Long> counts = storage.reviewQueue().counts(InboxFilter.ALL);
        visit.setWaiting(counts.values().stream().mapToLong(Long::longValue).sum());
        visit.render(
                "review/reports",
                Map.of(
                        "list",
                        new ReportList(
                                open,
                                counts,
                                storage.problemReports().openCount(),
                                storage.links().deadCount(),
                                shown,
                                next)));
    }

    private static @Nullable Long number(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? Long.valueOf(text) : null;
    }

    private Optional<ProblemReport> report(Visit visit) {
        return Optional.ofNullable(number(visit.ctx().pathParam("id")))
                .flatMap(id -> storage.problemReports().find(id));
    }

    private void read(Visit visit) {
        report(visit).ifPresentOrElse(report -> show(visit, 200, report, new FormData()), visit::notFound);
    }

    private void show(Visit visit, int status, ProblemReport report, FormData form) {
        Resource resource = storage.resources().find(report.resource()).orElse(null);
        boolean canMail = report.email() != null && mail.isAvailable();
        Map<String, Object> values = new HashMap<>();
        values.put("view", new ReportView(report, resource, canMail, mail.isAvailable()));
        values.put("form", form);
        visit.render(status, "review/report", values);
    }

    private void close(Visit visit) {
        ProblemReport report = report(visit).orElse(null);
        if (report == null) {
            visit.notFound();
            return;
        }
        FormData form = new FormData().with("answer", visit.field("answer").replace("\r\n", "\n"));
        check(visit, form);
        if (!form.isGood()) {
            show(visit, 422, report, form);
            return;
        }
        boolean isMailed = form.orNull("answer") != null && report.email() != null && mail.isAvailable();
        if (close(report, form.orNull("answer"), isMailed, visit.signedIn().name())) {
            visit.go("/review/reports", isMailed ? "report.closed.mailed" : "report.closed");
        } else {
            form.refuse("all", visit.say("report.closed.already"));
            show(visit, 409, report(visit).orElse(report), form);
        }
    }

    private static void check(Visit visit, FormData form) {
        String answer = form.value("answer");
        if (answer.length() > ProblemReport.MAX_ANSWER) {
            form.refuse("answer", visit.say("report.text.long", answer.length(), ProblemReport.MAX_ANSWER));
        } else if (answer.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            form.refuse("answer", visit.say("review.note.odd"));
        }
    }

    /** Closes the report, mails the answer and records it, all or nothing. Returns false if it was closed before. */
    private boolean close(ProblemReport report, @Nullable String answer, boolean isMailed, UserName by) {
        return storage.inTransaction(() -> {
            if (!storage.problemReports().close(report.id(), new Closing(by, clock.instant(), answer, isMailed))) {
                return false;
            }
            if (isMailed && answer != null) {
                mail.answer(report, answer);
            }
            trail.record(new AuditTrail.Note(
                    AuditAction.REPORT_CLOSED,
                    new AuditEntry.Subject("report", String.valueOf(report.id()), report.title()),
                    Map.of("mailed", String.valueOf(isMailed))));
            return true;
        });
    }
}

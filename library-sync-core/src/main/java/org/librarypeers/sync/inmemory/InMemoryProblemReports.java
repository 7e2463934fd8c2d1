package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.reports.ProblemReport;
import org.librarypeers.sync.reports.ProblemReportRepository;

/** The reports of readers in memory. */
record InMemoryProblemReports(InMemoryStorage storage) implements ProblemReportRepository {

    @Override
    public long add(ProblemReport report) {
        return storage.inTransaction(() -> storage.<Long>with(tables -> {
            long id = tables.nextId();
            tables.reports.put(
                    id,
                    new ProblemReport(
                            id,
                            report.resource(),
                            report.title(),
                            report.kind(),
                            report.text(),
                            report.email(),
                            report.language(),
                            report.reported(),
                            report.closing()));
            return id;
        }));
    }

    @Override
    public Optional<ProblemReport> find(long id) {
        return storage.with(tables -> Optional.ofNullable(tables.reports.get(id)));
    }

    @Override
    public List<ProblemReport> page(boolean open, @Nullable Long before, int limit) {
        return storage.with(tables -> tables.reports.descendingMap().values().stream()
                .filter(report -> (report.closing() == null) == open)
                .filter(report -> before == null || report.id() < before)
                .limit(limit)
                .toList());
    }

    @Override
    public long openCount() {
        return storage.<Long>with(tables -> tables.reports.values().stream()
                .filter(report -> report.closing() == null)
                .count());
    }

    @Override
    public boolean close(long id, ProblemReport.Closing closing) {
        return storage.inTransaction(() -> storage.<Boolean>with(tables -> {
            ProblemReport report = tables.reports.get(id);
            if (report == null || report.closing() != null) {
                return false;
            }
            tables.reports.put(id, changed(report, report.email(), closing));
            return true;
        }));
    }

    private static ProblemReport changed(
            ProblemReport report, @Nullable String email, ProblemReport.@Nullable Closing closing) {
        return new ProblemReport(
                report.id(),
                report.resource(),
                report.title(),
                report.kind(),
                report.text(),
                email,
                report.language(),
                report.reported(),
                closing);
    }

    @Override
    public int forgetAddresses(Instant before, int limit) {
        return storage.inTransaction(() -> storage.<Integer>with(tables -> {
            List<ProblemReport> old = tables.reports.values().stream()
                    .filter(report -> report.email() != null
                            && report.closing() != null
                            && report.closing().at().isBefore(before))
                    .limit(limit)
                    .toList();
            old.forEach(report -> tables.reports.put(report.id(), changed(report, null, report.closing())));
            return old.size();
        }));
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.reports.ProblemReport;

/** Contract tests of {@link org.librarypeers.sync.reports.ProblemReportRepository}. */
abstract class ProblemReportContract extends StorageContract<LibraryStorage> {

    private static ProblemReport report(ProblemReport.Kind kind, @Nullable String email) {
        return new ProblemReport(
                0,
                Guid.random(),
                "مياه <b>",
                kind,
                "line one\n👩‍⚕️",
                email,
                "ar",
                Samples.NOON.plusNanos(1_999),
                null);
    }

    private ProblemReport added(ProblemReport report) {
        long id = storage.problemReports().add(report);
        return storage.problemReports().find(id).orElseThrow();
    }

    @Test
    void a_report_is_read_back_unchanged_and_needs_no_resource() {
        for (ProblemReport.Kind kind : ProblemReport.Kind.values()) {
            ProblemReport sent = report(kind, "reader@example.org");

            ProblemReport read = added(sent);

            assertThat(read).usingRecursiveComparison().ignoringFields("id").isEqualTo(sent);
            assertThat(read.id()).isPositive();
        }
        assertThat(storage.problemReports().find(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void open_and_closed_reports_come_in_pages_with_the_newest_first() {
        List<Long> ids = List.of(
                added(report(ProblemReport.Kind.OTHER, null)).id(),
                added(report(ProblemReport.Kind.RIGHTS, null)).id(),
                added(report(ProblemReport.Kind.OTHER, null)).id());
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        ProblemReport.Closing closing = new ProblemReport.Closing(Samples.AMINA, Samples.NOON, "Mended", true);

        assertThat(storage.problemReports().close(ids.get(1), closing)).isTrue();
        assertThat(storage.problemReports()
                        .close(ids.get(1), new ProblemReport.Closing(Samples.AMINA, Samples.NOON, null, false)))
                .isFalse();
        assertThat(storage.problemReports().close(Long.MAX_VALUE, closing)).isFalse();

        assertThat(storage.problemReports().openCount()).isEqualTo(2);
        assertThat(storage.problemReports().page(true, null, 9))
                .extracting(ProblemReport::id)
                .containsExactly(ids.get(2), ids.get(0));
        assertThat(storage.problemReports().page(true, null, 1))
                .extracting(ProblemReport::id)
                .containsExactly(ids.get(2));
        assertThat(storage.problemReports().page(true, ids.get(2), 1))
                .extracting(ProblemReport::id)
                .containsExactly(ids.get(0));
        assertThat(storage.problemReports().page(false, null, 9))
                .singleElement()
                .satisfies(closed -> {
                    assertThat(closed.id()).isEqualTo(ids.get(1));
                    assertThat(closed.closing()).isEqualTo(closing);
                });
    }

    @Test
    void addresses_are_forgotten_some_time_after_a_report_was_closed() {
        long open = added(report(ProblemReport.Kind.OTHER, "open@example.org")).id();
        long early =
                added(report(ProblemReport.Kind.OTHER, "early@example.org")).id();
        long late = added(report(ProblemReport.Kind.OTHER, "late@example.org")).id();
        storage.problemReports().close(early, new ProblemReport.Closing(Samples.AMINA, Samples.NOON, null, false));
        storage.problemReports()
                .close(late, new ProblemReport.Closing(Samples.AMINA, Samples.NOON.plusSeconds(1), null, false));

        assertThat(storage.problemReports().forgetAddresses(Samples.NOON.plusSeconds(1), 9))
                .isEqualTo(1);
        assertThat(storage.problemReports().forgetAddresses(Samples.NOON.plusSeconds(1), 9))
                .isZero();

        assertThat(storage.problemReports().find(early).orElseThrow().email()).isNull();
        assertThat(storage.problemReports().find(late).orElseThrow().email()).isEqualTo("late@example.org");
        assertThat(storage.problemReports().find(open).orElseThrow().email()).isEqualTo("open@example.org");
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeDigest;
import org.librarypeers.sync.peer.RangeSummarizer;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.peer.VersionDigest;

/** Contract tests of {@link org.librarypeers.sync.catalogue.Catalogue#summary}. */
@Timeout(60)
abstract class SummaryContract extends OfferContract<LibraryStorage> {

    private static final int MANY = 2 * RangeSummarizer.MOST_ROWS + 7;

    private static String version(Instant updated) {
        return "at " + updated;
    }

    private RangeSummary summary(GuidRange range, int parts) {
        return storage.catalogue().summary(range, parts, SummaryContract::version);
    }

    private List<RangeSummary.Row> rows(GuidRange range) {
        return summary(range, 2).match(parts -> List.of(), RangeSummary.Rows::rows);
    }

    private List<RangeDigest> parts(GuidRange range, int count) {
        return summary(range, count).match(RangeSummary.Parts::parts, rows -> List.of());
    }

    private List<Resource> approved(int count) {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            resources.add(saved(Samples.local("Served " + i).approve(Samples.NOON.plusSeconds(i))));
        }
        resources.sort(Comparator.comparing(Resource::guid));
        return resources;
    }

    @Test
    void few_resources_are_listed_as_the_feed_has_them() {
        List<Resource> served = approved(3);
        saved(Samples.local("Pending"));
        saved(saved(Samples.local("Archived").approve(Samples.NOON)).archive(Samples.NOON));

        assertThat(rows(GuidRange.ALL))
                .isEqualTo(served.stream()
                        .map(resource -> new RangeSummary.Row(
                                resource.guid(), number(resource.guid()), version(resource.updated())))
                        .toList());
        assertThat(rows(new GuidRange(served.get(1).guid(), served.get(1).guid())))
                .extracting(RangeSummary.Row::guid)
                .containsExactly(served.get(1).guid());
    }

    private String number(Guid guid) {
        return Long.toString(
                storage.catalogue().find(guid).map(CatalogueEntry::id).orElseThrow());
    }

    @Test
    void nothing_is_served_at_first() {
        assertThat(summary(GuidRange.ALL, 16)).isEqualTo(new RangeSummary.Rows(List.of()));
    }

    @Test
    void many_resources_are_divided_into_parts_that_cover_the_range() {
        List<Resource> served = approved(MANY);

        List<RangeDigest> parts = parts(GuidRange.ALL, 4);

        assertThat(parts).hasSize(4);
        Guid first = GuidRange.ALL.first();
        for (RangeDigest part : parts) {
            assertThat(part.range().first()).isEqualTo(first);
            VersionDigest expected = new VersionDigest();
            served.stream()
                    .filter(resource -> part.range().contains(resource.guid()))
                    .forEach(resource -> expected.add(resource.guid(), version(resource.updated())));
            assertThat(part).isEqualTo(expected.of(part.range()));
            assertThat(part.count()).isBetween(1L, (MANY + 3) / 4L);
            boolean isLast = part.range().last().equals(GuidRange.ALL.last());
            first = isLast ? first : GuidRange.after(part.range().last());
        }
        assertThat(parts.get(3).range().last()).isEqualTo(GuidRange.ALL.last());
        assertThat(parts.stream().mapToLong(RangeDigest::count).sum()).isEqualTo(MANY);
    }

    @Test
    void a_change_and_an_end_change_the_digest_of_one_part() {
        List<Resource> served = approved(MANY);
        List<RangeDigest> before = parts(GuidRange.ALL, 4);

        Resource changed = served.get(1);
        saved(changed.edit(Samples.titled("Changed"), new UserName("amina"), Samples.NOON.plusSeconds(9_000)));
        List<RangeDigest> after = parts(GuidRange.ALL, 4);
        assertThat(after.get(0)).isNotEqualTo(before.get(0));
        assertThat(after.subList(1, 4)).isEqualTo(before.subList(1, 4));
    }
}

package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Order;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.contract.Samples;

/** Tests pages at high offsets of a list by title, which begin after a bookmark from an earlier page. */
class DeepPagesTest {

    private static final int COUNT = 2_600;
    private static final Viewer READER = new Viewer(new UserName("reader"), false);
    private static final String AFTER_A_BOOKMARK = "(r.title_order_en, r.id) > ";

    private final CountingDataSource counting =
            new CountingDataSource(TestDatabase.shared().pool());
    private final List<String> titles = new ArrayList<>();
    private JpaStorage storage;

    @BeforeEach
    void fill() {
        TestDatabase.sharedStorage();
        storage = TestDatabase.shared().storage().dataSource(counting).build();
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            // Each title twice, and not in the order of the numbers.
            String title = "Title " + (i * 7 % (COUNT / 2));
            titles.add(title);
            resources.add(Samples.local(title).approve(Samples.NOON));
        }
        titles.sort(Comparator.naturalOrder());
        storage.resources().save(resources);
        counting.executed();
    }

    @AfterEach
    void end() {
        storage.close();
    }

    private List<ListedResource> page(Viewer viewer, int offset, int limit) {
        return storage.catalogue()
                .list(new CatalogueQuery(
                        viewer, EnumSet.allOf(Status.class), null, null, Order.TITLE, "en", null, offset, limit))
                .items();
    }

    private static List<String> titles(List<ListedResource> entries) {
        return entries.stream()
                .map(entry -> entry.content().title().in("en").orElseThrow())
                .toList();
    }

    private boolean usedBookmark() {
        return counting.executed().stream().anyMatch(sql -> sql.contains(AFTER_A_BOOKMARK));
    }

    @Test
    void every_page_is_the_same_with_bookmarks_as_without() {
        List<Long> all = page(READER, 0, COUNT).stream().map(ListedResource::id).toList();
        for (int round = 0; round < 2; round++) {
            for (int offset : List.of(2_590, 1_100, 1_101, 2_300, 999, 1_000, 1_001, 2_599, 2_600, 9_000)) {
                List<ListedResource> page = page(READER, offset, 20);
                int from = Math.min(offset, COUNT);
                int to = Math.min(offset + 20, COUNT);
                assertThat(titles(page)).as("titles at " + offset).isEqualTo(titles.subList(from, to));
                assertThat(page)
                        .extracting(ListedResource::id)
                        .as("ids at " + offset)
                        .isEqualTo(all.subList(from, to));
            }
        }
    }

    @Test
    void a_page_that_was_read_before_begins_after_its_bookmark() {
        page(READER, 2_000, 20);
        assertThat(usedBookmark()).isFalse();
        page(READER, 2_000, 20);
        assertThat(usedBookmark()).isTrue();
        page(READER, 2_580, 20);
        assertThat(usedBookmark()).isTrue();
        page(READER, 1_999, 20);
        assertThat(usedBookmark()).isFalse();
    }

    @Test
    void a_change_of_what_is_listed_makes_the_bookmarks_invalid() {
        Guid first = page(READER, 0, 1).get(0).guid();
        page(READER, 2_000, 20);
        counting.executed();

        storage.inTransaction(() -> {
            Resource resource =
                    storage.resources().findForUpdate(List.of(first)).get(first);
            storage.resources().save(List.of(resource.edit(Samples.titled("Zinc"), Samples.AMINA, Samples.NOON)));
            // Not committed yet, so the bookmarks of others must not follow this order.
            assertThat(titles(page(READER, 2_000, 1))).containsExactly(titles.get(2_001));
        });

        assertThat(titles(page(READER, 2_000, 1))).containsExactly(titles.get(2_001));
        assertThat(usedBookmark()).isFalse();
        storage.inTransaction(() -> {
            Resource resource =
                    storage.resources().findForUpdate(List.of(first)).get(first);
            storage.resources().save(List.of(resource.archive(Samples.NOON)));
        });
        assertThat(titles(page(READER, 2_000, 1))).containsExactly(titles.get(2_001));
        assertThat(titles(page(READER, 2_598, 2))).containsExactly(titles.get(COUNT - 1));
    }

    @Test
    void a_reader_who_also_sees_other_resources_gets_them_in_their_place() {
        storage.resources()
                .save(Resource.create(Guid.random(), Samples.titled("A first one"), READER.name(), Samples.NOON));
        page(Viewer.PUBLIC, 2_000, 20);
        page(Viewer.PUBLIC, 2_000, 20);
        assertThat(usedBookmark()).isTrue();

        assertThat(titles(page(READER, 2_000, 1))).containsExactly(titles.get(1_999));
        assertThat(usedBookmark()).isFalse();
        assertThat(titles(page(Viewer.PUBLIC, 2_000, 1))).containsExactly(titles.get(2_000));
    }
}

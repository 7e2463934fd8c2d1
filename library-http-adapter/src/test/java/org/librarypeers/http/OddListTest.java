package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests with lists whose pages, counts or links to the next page are wrong. No resource may be lost or withdrawn because
 * of them.
 */
class OddListTest extends PullingFromASite {

    private static final String LIST = "/api/v1/resource/";

    private List<ScriptedResource> eight;

    @BeforeEach
    void eight() {
        eight = IntStream.range(0, 8).mapToObj(i -> site.add("Resource " + i)).toList();
    }

    @Test
    void a_page_that_is_empty_once_loses_nothing_and_one_that_stays_so_hides_no_other() {
        site.beforeList(page -> {
            if (page == 2) {
                site.next(LIST, SiteFault.changed(OddListTest::emptied));
            }
        });
        assertThat(synced()).isEqualTo(tally().added(8));

        eight.forEach(resource -> site.edit(resource.id(), edited -> edited.text("title", "en", "Edited")));
        String first = eight.get(0).guid().toString();
        site.always(
                LIST,
                SiteFault.changed(page ->
                        first.equals(page.path("objects").path(0).path("guid").asString("")) ? emptied(page) : page));
        SyncReport shortList = run();
        assertThat(shortList.log().trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
        assertThat(shortList.log().message()).contains("0 of the 3 resources");
        assertThat(shortList.log().tally().updated()).isEqualTo(5);

        site.mend();
        assertThat(synced().updated()).isEqualTo(3);
        assertThat(titles().values()).containsOnly("Edited");
    }

    /** Removes the last two rows of a list's last answer, which still counts them. */
    private static ObjectNode withoutTheLastTwo(ObjectNode page) {
        if (page.path("meta").path("next").isNull()) {
            ArrayNode objects = (ArrayNode) page.path("objects");
            objects.remove(objects.size() - 1);
            objects.remove(objects.size() - 1);
        }
        return page;
    }

    @Test
    void a_list_that_stays_shorter_than_its_count_fails_once_and_then_is_a_remark_and_withdraws_nothing() {
        synced();
        site.always(LIST, SiteFault.changed(OddListTest::withoutTheLastTwo));
        String cursor = storage.harvest().cursor(peer.id()).orElseThrow().token();
        site.forgetRequests();

        SyncReport first = service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(first.log().trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
        assertThat(first.log().message()).contains("0 of the 2 resources");
        assertThat(site.requests(LIST)).isEqualTo(5);
        assertThat(storage.harvest().cursor(peer.id()).orElseThrow().token()).isEqualTo(cursor);

        SyncReport second = service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(second.succeeded()).isTrue();
        assertThat(second.log().message()).contains("0 of the 2 resources");
        assertThat(storage.harvest().withdrawn(peer.id())).isEmpty();

        site.mend();
        site.remove(eight.get(7).id());
        SyncReport complete = service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(complete.log().message()).isNull();
        assertThat(storage.harvest().withdrawn(peer.id()))
                .containsExactly(eight.get(7).guid());
    }

    @Test
    void a_first_sync_of_a_list_that_is_shorter_than_its_count_keeps_what_it_read_and_no_cursor() {
        try (HttpPeerClient large = HttpPeerClient.builder().clock(time).build()) {
            site.always(LIST, SiteFault.changed(OddListTest::withoutTheLastTwo));

            SyncReport report = SyncService.builder()
                    .storage(storage)
                    .client(large)
                    .clock(time)
                    .build()
                    .sync(peer, SyncListener.NONE);

            assertThat(report.log().trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
            assertThat(report.log().message()).contains("6 of the 8 resources");
            assertThat(titles()).hasSize(6);
            assertThat(storage.harvest().cursor(peer.id())).isEmpty();
            assertThat(site.requests(LIST)).isEqualTo(2);
        }
    }

    @Test
    void a_list_that_is_short_once_is_read_once_more_and_complete() {
        site.beforeList(page -> {
            if (page == 4) {
                site.next(LIST, SiteFault.changed(OddListTest::withoutTheLastTwo));
            }
        });

        SyncReport report = run();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.log().message()).isNull();
        assertThat(titles()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"total_count", "next", "limit"})
    void a_list_that_does_not_say_whether_it_is_complete_withdraws_nothing(String field) {
        synced();
        site.remove(eight.get(0).id());
        site.always(LIST, SiteFault.changed(page -> {
            ObjectNode meta = (ObjectNode) page.path("meta");
            if (!field.equals("next") || meta.path("next").isNull()) {
                meta.remove(field);
            }
            return page;
        }));

        SyncReport report = service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.log().message()).startsWith("1 of 8 resources ").contains("(meta." + field + ")");
        assertThat(storage.harvest().withdrawn(peer.id())).isEmpty();
    }

    @Test
    void a_list_without_an_end_that_counts_more_than_it_holds_is_short() {
        site.always(LIST, SiteFault.changed(page -> {
            ObjectNode meta = (ObjectNode) page.path("meta");
            if (meta.path("next").isNull()) {
                meta.remove("next");
                meta.put("total_count", 5);
            }
            return page;
        }));

        assertThat(run().log().message()).contains("2 of the 5 resources");
    }

    @Test
    void a_count_that_is_too_small_is_harmless() {
        synced();
        site.remove(eight.get(3).id());
        site.always(LIST, SiteFault.changed(page -> {
            ((ObjectNode) page.path("meta")).put("total_count", 1);
            return page;
        }));

        SyncReport report = service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);

        assertThat(report.succeeded()).isTrue();
        assertThat(storage.harvest().withdrawn(peer.id()))
                .containsExactly(eight.get(3).guid());
    }

    private static ObjectNode emptied(ObjectNode page) {
        page.putArray("objects");
        return page;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/elsewhere/?page=2", "https://other.example/api/v1/resource/?offset=3", "?offset=3", "7", "//"})
    void where_the_next_page_is_said_to_be_does_not_lead_astray(String next) {
        site.beforeList(page -> site.next(LIST, SiteFault.changed(answer -> {
            ObjectNode meta = (ObjectNode) answer.path("meta");
            if (!meta.path("next").isNull()) {
                meta.put("next", next);
            }
            return answer;
        })));

        assertThat(synced()).isEqualTo(tally().added(8));
        assertThat(site.requests()).isEqualTo(site.requests(LIST) + 8);
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests with the deviations of existing sites from the API. No resource may be lost because of them. */
class OddSiteTest extends PullingFromASite {

    private static final String LIST = "/api/v1/resource/";

    static final List<SiteFault> PASSING = List.of(
            SiteFault.status(500),
            SiteFault.page(500),
            SiteFault.page(200),
            SiteFault.json("{}"),
            SiteFault.json("[]"),
            SiteFault.json("null"),
            SiteFault.status(418),
            SiteFault.json("{\"guid\": \"5cd75a03-11fb-40f9-8e21-000000000002\", \"title\": \"Other\"}"));

    static final List<SiteFault> LASTING = List.of(
            SiteFault.status(401),
            SiteFault.status(403),
            SiteFault.page(502),
            SiteFault.status(503),
            SiteFault.cutOff());

    private List<ScriptedResource> eight;

    @BeforeEach
    void eight() {
        eight = IntStream.range(0, 8).mapToObj(i -> site.add("Resource " + i)).toList();
    }

    @Test
    void optional_fields_may_be_missing_or_null_or_of_another_kind() {
        ScriptedResource missing = site.add("Little");
        List.of(
                        "description",
                        "description_en",
                        "attribution",
                        "image",
                        "tags",
                        "urls",
                        "files",
                        "create_date",
                        "slug",
                        "study_time_number",
                        "study_time_unit",
                        "born_on",
                        "languages",
                        "source_url",
                        "status",
                        "title_es")
                .forEach(missing::without);
        ScriptedResource nothing = site.add("Nothing");
        List.of(
                        "description",
                        "description_en",
                        "attribution",
                        "image",
                        "tags",
                        "urls",
                        "files",
                        "create_date",
                        "slug",
                        "study_time_number",
                        "study_time_unit",
                        "born_on",
                        "languages",
                        "source_url",
                        "source_host")
                .forEach(key -> nothing.set(key, null));
        ScriptedResource other = site.add("Other");
        other.set("id", String.valueOf(other.id()))
                .set("study_time_number", "15")
                .set("study_time_unit", "aeons");
        other.set("attribution", 7)
                .set("extra", eight.get(0).detail("x", "en"))
                .set("born_on", false)
                .set("tags", "none");
        other.link(Guid.random(), "https://example.org/")
                .put("file_size", "12")
                .put("order_by", "3")
                .put("what", true);
        site.beforeList(page -> site.next(LIST, SiteFault.changed(OddSiteTest::withNumbersAsTexts)));

        assertThat(synced()).isEqualTo(tally().added(11).plusRemarked());

        assertThat(content(missing.guid()))
                .isEqualTo(content(nothing.guid()).toBuilder()
                        .title(content(missing.guid()).title())
                        .build());
        ResourceContent content = content(other.guid());
        assertThat(content.studyTime()).isEqualTo(new StudyTime(15, null));
        assertThat(content.attachments(AttachmentKind.LINK).get(0).sizeBytes()).isEqualTo(12);
        assertThat(content.attachments(AttachmentKind.LINK).get(0).order()).isEqualTo(3);
    }

    private static ObjectNode withNumbersAsTexts(ObjectNode page) {
        ObjectNode meta = (ObjectNode) page.path("meta");
        List.of("limit", "offset", "total_count")
                .forEach(key -> meta.put(key, meta.path(key).asString()));
        return page.put("extra", "what a newer version adds");
    }

    @Test
    void a_site_that_numbers_anew_is_read_anew_once() {
        synced();
        eight.forEach(resource -> site.renumber(resource.id()));

        // For each new id, the earlier id is fetched first, because both may have the GUID.
        assertThat(synced().updated()).isZero();
        assertThat(quarantinedItems()).isEmpty();
        site.forgetRequests();
        synced();
        assertThat(detailRequests()).isZero();

        site.edit(eight.get(2).id(), resource -> resource.text("title", "en", "Edited"));
        assertThat(synced().updated()).isEqualTo(1);
        assertThat(title(eight.get(2).guid())).isEqualTo("Edited");
        assertThat(titles()).hasSize(8);
    }

    @Test
    void what_was_bad_under_an_old_number_arrives_under_the_new_one() {
        ScriptedResource bad = site.add("Bad").set("title", "").set("title_en", "");
        assertThat(synced()).isEqualTo(tally().added(8).failed(1));

        site.renumber(bad.id());
        site.edit(bad.id(), resource -> resource.set("title", "Good"));

        assertThat(synced().added()).isEqualTo(1);
        assertThat(quarantinedItems()).isEmpty();
        assertThat(title(bad.guid())).isEqualTo("Good");
        assertThat(storage.harvest().offered(peer.id())).hasSize(9).contains(bad.guid());
    }

    @Test
    void a_page_that_is_empty_once_loses_nothing_and_one_that_stays_so_hides_no_other() {
        site.beforeList(page -> {
            if (page == 2) {
                site.next(LIST, SiteFault.changed(OddSiteTest::emptied));
            }
        });
        assertThat(synced()).isEqualTo(tally().added(8));

        eight.forEach(resource -> site.edit(resource.id(), edited -> edited.text("title", "en", "Edited")));
        String first = eight.get(0).guid().toString();
        site.always(
                LIST,
                SiteFault.changed(page ->
                        first.equals(page.path("objects").path(0).path("guid").asString("")) ? emptied(page) : page));
        SyncReport short3 = run();
        assertThat(short3.log().trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
        assertThat(short3.log().message()).contains("0 of the 3 resources");
        assertThat(short3.log().tally().updated()).isEqualTo(5);

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
        site.always(LIST, SiteFault.changed(OddSiteTest::withoutTheLastTwo));
        String cursor = storage.harvest().cursor(peer.id()).orElseThrow().token();
        site.forgetRequests();

        SyncReport first = service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(first.log().trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
        assertThat(first.log().message()).contains("with 0 of the 2 resources that it announced");
        assertThat(site.requests(LIST)).isEqualTo(5);
        assertThat(storage.harvest().cursor(peer.id()).orElseThrow().token()).isEqualTo(cursor);

        SyncReport second = service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(second.succeeded()).isTrue();
        assertThat(second.log().message()).contains("with 0 of the 2 resources that it announced");
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
            site.always(LIST, SiteFault.changed(OddSiteTest::withoutTheLastTwo));

            SyncReport report = SyncService.builder()
                    .storage(storage)
                    .client(large)
                    .clock(time)
                    .build()
                    .sync(peer, SyncListener.NONE);

            assertThat(report.log().trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
            assertThat(report.log().message()).contains("with 6 of the 8 resources that it announced");
            assertThat(titles()).hasSize(6);
            assertThat(storage.harvest().cursor(peer.id())).isEmpty();
            assertThat(site.requests(LIST)).isEqualTo(2);
        }
    }

    @Test
    void a_list_that_is_short_once_is_read_once_more_and_complete() {
        site.beforeList(page -> {
            if (page == 4) {
                site.next(LIST, SiteFault.changed(OddSiteTest::withoutTheLastTwo));
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
        assertThat(report.log().message())
                .startsWith(
                        "1 of 8 resources is no longer listed; none was marked as withdrawn because the peer does not"
                                + " state")
                .contains("(meta." + field + ")");
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

        assertThat(run().log().message()).contains("with 2 of the 5 resources that it announced");
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

    @ParameterizedTest
    @FieldSource("PASSING")
    void one_answer_that_is_no_resource_is_tried_again_by_the_next_run_and_stops_no_other(SiteFault fault) {
        String path = LIST + eight.get(1).id() + "/";
        site.next(path, fault);
        site.next(path, fault);

        assertThat(run().log().tally().added()).isGreaterThanOrEqualTo(7);
        assertThat(titles())
                .hasSizeGreaterThanOrEqualTo(7)
                .containsKey(eight.get(7).guid());

        site.mend();
        synced();
        assertThat(titles()).hasSize(8).containsEntry(eight.get(1).guid(), "Resource 1");
        assertThat(quarantinedItems()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("LASTING")
    void a_site_that_always_fails_at_one_resource_is_read_on_and_that_one_tried_again_by_each_run(SiteFault fault) {
        String path = LIST + eight.get(1).id() + "/";
        site.always(path, fault);

        assertThat(synced()).isEqualTo(tally().added(7).failed(1));
        assertThat(quarantinedItems())
                .singleElement()
                .satisfies(bad -> assertThat(bad.reason().detail()).isNotBlank().doesNotContain(ScriptedOrbSite.KEY));

        ScriptedResource later = site.add("Later");
        assertThat(synced().added()).isEqualTo(1);
        assertThat(titles()).containsKey(later.guid());
        assertThat(quarantinedItems())
                .singleElement()
                .satisfies(bad -> assertThat(bad.attempts()).isEqualTo(2));

        site.mend();
        assertThat(synced().added()).isEqualTo(1);
        assertThat(titles()).hasSize(9);
        assertThat(quarantinedItems()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("LASTING")
    void a_site_that_fails_in_the_middle_is_read_on_from_there_and_no_resource_is_bad_for_that(SiteFault fault) {
        site.always(LIST + eight.get(4).id() + "/", right -> {
            eight.forEach(resource -> site.always(LIST + resource.id() + "/", fault));
            site.always(LIST, fault);
            return fault.instead(right);
        });

        SyncReport report = run();
        assertThat(report.log().status()).isEqualTo(SyncStatus.FAILED);
        assertThat(report.log().message()).isNotBlank().doesNotContain(ScriptedOrbSite.KEY);
        int taken = titles().size();
        assertThat(taken).isBetween(3, 7);
        assertThat(report.log().tally().failed()).isZero();
        assertThat(quarantinedItems()).isEmpty();

        site.mend();
        site.forgetRequests();
        assertThat(synced().added()).isEqualTo(8 - taken);
        assertThat(detailRequests()).isEqualTo(8 - taken);
    }

    @ParameterizedTest
    @FieldSource("LASTING")
    void a_list_that_breaks_off_is_read_on_from_where_it_broke(SiteFault fault) {
        site.beforeList(page -> {
            if (page == 3) {
                site.always(LIST, fault);
            }
        });

        assertThat(run().log().status()).isEqualTo(SyncStatus.FAILED);
        assertThat(titles()).hasSizeBetween(3, 7);

        site.mend();
        synced();
        assertThat(titles()).hasSize(8);
    }

    @Test
    void a_web_page_in_place_of_the_list_is_no_end_of_the_list() {
        site.beforeList(page -> {
            if (page == 2) {
                site.next(LIST, SiteFault.page(200));
            }
        });

        assertThat(run().log().message()).contains("text/html");

        synced();
        assertThat(titles()).hasSize(8);
    }

    @Test
    void a_resource_that_moved_on_the_same_host_is_followed() {
        long id = eight.get(0).id();
        site.next(LIST + id + "/", right -> SiteAnswer.empty(301).with("Location", LIST + id + "/?moved=1"));

        assertThat(synced()).isEqualTo(tally().added(8));
    }
}

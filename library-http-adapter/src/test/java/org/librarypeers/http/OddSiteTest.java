package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncReport;
import tools.jackson.databind.node.ObjectNode;

/** Tests with resources, numbers and answers that deviate from the API. No resource may be lost because of them. */
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

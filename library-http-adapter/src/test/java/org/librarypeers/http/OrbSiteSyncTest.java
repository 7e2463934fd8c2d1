package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.inmemory.InMemoryPeerClient;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests of a sync from an existing site into a library, end to end. */
class OrbSiteSyncTest extends PullingFromASite {

    @Test
    void a_whole_site_arrives_pending_with_all_its_parts() {
        ScriptedResource water = site.add(Guid.random(), resource -> {
            resource.text("title", "en", "Safe water").text("title", "es", "Agua segura");
            resource.text("description", "en", "<p>Boil it</p>").text("attribution", "pt-br", "OMS");
            resource.set("study_time_number", 15).set("study_time_unit", "mins").set("born_on", "2016-05-18T00:00:00");
            resource.set("image", site.host() + "/media/resourceimage/water.png");
            resource.link(Guid.random(), "https://example.org/water?lang=es").put("title_es", "Página");
            resource.file(Guid.random(), site.host() + "/media/resource/water.pdf");
            resource.tag("Audience", "Midwife").put("name_es", "Partera");
        });
        IntStream.range(0, 9).forEach(i -> site.add("Resource " + i));
        site.withdraw(site.add("Not yet").id(), "pending");
        site.withdraw(site.add("Never").id(), "rejected");

        assertThat(synced()).isEqualTo(tally().added(10));

        Resource copy = storage.resources().find(water.guid()).orElseThrow();
        assertThat(copy.status()).isEqualTo(Status.PENDING);
        ResourceContent content = copy.content();
        assertThat(content.title()).isEqualTo(new LocalizedText(Map.of("en", "Safe water", "es", "Agua segura")));
        assertThat(content.attribution()).isEqualTo(LocalizedText.of("pt-br", "OMS"));
        assertThat(content.image()).isEqualTo(site.host() + "/media/resourceimage/water.png");
        assertThat(content.attachments(AttachmentKind.LINK))
                .extracting(Attachment::url)
                .containsExactly("https://example.org/water?lang=es");
        assertThat(content.attachments(AttachmentKind.FILE).get(0).url())
                .isEqualTo(site.host() + "/media/resource/water.pdf");
        assertThat(content.tags()).extracting(Tag::key).containsExactly(new Tag.Key("Audience", "Midwife"));
        assertThat(content.tags().get(0).names().in("es")).contains("Partera");
        assertThat(titles()).hasSize(10);
        assertThat(detailRequests()).isEqualTo(10);
    }

    @Test
    void a_second_run_asks_little_and_an_edit_costs_one_detail() {
        List<ScriptedResource> all =
                IntStream.range(0, 30).mapToObj(i -> site.add("Resource " + i)).toList();
        site.pass(Duration.ofDays(1));
        ScriptedResource newest = site.add("Newest");
        synced();

        site.forgetRequests();
        assertThat(synced()).isEqualTo(tally().unchanged(1));
        assertThat(site.requests()).isEqualTo(1);

        site.forgetRequests();
        site.edit(all.get(4).id(), resource -> resource.text("title", "en", "Edited"));
        assertThat(synced()).isEqualTo(tally().updated(1).unchanged(1));
        assertThat(title(all.get(4).guid())).isEqualTo("Edited");
        assertThat(title(newest.guid())).isEqualTo("Newest");
        assertThat(detailRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void many_resources_with_one_date_arrive_in_whatever_order_each_page_shows_them(long seed) {
        site.seed(seed).add("before");
        site.together(() -> IntStream.range(0, 40).forEach(i -> site.add("Resource " + i)));
        site.add("after");
        HttpPeerClient eightAtOnce = HttpPeerClient.builder().pageSize(8).build();

        SyncReport report = SyncService.builder()
                .storage(storage)
                .client(eightAtOnce)
                .clock(time)
                .build()
                .sync(peer, SyncListener.NONE);
        eightAtOnce.close();

        assertThat(report.log().tally()).isEqualTo(tally().added(42));
        assertThat(detailRequests()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothing_is_lost_though_the_site_changes_at_each_page(long seed) {
        Map<Guid, String> there = new HashMap<>();
        Map<Guid, Long> ids = new HashMap<>();
        site.seed(seed);
        site.together(() -> IntStream.range(0, 12).forEach(i -> added(there, ids, "together " + i)));
        IntStream.range(0, 12).forEach(i -> added(there, ids, "Resource " + i));
        List<Guid> first = List.copyOf(there.keySet());
        site.beforeList(page -> {
            if (page < 8) {
                Guid edited = first.get(page * 3 % first.size());
                site.edit(ids.get(edited), resource -> resource.text("title", "en", "edited at " + page));
                there.put(edited, "edited at " + page);
            }
        });
        site.afterList(page -> {
            if (page < 5) {
                added(there, ids, "added at " + page);
            }
        });

        SyncTally tally = synced();

        assertThat(titles()).containsAllEntriesOf(there);
        assertThat(tally.failed()).isZero();
        assertThat(quarantinedItems()).isEmpty();
    }

    private void added(Map<Guid, String> there, Map<Guid, Long> ids, String title) {
        ScriptedResource resource = site.add(title);
        there.put(resource.guid(), title);
        ids.put(resource.guid(), resource.id());
    }

    @Test
    void what_is_withdrawn_between_list_and_detail_is_bad_until_it_is_missing_for_the_second_time() {
        ScriptedResource removed = site.add("Removed");
        ScriptedResource rejected = site.add("Rejected");
        site.add("Stays");
        site.add("Stays too");
        site.afterList(page -> {
            if (page == 1) {
                site.remove(removed.id());
                site.withdraw(rejected.id(), "rejected");
            }
        });

        assertThat(synced()).isEqualTo(tally().added(2).failed(2));
        assertThat(quarantinedItems()).hasSize(2);

        assertThat(synced().failed()).isZero();
        assertThat(quarantinedItems()).isEmpty();
        assertThat(titles().values()).containsOnly("Stays", "Stays too");
    }

    @Test
    void a_reconciliation_marks_what_is_gone_and_keeps_it() {
        List<ScriptedResource> all =
                IntStream.range(0, 10).mapToObj(i -> site.add("Resource " + i)).toList();
        synced();
        site.remove(all.get(3).id());

        SyncReport report = service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);

        assertThat(report.log().tally().withdrawn()).isEqualTo(1);
        assertThat(storage.harvest().withdrawn(peer.id()))
                .containsExactly(all.get(3).guid());
        assertThat(title(all.get(3).guid())).isEqualTo("Resource 3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_site_that_throttles_is_read_over_several_runs_and_nothing_twice(boolean saysWhen) {
        IntStream.range(0, 50).forEach(i -> site.add("Resource " + i));
        site.clock(time).throttle(25);
        if (!saysWhen) {
            site.withoutRetryAfter();
        }
        int runs = 1;
        SyncReport report = run();
        while (report.log().status() == SyncStatus.THROTTLED && runs < 10) {
            assertThat(report.log().message()).contains("429");
            time.sleep(Duration.ofHours(1));
            report = run();
            runs++;
        }

        assertThat(report.succeeded()).isTrue();
        assertThat(runs).isBetween(3, 6);
        assertThat(titles()).hasSize(50);
    }

    @Test
    void the_texts_of_a_site_with_other_languages_are_kept_in_these() {
        site.languages("fr", "en", "ar");
        ScriptedResource water = site.add(Guid.random(), resource -> {
            resource.text("title", "fr", "Eau").text("title", "en", "Water").text("title", "ar", "ماء");
            resource.text("description", "ar", "شرب");
            resource.tag("Public", "Sage-femme").put("name_ar", "قابلة").put("name_en", "Midwife");
        });
        ScriptedResource arabic = site.add(Guid.random(), resource -> resource.text("title", "ar", "ماء"));

        assertThat(synced()).isEqualTo(tally().added(2));

        assertThat(content(water.guid()).title())
                .isEqualTo(new LocalizedText(Map.of("fr", "Eau", "en", "Water", "ar", "ماء")));
        assertThat(content(water.guid()).description()).isEqualTo(LocalizedText.of("ar", "شرب"));
        Tag midwife = content(water.guid()).tags().get(0);
        assertThat(midwife.name()).isEqualTo("Sage-femme");
        assertThat(midwife.names())
                .isEqualTo(new LocalizedText(Map.of("fr", "Sage-femme", "en", "Midwife", "ar", "قابلة")));
        assertThat(content(arabic.guid()).title()).isEqualTo(LocalizedText.of("ar", "ماء"));
    }

    @Test
    void addresses_without_a_host_are_those_of_the_site() {
        ScriptedResource water = site.add(Guid.random(), resource -> {
            resource.text("title", "en", "Water").set("image", "/media/water.png");
            resource.file(Guid.random(), "/media/water.pdf");
            resource.tag("Audience", "Midwife").put("image", "/media/tag.png");
        });

        synced();

        assertThat(content(water.guid()).image()).isEqualTo(site.host() + "/media/water.png");
        assertThat(content(water.guid()).attachments(AttachmentKind.FILE).get(0).url())
                .isEqualTo(site.host() + "/media/water.pdf");
        assertThat(content(water.guid()).tags().get(0).image()).isEqualTo(site.host() + "/media/tag.png");
    }

    @Test
    void who_made_it_is_still_known_two_libraries_further() {
        ScriptedResource made = site.add("Made there");
        ScriptedResource relayed = site.add(
                Guid.random(),
                resource -> resource.text("title", "en", "Made in Malawi")
                        .set("source_name", "Malawi Library")
                        .set("source_host", "https://malawi.example")
                        .set("source_url", "https://malawi.example/resource/view/water"));
        ScriptedResource hostless = site.add(
                Guid.random(),
                resource -> resource.text("title", "en", "Made in Kenya")
                        .set("source_url", "https://kenya.example/resource/view/soap"));
        synced();
        new ReviewService(storage, time).approveAll();
        InMemoryPeerClient toA = new InMemoryPeerClient();
        toA.connect(PeerHost.of("https://a.example"), storage);
        InMemoryStorage b = new InMemoryStorage();
        Peer a = Samples.peer(b.peers().nextId(), "https://a.example");
        b.peers().save(a);

        SyncService.builder().storage(b).client(toA).clock(time).build().sync(a, SyncListener.NONE);

        assertThat(source(b, made))
                .extracting(Origin.FromPeer::sourceName, Origin.FromPeer::sourceHost, Origin.FromPeer::sourceUrl)
                .containsExactly("Old ORB", site.host(), site.host() + "/resource/view/resource-" + made.id());
        assertThat(source(b, relayed))
                .extracting(Origin.FromPeer::sourceName, Origin.FromPeer::sourceHost, Origin.FromPeer::sourceUrl)
                .containsExactly(
                        "Malawi Library", "https://malawi.example", "https://malawi.example/resource/view/water");
        assertThat(source(b, hostless))
                .extracting(Origin.FromPeer::sourceHost, Origin.FromPeer::sourceUrl)
                .containsExactly("https://kenya.example", "https://kenya.example/resource/view/soap");
        assertThat(source(b, made).peer()).isEqualTo(a.id());
    }

    private static Origin.FromPeer source(InMemoryStorage library, ScriptedResource resource) {
        return (Origin.FromPeer)
                library.resources().find(resource.guid()).orElseThrow().origin();
    }
}

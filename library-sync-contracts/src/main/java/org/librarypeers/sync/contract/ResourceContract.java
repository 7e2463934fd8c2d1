package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.StaleResourceException;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of {@link org.librarypeers.sync.storage.ResourceRepository}. */
@Timeout(60)
abstract class ResourceContract extends StorageContract<SyncStorage> {

    @Test
    void a_date_keeps_its_precision_in_the_history_too() {
        Resource year = saved(Samples.local(ResourceContent.titled(LocalizedText.of("en", "A"))
                .bornOn(BornOn.in(Year.of(2019)))
                .build()));
        assertThat(found(year.guid()).content().bornOn()).isEqualTo(BornOn.in(Year.of(2019)));

        ResourceContent precise = year.content().toBuilder()
                .bornOn(BornOn.in(YearMonth.of(2019, 5)))
                .build();
        saved(found(year.guid()).edit(precise, UserName.SYSTEM, Samples.NOON));

        assertThat(found(year.guid()).content().bornOn()).isEqualTo(BornOn.in(YearMonth.of(2019, 5)));
        assertThat(storage.resources().history(year.guid()))
                .extracting(revision -> revision.content().bornOn())
                .contains(BornOn.in(Year.of(2019)));
    }

    @Test
    void a_resource_is_read_back_as_it_was_saved() {
        Resource resource = Samples.local(Samples.hostile());

        Resource read = saved(resource);

        assertSame(read, resource);
        assertThat(read.origin()).isEqualTo(new Origin.Local());
        assertThat(read.content().fingerprint()).isEqualTo(resource.content().fingerprint());
    }

    @Test
    void a_resource_from_a_peer_keeps_its_source() {
        Delivery delivery = Samples.delivery(storage, savedPeer("https://a.example.org"), new SyncLogId(7));
        Guid guid = Guid.random();
        Received received = Resource.adopt(Samples.incoming(guid, Samples.hostile()), delivery);

        assertThat(received).isInstanceOfSatisfying(Received.New.class, adopted -> {
            assertSame(saved(adopted.resource()), adopted.resource());
        });
        assertThat(found(guid).receive(Samples.incoming(guid, found(guid).content()), delivery))
                .isInstanceOf(Received.Unchanged.class);
    }

    @Test
    void a_title_is_enough() {
        Resource resource = Samples.local("Just a title");

        assertSame(saved(resource), resource);
    }

    @Test
    void resources_that_do_not_exist_are_left_out() {
        Resource known = saved(Samples.local("Known"));
        Guid unknown = Guid.random();

        assertThat(storage.resources().find(unknown)).isEmpty();
        assertThat(storage.resources().find(List.of(unknown, known.guid(), known.guid())))
                .containsOnlyKeys(known.guid());
        assertThat(storage.resources().findForUpdate(List.of(unknown))).isEmpty();
        assertThat(storage.resources().find(List.of())).isEmpty();
    }

    @Test
    void every_save_increments_the_version() {
        Resource once = saved(Samples.local("Counted"));
        Resource twice = saved(once);

        assertThat(once.version()).isEqualTo(1);
        assertThat(twice.version()).isEqualTo(2);
        assertSame(twice, once);
    }

    @Test
    void saving_none_does_nothing() {
        storage.resources().save(List.of());

        assertThat(storage.resources().counts()).isEmpty();
    }

    @Test
    void a_saved_resource_is_stale_until_it_is_read_again() {
        Resource read = saved(Samples.local("Read once"));
        storage.resources().save(read.approve(Samples.NOON));

        assertThatThrownBy(() -> storage.resources().save(read.reject(Samples.NOON)))
                .isInstanceOf(StaleResourceException.class)
                .hasMessageContaining(read.guid().toString());
        assertThat(found(read.guid()).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void a_new_resource_that_exists_already_is_stale() {
        Resource first = Samples.local("First");
        storage.resources().save(first);
        Resource second = Resource.create(first.guid(), Samples.titled("Second"), Samples.AMINA, Samples.NOON);

        assertThatThrownBy(() -> storage.resources().save(second)).isInstanceOf(StaleResourceException.class);
        assertSame(found(first.guid()), first);
    }

    @Test
    void a_resource_that_was_saved_only_in_another_storage_is_stale() {
        Resource elsewhere = Samples.local("Elsewhere");
        Resource read = Resource.restore(
                elsewhere.guid(),
                elsewhere.slug(),
                elsewhere.status(),
                elsewhere.origin(),
                elsewhere.revisions(),
                elsewhere.created(),
                elsewhere.updated(),
                ReviewState.NONE,
                3);

        assertThatThrownBy(() -> storage.resources().save(read)).isInstanceOf(StaleResourceException.class);
        assertThat(storage.resources().find(read.guid())).isEmpty();
    }

    @Test
    void if_one_resource_is_stale_none_is_saved() {
        Resource fresh = saved(Samples.local("Fresh"));
        Resource stale = Samples.local("Stale");
        storage.resources().save(stale);
        Resource added = Samples.local(Samples.titled("Added").toBuilder()
                .tags(List.of(Tag.of("Topic", "Added")))
                .build());

        assertThatThrownBy(() -> storage.resources().save(List.of(added, fresh.approve(Samples.NOON), stale)))
                .isInstanceOf(StaleResourceException.class)
                .hasMessageContaining(stale.guid().toString());
        assertThat(storage.resources().find(added.guid())).isEmpty();
        assertThat(found(fresh.guid()).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void earlier_revisions_are_in_the_history_with_the_latest_first() {
        Resource first = saved(Samples.local(Samples.hostile()));
        Resource second = saved(first.edit(Samples.titled("Second"), Samples.AMINA, Samples.NOON.plusSeconds(1)));
        Resource third = saved(second.edit(Samples.hostile(), Samples.AMINA, Samples.NOON.plusNanos(2_000)));

        List<Revision> history = storage.resources().history(first.guid());

        assertThat(history).containsExactly(second.revision(), first.revision());
        assertThat(third.revision().number()).isEqualTo(3);
    }

    @Test
    void the_revision_of_the_last_decision_is_found_if_the_content_has_changed_since() {
        Resource never = saved(Samples.local("Never decided on"));
        Resource still = saved(Samples.local("Said still").approve(Samples.NOON));
        Resource changed = saved(Samples.local("Decided on").approve(Samples.NOON));
        Resource again = saved(changed.edit(Samples.titled("Edited"), Samples.AMINA, Samples.NOON));
        storage.resources().save(again.edit(Samples.titled("Edited once more"), Samples.AMINA, Samples.NOON));
        storage.resources().save(never.edit(Samples.titled("Edited too"), Samples.AMINA, Samples.NOON));

        assertThat(storage.resources()
                        .lastDecidedOn(List.of(never.guid(), still.guid(), changed.guid(), Guid.random())))
                .isEqualTo(Map.of(changed.guid(), changed.revision()));
        assertThat(storage.resources().lastDecidedOn(List.of())).isEmpty();
    }

    @Test
    void the_history_names_the_sync_that_received_a_revision() {
        Delivery delivery = Samples.delivery(storage, savedPeer("https://a.example.org"), new SyncLogId(9));
        Resource brought = saved(Samples.adopted(Samples.incoming(Guid.random(), Samples.titled("Brought")), delivery));

        storage.resources().save(brought.edit(Samples.titled("Edited"), Samples.AMINA, Samples.NOON));

        assertThat(storage.resources().history(brought.guid())).containsExactly(brought.revision());
        Resource untouched = saved(Samples.local("Untouched"));
        assertThat(storage.resources().histories(List.of(brought.guid(), untouched.guid(), Guid.random())))
                .isEqualTo(Map.of(brought.guid(), List.of(brought.revision())));
        assertThat(storage.resources().histories(List.of())).isEmpty();
    }

    @Test
    void a_new_status_does_not_create_a_revision() {
        Resource resource = saved(Samples.local("Unread"));
        storage.resources().save(resource.approve(Samples.NOON));

        assertThat(storage.resources().history(resource.guid())).isEmpty();
        assertThat(storage.resources().history(Guid.random())).isEmpty();
    }

    @Test
    void content_is_replaced_as_a_whole() {
        Resource resource = saved(Samples.local(Samples.hostile()));
        ResourceContent other = Samples.titled("Other").toBuilder()
                .tags(List.of(resource.content().tags().get(2), Tag.of("Topic", "Water")))
                .attachments(List.of(
                        Samples.link("https://example.org/new", 1),
                        resource.content().attachments(AttachmentKind.LINK).get(0),
                        resource.content().attachments(AttachmentKind.FILE).get(1)))
                .build();

        Resource changed = saved(resource.edit(other, Samples.AMINA, Samples.NOON));
        Resource bare = saved(changed.edit(Samples.titled("Bare"), Samples.AMINA, Samples.NOON));

        assertThat(changed.content()).isEqualTo(other);
        assertThat(bare.content()).isEqualTo(Samples.titled("Bare"));
    }

    @Test
    void attachments_that_only_swap_places_are_saved() {
        ResourceContent content = Samples.hostile();
        Resource resource = saved(Samples.local(content));
        List<Tag> backwards = new ArrayList<>(content.tags());
        Collections.reverse(backwards);

        ResourceContent turned = content.toBuilder().tags(backwards).build();

        assertThat(saved(resource.edit(turned, Samples.AMINA, Samples.NOON)).content())
                .isEqualTo(turned);
    }

    @Test
    void a_tag_is_found_by_its_key_and_keeps_its_texts() {
        Tag first = Samples.tag(Guid.random(), "Topic", "Water", "Eau");
        Tag second = Samples.tag(Guid.random(), "Topic", "Water", "Wasser");
        saved(Samples.tagged(first));

        assertThat(saved(Samples.tagged(second)).content().tags()).containsExactly(first);
    }

    @Test
    void tags_that_look_the_same_are_one_and_keep_the_first_spelling() {
        saved(Samples.tagged(Tag.of("Topic", "Nutrici\u00F3n"), Tag.of("Topic", "Nurse")));

        Resource resource = saved(Samples.tagged(
                Tag.of("TOPIC", "nutricio\u0301n"),
                Tag.of("topic\u00A0", "\uFEFFNURSE\u200B"),
                Tag.of("Topic", "nurse"),
                Tag.of("topic", "Nurse  aide")));

        assertThat(resource.content().tags())
                .containsExactly(
                        Tag.of("Topic", "Nutrici\u00F3n"), Tag.of("Topic", "Nurse"), Tag.of("Topic", "Nurse  aide"));
        assertThat(saved(Samples.tagged(Tag.of("Topic", "nurse\u00A0aide")))
                        .content()
                        .tags())
                .containsExactly(Tag.of("Topic", "Nurse  aide"));
    }

    @Test
    void tags_differ_by_accents_and_letters() {
        List<Tag> tags = List.of(
                Tag.of("Tema", "ano"),
                Tag.of("Tema", "a\u00F1o"),
                Tag.of("T\u00E9ma", "ano"),
                Tag.of("Konu", "\u0131s\u0131"),
                Tag.of("Konu", "isi"));

        assertThat(saved(Samples.tagged(tags.toArray(Tag[]::new))).content().tags())
                .containsExactlyElementsOf(tags);
    }

    @Test
    void a_tag_with_the_guid_of_another_tag_gets_the_derived_guid() {
        Guid taken = Guid.random();
        saved(Samples.tagged(Samples.tag(taken, "Topic", "Water", "Eau")));

        Resource inAnother = saved(Samples.tagged(Samples.tag(taken, "Topic", "Soap", "Savon")));
        Resource inOne = saved(Samples.tagged(
                Samples.tag(taken, "Topic", "Towel", "Serviette"), Samples.tag(taken, "Topic", "Nail", "Ongle")));

        assertThat(inAnother.content().tags())
                .containsExactly(Samples.tag(Guid.ofTag("Topic", "Soap"), "Topic", "Soap", "Savon"));
        assertThat(inOne.content().tags())
                .extracting(Tag::guid)
                .containsExactly(Guid.ofTag("Topic", "Towel"), Guid.ofTag("Topic", "Nail"));
    }

    @Test
    void a_tag_gets_a_random_guid_if_the_derived_one_is_taken_too() {
        Guid taken = Guid.random();
        Guid derived = Guid.ofTag("Topic", "Soap");
        saved(Samples.tagged(
                Samples.tag(taken, "Topic", "Water", "Eau"), Samples.tag(derived, "Topic", "Towel", "Serviette")));

        Tag soap = saved(Samples.tagged(Samples.tag(taken, "Topic", "Soap", "Savon")))
                .content()
                .tags()
                .get(0);

        assertThat(soap.key()).isEqualTo(new Tag.Key("Topic", "Soap"));
        assertThat(soap.guid()).isNotIn(taken, derived);
    }

    @Test
    void resources_of_a_status_come_page_by_page_in_the_order_of_their_guids() {
        TreeSet<Guid> pending = new TreeSet<>();
        for (int i = 0; i < 7; i++) {
            pending.add(saved(Samples.local("Pending " + i)).guid());
        }
        Resource approved = saved(Samples.local("Approved")).approve(Samples.NOON);
        storage.resources().save(approved);
        // The lowest and the highest possible GUID.
        for (String extreme : List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")) {
            Guid guid = Guid.of(extreme);
            storage.resources().save(Resource.create(guid, Samples.titled(extreme), Samples.AMINA, Samples.NOON));
            pending.add(guid);
        }

        List<Guid> read = new ArrayList<>();
        List<Resource> page = storage.resources().withStatus(Status.PENDING, null, 4);
        while (!page.isEmpty()) {
            page.forEach(resource -> read.add(resource.guid()));
            page = storage.resources().withStatus(Status.PENDING, read.get(read.size() - 1), 4);
        }

        assertThat(read).containsExactlyElementsOf(pending);
        assertThat(storage.resources().withStatus(Status.ARCHIVED, null, 4)).isEmpty();
    }

    @Test
    void resources_are_counted_by_status() {
        saved(Samples.local("One"));
        saved(Samples.local("Two"));
        storage.resources().save(saved(Samples.local("Three")).reject(Samples.NOON));

        assertThat(storage.resources().counts()).isEqualTo(Map.of(Status.PENDING, 2L, Status.REJECTED, 1L));
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Order;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Slice;

/**
 * Contract tests of the visibility of resources, attachments and tags in {@link
 * org.librarypeers.sync.catalogue.Catalogue}.
 */
@Timeout(60)
abstract class VisibilityContract extends LibraryContract {

    private static final Viewer EVERYTHING = new Viewer(null, true);
    private static final Instant LATER = Samples.NOON.plusSeconds(3_600);

    @Test
    void users_see_approved_resources_and_those_that_they_added_or_changed_last() {
        UserName juma = new UserName("juma");
        CatalogueEntry approved = approved(Samples.local("Approved"));
        Resource amina = saved(Samples.local("By Amina"));
        Resource both = saved(Samples.local("By Amina, then Juma"));
        storage.resources().save(both.edit(Samples.titled("Edited"), juma, LATER));
        Resource synced = saved(adopted());

        assertThat(seenBy(Viewer.PUBLIC)).containsExactly(approved.resource().guid());
        assertThat(seenBy(Viewer.of(new Account(juma, null, Role.CONTRIBUTOR))))
                .containsExactlyInAnyOrder(approved.resource().guid(), both.guid());
        assertThat(seenBy(Viewer.of(new Account(Samples.AMINA, null, Role.MEMBER))))
                .containsExactlyInAnyOrder(approved.resource().guid(), amina.guid(), both.guid());
        assertThat(seenBy(Viewer.of(new Account(juma, null, Role.REVIEWER))))
                .containsExactlyInAnyOrder(approved.resource().guid(), amina.guid(), both.guid(), synced.guid());
        assertThat(approved.creator()).isEqualTo(Samples.AMINA);
        assertThat(storage.catalogue().all(0, 10))
                .filteredOn(entry -> entry.resource().guid().equals(synced.guid()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.creator()).isNull());
    }

    private Resource adopted() {
        Peer peer = savedPeer("https://peer.example.org");
        Delivery delivery = Samples.delivery(storage, peer, storage.syncLogs().nextId());
        return Samples.adopted(Samples.incoming(Guid.random(), Samples.titled("Synced")), delivery);
    }

    private List<Guid> seenBy(Viewer viewer) {
        Slice<ListedResource> list = storage.catalogue()
                .list(new CatalogueQuery(viewer, Set.of(Status.values()), null, null, Order.TITLE, "en", null, 0, 100));
        List<Guid> guids = list.items().stream().map(ListedResource::guid).toList();
        assertThat(storage.catalogue().find(guids)).hasSameSizeAs(guids).allMatch(viewer::sees);
        return guids;
    }

    @Test
    void a_resource_is_found_by_its_slug_whatever_its_status() {
        Resource pending = saved(Samples.local("Safe water"));
        Resource rejected = saved(Samples.local(Samples.hostile()).reject(Samples.NOON));
        Resource namesake = saved(Samples.local("Safe water"));

        for (Resource resource : List.of(pending, rejected, namesake)) {
            assertThat(storage.catalogue().find(resource.slug()))
                    .hasValueSatisfying(entry -> assertSame(entry.resource(), resource));
        }
        assertThat(storage.catalogue().find(new Slug("safe"))).isEmpty();
    }

    @Test
    void a_resource_that_a_user_added_is_found_by_its_title() {
        CatalogueEntry first = approved(Samples.local("Safe water"));
        approved(Samples.local("Safe water"));
        UserName juma = new UserName("juma");

        assertThat(storage.catalogue()
                        .findCreated(Samples.AMINA, "en", "Safe water")
                        .map(CatalogueEntry::id))
                .contains(first.id());
        assertThat(storage.catalogue().findCreated(Samples.AMINA, "en", "safe water"))
                .isEmpty();
        assertThat(storage.catalogue().findCreated(Samples.AMINA, "es", "Safe water"))
                .isEmpty();
        assertThat(storage.catalogue().findCreated(juma, "en", "Safe water")).isEmpty();
    }

    @Test
    void the_guids_of_attachments_in_several_resources_are_returned() {
        ResourceContent hostile = Samples.hostile();
        Guid link = hostile.attachments(AttachmentKind.LINK).get(0).guid();
        Guid file = hostile.attachments(AttachmentKind.FILE).get(0).guid();
        approved(Samples.local(hostile));
        Guid asFile = hostile.attachments(AttachmentKind.LINK).get(1).guid();
        saved(Samples.local(Samples.titled("Shares").toBuilder()
                .attachments(List.of(
                        hostile.attachments(AttachmentKind.LINK).get(0),
                        SampleAttachment.file("https://example.org/f")
                                .guid(asFile)
                                .build()))
                .build()));

        assertThat(storage.catalogue().repeatedAttachments(List.of(link, file, asFile, Guid.random())))
                .containsExactlyInAnyOrder(link, asFile);
        assertThat(storage.catalogue().repeatedAttachments(List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CataloguePart.Kind.class)
    void parts_of_visible_resources_are_found_and_listed_by_number(CataloguePart.Kind kind) {
        CatalogueEntry approved = approved(Samples.local(Samples.hostile()));
        storage.resources()
                .save(approved(Samples.local(Samples.hostile())).resource().reject(LATER));

        Slice<CataloguePart> seen = storage.catalogue().parts(kind, Viewer.PUBLIC, 0, 100);
        assertThat(seen.items()).isNotEmpty().allSatisfy(part -> {
            assertThat(part.entry().id()).isEqualTo(approved.id());
            assertThat(storage.catalogue().findPart(kind, part.id())).hasValueSatisfying(found -> {
                assertThat(found.entry().id()).isEqualTo(approved.id());
                assertThat(found.kind()).isEqualTo(kind);
                assertThat(found.id()).isEqualTo(part.id());
            });
        });
        assertThat(seen.items())
                .extracting(CataloguePart::id)
                .containsExactlyInAnyOrderElementsOf(CataloguePart.allOf(approved)
                        .filter(part -> part.kind() == kind)
                        .map(CataloguePart::id)
                        .toList());
        assertThat(seen.items()).extracting(CataloguePart::id).isSorted().doesNotHaveDuplicates();
        assertThat(seen.total()).isEqualTo(seen.items().size());
        assertThat(seen.last()).isTrue();
        Slice<CataloguePart> part = storage.catalogue().parts(kind, EVERYTHING, 1, 1);
        assertThat(part.total()).isEqualTo(seen.total() * 2);
        assertThat(part.last()).isFalse();
        assertThat(part.items())
                .extracting(CataloguePart::id)
                .containsExactly(seen.items().get(1).id());
        assertThat(storage.catalogue().findPart(kind, 1_000_000_000L)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AttachmentKind.class)
    void an_attachment_is_not_found_as_one_of_another_kind(AttachmentKind kind) {
        CatalogueEntry approved = approved(Samples.local(Samples.hostile()));

        for (Attachment attachment : approved.resource().content().attachments(kind)) {
            CataloguePart part = CataloguePart.of(approved, attachment);
            assertThat(storage.catalogue().findPart(part.kind(), part.id()))
                    .map(CataloguePart::attachment)
                    .contains(attachment);
            for (Attachment other : approved.resource().content().attachments()) {
                CataloguePart.Kind another = CataloguePart.of(approved, other).kind();
                assertThat(storage.catalogue().findPart(another, part.id()).isPresent())
                        .isEqualTo(another == part.kind());
            }
        }
    }
}

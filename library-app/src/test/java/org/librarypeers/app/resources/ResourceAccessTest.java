package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests of who may edit which resource, and of the source of a resource. */
class ResourceAccessTest {

    private static final UserName ASHA = new UserName("asha");
    private static final UserName JUMA = new UserName("juma");

    private final List<CatalogueEntry> opened = new ArrayList<>();
    private final OfflineLibrary library = OfflineLibrary.withPages((here, pages) -> pages.get(
            "/edit/{guid}", Role.MEMBER, visit -> opened.add(new ResourceAccess(here.storage()).toEdit(visit))));
    private final ResourceAccess access = new ResourceAccess(library.storage());

    private CatalogueEntry madeBy(UserName name) {
        return library.authoring().create(Samples.titled("Water"), name);
    }

    private int editing(UserName name, Role role, CatalogueEntry entry) {
        return library.visitor(name, role)
                .get("/edit/" + entry.resource().guid())
                .status();
    }

    private void approve(CatalogueEntry entry) {
        library.storage().resources().save(entry.resource().approve(OfflineLibrary.NOON));
    }

    @Test
    void an_account_edits_its_own_resources() {
        CatalogueEntry own = madeBy(ASHA);

        assertThat(editing(ASHA, Role.MEMBER, own)).isEqualTo(200);
        assertThat(opened)
                .singleElement()
                .satisfies(entry -> assertThat(entry.id()).isEqualTo(own.id()));
    }

    @Test
    void the_resources_of_others_are_hidden_until_they_are_public_and_then_closed() {
        CatalogueEntry others = madeBy(JUMA);
        assertThat(editing(ASHA, Role.CONTRIBUTOR, others)).isEqualTo(404);

        approve(others);

        assertThat(library.visitor().get("/edit/" + others.resource().guid()).status())
                .isEqualTo(303);
        assertThat(editing(new UserName("amina"), Role.CONTRIBUTOR, others)).isEqualTo(403);
        assertThat(opened).isEmpty();
    }

    @Test
    void a_reviewer_edits_every_resource() {
        assertThat(editing(ASHA, Role.REVIEWER, madeBy(JUMA))).isEqualTo(200);
        assertThat(editing(new UserName("admin"), Role.ADMIN, madeBy(JUMA))).isEqualTo(200);
    }

    @Test
    void there_is_nothing_to_edit_at_other_addresses() {
        assertThat(library.visitor(Role.ADMIN).get("/edit/" + Guid.random()).status())
                .isEqualTo(404);
        assertThat(library.visitor(ASHA, Role.ADMIN).get("/edit/x").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void only_changes_by_accounts_that_are_not_trusted_are_reviewed_again(Role role) {
        Account account = new Account(ASHA, null, role);
        Resource pending = madeBy(ASHA).resource();
        Resource approved = pending.approve(OfflineLibrary.NOON);
        boolean isReviewer = role == Role.REVIEWER || role == Role.ADMIN;

        assertThat(ResourceAccess.isTrusted(account)).isEqualTo(isReviewer);
        assertThat(ResourceAccess.isTrusted(account.writingApi(true))).isTrue();
        assertThat(ResourceAccess.resubmits(account, approved)).isEqualTo(!isReviewer);
        assertThat(ResourceAccess.resubmits(account, pending)).isFalse();
        assertThat(ResourceAccess.resubmits(account.writingApi(true), approved)).isFalse();
    }

    @Test
    void a_resource_that_was_made_here_has_no_source() {
        assertThat(access.source(madeBy(ASHA).resource())).isNull();
    }

    /** Adds a peer, whose library offers a resource with this GUID, and syncs it. */
    private Peer syncedPeer(String host, Guid guid) {
        InMemoryStorage theirs = new InMemoryStorage();
        theirs.resources()
                .save(Resource.create(guid, Samples.titled("Water"), JUMA, OfflineLibrary.NOON)
                        .approve(OfflineLibrary.NOON));
        Peer peer = Samples.peer(library.storage().peers().nextId(), host);
        library.storage().peers().save(peer);
        library.network().connect(peer.host().orElseThrow(), theirs);
        assertThat(library.sync().sync(peer, SyncListener.NONE).succeeded()).isTrue();
        return peer;
    }

    private PeerId source(Resource resource) {
        return Objects.requireNonNull(access.source(resource)).id();
    }

    @Test
    void the_source_is_the_peer_whose_updates_the_resource_follows() {
        Guid guid = Guid.random();
        Peer first = syncedPeer("https://a.example", guid);
        Peer second = syncedPeer("https://b.example", guid);
        Peer third = syncedPeer("https://c.example", guid);
        Resource resource = library.storage().resources().find(guid).orElseThrow();
        assertThat(source(resource)).isEqualTo(first.id());

        library.storage().peers().save(first.withActive(false));
        assertThat(source(resource)).isEqualTo(second.id());

        library.storage().peers().save(second.withActive(false));
        assertThat(source(resource)).isEqualTo(third.id());

        library.storage().peers().save(third.withActive(false));
        assertThat(source(resource)).isEqualTo(first.id());
    }
}

package org.librarypeers.app.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryPeerClient;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.storage.StaleResourceException;

/** Tests of adding and changing resources, on storage in memory. */
class AuthoringTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UserName ASHA = new UserName("asha");
    private static final UserName JUMA = new UserName("juma");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final SettableClock clock = new SettableClock(NOON);
    private final Authoring authoring = new Authoring(storage, clock);

    private static ResourceContent renamed(ResourceContent before) {
        return before.toBuilder().title(Samples.titled("Safe water").title()).build();
    }

    private Resource stored(Guid guid) {
        return storage.resources().find(guid).orElseThrow();
    }

    private Resource approved() {
        Resource approved =
                authoring.create(Samples.titled("Water"), ASHA).resource().approve(NOON);
        storage.resources().save(approved);
        return approved;
    }

    @Test
    void a_new_resource_is_pending_and_has_a_creator() {
        CatalogueEntry made = authoring.create(Samples.titled("Water"), ASHA);

        assertThat(made.creator()).isEqualTo(ASHA);
        assertThat(made.resource().status()).isEqualTo(Status.PENDING);
        assertThat(stored(made.resource().guid()).content()).isEqualTo(Samples.titled("Water"));
        assertThat(made.resource().revision().at()).isEqualTo(NOON);
    }

    @Test
    void a_resource_is_made_with_a_given_guid_once() {
        Guid guid = Guid.random();
        assertThat(authoring
                        .create(guid, Samples.titled("Water"), ASHA)
                        .resource()
                        .guid())
                .isEqualTo(guid);

        assertThatThrownBy(() -> authoring.create(guid, Samples.titled("Other"), ASHA))
                .isInstanceOf(StaleResourceException.class);
    }

    @Test
    void the_guid_of_a_resource_that_a_peer_offers_is_in_use() {
        InMemoryStorage theirs = new InMemoryStorage();
        Resource offered = Samples.local("Theirs").approve(NOON);
        theirs.resources().save(offered);
        Peer peer = Samples.peer(storage.peers().nextId(), "https://a.example");
        storage.peers().save(peer);
        InMemoryPeerClient network = new InMemoryPeerClient();
        network.connect(peer.host().orElseThrow(), theirs);
        SyncService.builder().storage(storage).client(network).build().sync(peer, SyncListener.NONE);

        assertThatThrownBy(() -> authoring.create(offered.guid(), Samples.titled("Mine"), ASHA))
                .isInstanceOf(StaleResourceException.class);
        assertThat(stored(offered.guid()).content()).isEqualTo(offered.content());
    }

    @Test
    void a_change_by_id_keeps_the_status_and_names_its_author() {
        Resource before = approved();
        long id = storage.catalogue().find(before.guid()).orElseThrow().id();
        clock.tick();

        CatalogueEntry after = authoring.edit(id, AuthoringTest::renamed, JUMA).orElseThrow();

        assertThat(after.resource().status()).isEqualTo(Status.APPROVED);
        assertThat(stored(before.guid()).content()).isEqualTo(Samples.titled("Safe water"));
        assertThat(after.resource().content()).isEqualTo(Samples.titled("Safe water"));
        assertThat(after.resource().revision().number()).isEqualTo(2);
        assertThat(after.resource().revision().author()).isEqualTo(new Author.Person(JUMA));
        assertThat(after.resource().revision().at()).isEqualTo(clock.instant());
    }

    @Test
    void a_change_that_changes_nothing_makes_no_revision() {
        Resource before = approved();
        long id = storage.catalogue().find(before.guid()).orElseThrow().id();

        long version = stored(before.guid()).version();

        assertThat(authoring.edit(id, content -> content, JUMA)).isPresent();
        Resource after = authoring.edit(before.guid(), 1, content -> content, JUMA, true);

        assertThat(after.revision().number()).isEqualTo(1);
        assertThat(after.status()).isEqualTo(Status.APPROVED);
        assertThat(stored(before.guid()).version()).isEqualTo(version);
    }

    @Test
    void there_is_nothing_to_change_at_an_unused_id() {
        assertThat(authoring.edit(7, AuthoringTest::renamed, JUMA)).isEmpty();
    }

    @Test
    void an_approved_resource_is_submitted_again_only_if_its_editor_may_not_publish() {
        Resource first = approved();
        Resource second = approved();
        Resource pending = authoring.create(Samples.titled("Water"), ASHA).resource();

        assertThat(authoring
                        .edit(first.guid(), 1, AuthoringTest::renamed, ASHA, true)
                        .status())
                .isEqualTo(Status.PENDING);
        assertThat(stored(first.guid()).status()).isEqualTo(Status.PENDING);
        assertThat(authoring
                        .edit(second.guid(), 1, AuthoringTest::renamed, ASHA, false)
                        .status())
                .isEqualTo(Status.APPROVED);
        assertThat(authoring
                        .edit(pending.guid(), 1, AuthoringTest::renamed, ASHA, true)
                        .status())
                .isEqualTo(Status.PENDING);
        Resource rejected = Samples.local("No").reject(NOON);
        storage.resources().save(rejected);
        assertThat(authoring
                        .edit(rejected.guid(), 1, AuthoringTest::renamed, ASHA, true)
                        .status())
                .isEqualTo(Status.REJECTED);
    }

    @Test
    void a_change_of_an_older_revision_is_refused() {
        Guid guid = approved().guid();
        authoring.edit(guid, 1, AuthoringTest::renamed, JUMA, false);

        assertThatThrownBy(() -> authoring.edit(guid, 1, content -> Samples.titled("Late"), ASHA, false))
                .isInstanceOf(StaleResourceException.class);
        assertThatThrownBy(() -> authoring.archive(guid, 1)).isInstanceOf(StaleResourceException.class);
        assertThatThrownBy(() -> authoring.submit(guid, 1)).isInstanceOf(StaleResourceException.class);
        assertThatThrownBy(() -> authoring.archive(Guid.random(), 1)).isInstanceOf(StaleResourceException.class);
        assertThat(stored(guid).content()).isEqualTo(Samples.titled("Safe water"));
    }

    @Test
    void a_resource_is_archived_and_submitted_again() {
        Guid guid = approved().guid();
        int revision = stored(guid).revision().number();

        assertThat(authoring.archive(guid, revision).status()).isEqualTo(Status.ARCHIVED);
        assertThat(stored(guid).status()).isEqualTo(Status.ARCHIVED);
        assertThat(authoring.submit(guid, revision).status()).isEqualTo(Status.PENDING);
        assertThat(stored(guid).status()).isEqualTo(Status.PENDING);
        assertThatThrownBy(() -> authoring.archive(guid, revision)).isInstanceOf(IllegalStateException.class);
    }
}

package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.DuplicateAccountException;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Order;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.peer.Shortfall;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.DuplicatePeerException;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.StaleResourceException;
import org.librarypeers.sync.storage.StorageException;

/** Tests of the values and exceptions that pass through the ports. */
class PortTest {

    private static final Guid GUID = Guid.ofTag("resource", "1");
    private static final Cursor CURSOR = new Cursor("after 1", "2016-05-27T18:19:01");

    @Test
    void a_shortfall_lacks_something() {
        assertThat(new Shortfall(14, 12).missing()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shortfall(12, 12))
                .withMessageContaining("12 of 12");
        assertThatIllegalArgumentException().isThrownBy(() -> new Shortfall(12, -1));
    }

    @Test
    void each_attachment_of_an_entry_has_a_number() {
        Attachment link = new Attachment(
                AttachmentKind.LINK, guid(2), LocalizedText.empty(), LocalizedText.empty(), "https://a", 0, 0);
        Resource resource = Resource.create(
                guid(1),
                ResourceContent.titled(LocalizedText.of("en", "Water"))
                        .attach(link)
                        .build(),
                UserName.SYSTEM,
                Instant.EPOCH);
        CatalogueEntry entry = new CatalogueEntry(1, 1, null, resource, Map.of(guid(2), 7L), List.of());

        assertThat(entry.numberOf(link)).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry.numberOf(link.withGuid(guid(3))))
                .withMessageContainingAll(guid(1).toString(), guid(3).toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CatalogueEntry(1, 1, null, resource, Map.of(), List.of()))
                .withMessageContainingAll(guid(2).toString(), guid(1).toString(), "number");
        assertThat(CataloguePart.of(entry, link).attachment()).isEqualTo(link);
        assertThatIllegalStateException()
                .isThrownBy(() -> CataloguePart.of(entry, link).tagIndex());
        assertThatIllegalStateException()
                .isThrownBy(() -> new CataloguePart(CataloguePart.Kind.FILE, entry, 7).attachment());
    }

    @Test
    void a_page_that_has_a_successor_says_where_it_begins() {
        assertThat(new ChangePage(List.of(), CURSOR, false, -1).last()).isFalse();
        assertThat(new ChangePage(List.of(), null, true, -1).next()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChangePage(List.of(), null, false, -1))
                .withMessageContaining("cursor");
    }

    @Test
    void what_passes_through_a_port_cannot_be_changed_behind_its_back() {
        List<ChangePage.Item> items = new ArrayList<>(List.of(new ChangePage.Item("1", GUID, "v1", null)));
        ChangePage page = new ChangePage(items, CURSOR, true, 1);
        items.clear();
        Map<Guid, AcceptedItem> taken = new HashMap<>(Map.of(GUID, new AcceptedItem("1", "v1", false)));
        List<QuarantinedItem> bad = new ArrayList<>(List.of(new QuarantinedItem(
                "1",
                null,
                "v",
                new QuarantineReason(QuarantineReason.Kind.UNREADABLE, "r"),
                Instant.EPOCH,
                Instant.EPOCH,
                1)));
        Set<String> mended = new HashSet<>(Set.of("2"));
        HarvestProgress progress = new HarvestProgress(Instant.EPOCH, null, taken, Map.of(), Set.of(), bad, mended);
        taken.clear();
        bad.clear();
        mended.clear();

        assertThat(page.items()).hasSize(1);
        assertThat(progress.accepted()).hasSize(1);
        assertThat(progress.quarantined()).hasSize(1);
        assertThat(progress.resolved()).hasSize(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> page.items().clear());
    }

    @Test
    void a_bad_item_remembers_when_it_was_first_seen_and_how_often() {
        Instant later = Instant.EPOCH.plusSeconds(1);
        QuarantinedItem item = new QuarantinedItem(
                "1",
                GUID,
                "v1",
                new QuarantineReason(QuarantineReason.Kind.UNREADABLE, "no title"),
                Instant.EPOCH,
                Instant.EPOCH,
                1);

        assertThat(item.again("v2", new QuarantineReason(QuarantineReason.Kind.UNREADABLE, "no JSON"), later))
                .isEqualTo(new QuarantinedItem(
                        "1",
                        GUID,
                        "v2",
                        new QuarantineReason(QuarantineReason.Kind.UNREADABLE, "no JSON"),
                        Instant.EPOCH,
                        later,
                        2));
    }

    @Test
    void a_query_asks_from_zero_and_for_at_least_one() {
        Set<Status> statuses = new HashSet<>(Set.of(Status.APPROVED));
        CatalogueQuery query = new CatalogueQuery(Viewer.PUBLIC, statuses, null, null, Order.TITLE, "en", null, 0, 1);
        statuses.clear();

        assertThat(query.statuses()).containsExactly(Status.APPROVED);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new CatalogueQuery(Viewer.PUBLIC, Set.of(), null, null, Order.TITLE, "en", null, -1, 1))
                .withMessageContaining("offset is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new CatalogueQuery(Viewer.PUBLIC, Set.of(), null, null, Order.TITLE, "en", null, 0, 0))
                .withMessageContaining("limit is 0");
        assertThat(new Slice<>(List.of(), 7, true).total()).isEqualTo(7);
    }

    @Test
    void failures_say_what_they_are_about_and_are_of_one_kind() {
        assertThat(new StaleResourceException(GUID))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(GUID.toString());
        assertThat(new DuplicatePeerException(PeerHost.of("https://orb.example.org")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("https://orb.example.org");
        assertThat(new DuplicateAccountException(new UserName("amina")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("amina");
        assertThat(new LeaseLostException(new PeerId(7)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("peer 7");
        assertThat(new StorageException(null, null)).hasMessage("");
    }

    @Test
    void a_peers_failure_has_a_reason_and_a_throttled_peer_a_time() {
        Exception cause = new Exception("inside");
        PeerException failure = new PeerException(PeerTrouble.REFUSED, "wrong key", cause);
        PeerThrottledException throttled = new PeerThrottledException(Instant.EPOCH, "later");

        assertThat(failure.reason()).isEqualTo(PeerTrouble.REFUSED);
        assertThat(failure).hasMessage("wrong key").hasCause(cause);
        assertThat(throttled.reason()).isEqualTo(PeerTrouble.THROTTLED);
        assertThat(throttled.until()).isEqualTo(Instant.EPOCH);
        assertThat(new PeerException(PeerTrouble.REFUSED, null, null)).hasMessage("");
    }

    @Test
    void a_stored_file_has_a_hash_and_a_size() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoredFile("../../secret.key", 1))
                .withMessageContaining("SHA-256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoredFile("0f".repeat(32), -1))
                .withMessage("file size is -1; it must be at least 0");
        assertThat(new StoredFile("0f".repeat(32), 0).sha256()).hasSize(64);
    }

    @Test
    void work_without_a_result_is_one_transaction_too() {
        LibraryStorage storage = new InMemoryStorage();
        var before = storage.peers().nextId();

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage.inTransaction((Runnable) () -> {
                    storage.peers()
                            .save(Peer.builder()
                                    .id(before)
                                    .name("ORB")
                                    .host(PeerHost.of("https://orb.example.org"))
                                    .build());
                    throw new StorageException("gone", null);
                }));

        assertThat(storage.peers().all()).isEmpty();
    }

    private static Guid guid(int number) {
        return new Guid(new UUID(0, number));
    }
}

package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.Selection;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.SelectionPreview;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.StoredOffer;

/** Tests that selection rules take few statements and little memory, however many offers there are. */
class SelectionStatementsTest {

    private static final int OFFERS = 5_000;
    private static final int SAMPLE = 10;

    private final CountingDataSource counting =
            new CountingDataSource(TestDatabase.shared().pool());
    private JpaStorage storage;
    private Peer peer;

    @BeforeEach
    void offer() {
        TestDatabase.sharedStorage();
        storage = TestDatabase.shared().storage().dataSource(counting).build();
        peer = Samples.peer(storage.peers().nextId(), "https://many.example.org");
        storage.peers().save(peer);
        TestDatabase.shared().execute("""
                insert into offer (peer_id, guid, remote_id, version, read_at, circular, left_out, facts)
                select %d, gen_random_uuid(), '/' || i, 'v', now(), false, i %% 2 = 0,
                       jsonb_build_object('title', jsonb_build_object('en', 'Title ' || i), 'categories', '[]'::jsonb,
                                          'tags', '[]'::jsonb, 'languages', '["en"]'::jsonb, 'types', '[]'::jsonb)
                  from generate_series(1, %d) as i""".formatted(peer.id().value(), OFFERS));
        counting.executed();
        counting.fetchSize();
    }

    @AfterEach
    void end() {
        storage.close();
    }

    @Test
    void a_preview_is_one_statement_and_holds_a_bounded_number_of_offers() {
        Selection selection = new Selection(SelectionRule.parse("text:\"Title 1\""), Set.of());

        SelectionPreview preview = SelectionPreview.of(storage.selections(), peer.id(), selection, SAMPLE);

        assertThat(preview.taken().count() + preview.leftOut().count()).isEqualTo(OFFERS);
        assertThat(preview.taken().count()).isPositive();
        assertThat(preview.leftOut().sample()).hasSize(SAMPLE);
        assertThat(counting.executed()).hasSize(1);
        assertThat(counting.fetchSize()).isBetween(1L, OFFERS / 2L);
    }

    @Test
    void the_state_of_a_run_is_one_statement_with_and_without_refusals() {
        storage.selections().state(peer);
        assertThat(counting.executed()).hasSize(1);
        storage.runs().basis(peer.id());
        int before = counting.executed().size();
        Guid refused = Guid.random();
        storage.selections().refuse(new Refusal(refused, "", Samples.AMINA, Instant.EPOCH, "not wanted"));
        counting.executed();

        assertThat(storage.selections().state(peer).refused()).containsExactly(refused);
        assertThat(counting.executed()).hasSize(1);
        assertThat(storage.runs().basis(peer.id()).orElseThrow().selection().refused())
                .containsExactly(refused);
        assertThat(counting.executed()).hasSize(before);
    }

    @Test
    void what_is_left_out_is_read_without_the_other_offers() {
        List<StoredOffer> read = new ArrayList<>(storage.selections().leftOut(peer.id(), null, OFFERS));

        assertThat(read).hasSize(OFFERS / 2).allMatch(StoredOffer::leftOut);
        assertThat(counting.executed()).hasSize(1);
    }
}

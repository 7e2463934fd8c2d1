package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeSummary;

/** Tests of reconciliations by digests after random histories, with honest and with false digests. */
class DigestHistoryTest {

    private final DigestNetwork network = new DigestNetwork();

    @Test
    void after_any_history_an_honest_digest_finds_everything_and_a_false_one_withdraws_nothing() {
        for (int seed = 0; seed < 60; seed++) {
            playHistory(new Random(seed), seed);
        }
    }

    private static void playHistory(Random random, int seed) {
        DigestHistoryTest test = new DigestHistoryTest();
        DigestNetwork network = test.network;
        List<Guid> all = new ArrayList<>(network.publish(40 + random.nextInt(80)));
        network.sync(SyncScope.CHANGES);
        for (int step = 0; step < 12; step++) {
            test.somethingHappens(random, all);
            if (random.nextInt(3) == 0) {
                network.miss();
            }
            boolean isHonest = random.nextBoolean();
            if (!isHonest) {
                test.lie(random);
            }
            Set<Guid> withdrawnBefore = network.withdrawn();
            network.sync(random.nextBoolean() ? SyncScope.EVERYTHING : SyncScope.DIFFERENCES);
            network.link.summaries = (ranges, honest) -> Optional.of(honest);
            Set<Guid> withdrawn = new HashSet<>(network.withdrawn());
            withdrawn.removeAll(withdrawnBefore);
            assertThat(withdrawn)
                    .as("withdrawn with seed %d in step %d", seed, step)
                    .noneMatch(network::isServed);
        }
        SyncLog log = network.sync(SyncScope.EVERYTHING);
        if (!String.valueOf(log.message()).contains("may be an outage")) {
            assertThat(network.read()).as("read with seed %d", seed).isEqualTo(network.served());
        }
    }

    private void somethingHappens(Random random, List<Guid> all) {
        for (int i = random.nextInt(8); i > 0; i--) {
            Guid guid = all.get(random.nextInt(all.size()));
            switch (network.isServed(guid) ? random.nextInt(4) : 0) {
                case 0 -> all.addAll(network.publish(1 + random.nextInt(3)));
                case 1 -> network.archive(guid);
                default -> network.change(guid);
            }
        }
    }

    /** Makes the digests wrong, in one of several ways. */
    private void lie(Random random) {
        int way = random.nextInt(4);
        network.link.summaries = (ranges, honest) -> Optional.of(honest.stream()
                .map(summary -> summary.match(
                        parts -> way == 0 ? DigestReconciliationTest.wrong(parts) : way == 1 ? emptied(parts) : parts,
                        rows -> way == 3 ? invented(ranges.get(honest.indexOf(summary)), random) : fewer(rows, random)))
                .toList());
    }

    private static RangeSummary emptied(RangeSummary.Parts parts) {
        return new RangeSummary.Rows(List.of());
    }

    private static RangeSummary fewer(RangeSummary.Rows rows, Random random) {
        return new RangeSummary.Rows(
                rows.rows().stream().filter(row -> random.nextBoolean()).toList());
    }

    private static RangeSummary invented(GuidRange range, Random random) {
        Guid guid = random.nextBoolean() ? range.first() : range.last();
        return new RangeSummary.Rows(
                List.of(new RangeSummary.Row(guid, Integer.toString(random.nextInt(50)), "invented")));
    }
}

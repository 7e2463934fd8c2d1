package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.bundle.WrittenBundle;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.SyncReport;

/** Tests of bundles that are split into parts. */
class BundlePartsTest {

    private static final int PART = 128 << 10;
    private static final int RESOURCES = 40;

    @TempDir
    private Path folder;

    private TwoLibraries two;
    private final List<Guid> guids = new ArrayList<>();
    private WrittenBundle written;
    private Peer peer;

    @BeforeEach
    void write() throws IOException {
        two = new TwoLibraries(folder);
        for (int i = 0; i < RESOURCES; i++) {
            guids.add(two.publish(TwoLibraries.noise(i, 6_000)));
        }
        written = two.sender.write(folder.resolve("a.zip"), BundleOrder.EVERYTHING.inParts(PART));
        peer = two.trusted(written.parts().get(0).file());
    }

    private void assertAllRead() {
        assertThat(guids)
                .allSatisfy(guid -> assertThat(two.b.resources().find(guid)).isPresent());
        assertThat(two.b.harvest().withdrawn(peer.id())).isEmpty();
        assertThat(two.cursor(peer)).isEqualTo(written.upTo());
    }

    @Test
    void parts_can_be_read_one_by_one() throws IOException {
        assertThat(written.parts()).hasSizeGreaterThan(2).allSatisfy(part -> {
            assertThat(part.size()).isLessThanOrEqualTo(PART);
            assertThat(Files.size(part.file())).isEqualTo(part.size());
        });

        long added = 0;
        for (WrittenBundle.Part part : written.parts()) {
            added += two.read(part.file()).log().tally().added();
            assertThat(two.cursor(peer)).isEqualTo(part.manifest().upTo());
        }

        assertThat(added).isEqualTo(RESOURCES);
        assertThat(written.resources()).isEqualTo(RESOURCES);
        assertAllRead();
    }

    @Test
    void parts_in_the_wrong_order_lose_nothing_and_the_cursor_follows_when_they_are_read_again() throws IOException {
        List<WrittenBundle.Part> reversed = new ArrayList<>(written.parts());
        Collections.reverse(reversed);
        long added = 0;
        for (WrittenBundle.Part part : reversed) {
            added += two.read(part.file()).log().tally().added();
        }
        assertThat(added).isEqualTo(RESOURCES);
        assertThat(two.cursor(peer)).isEqualTo(written.parts().get(0).manifest().upTo());

        for (WrittenBundle.Part part : written.parts()) {
            SyncReport again = two.read(part.file());
            assertThat(again.log().tally().unchanged())
                    .isEqualTo((int) part.manifest().resources());
        }
        assertAllRead();
    }

    @Test
    void a_missing_part_is_a_gap_that_is_named_and_can_be_filled_later() throws IOException {
        WrittenBundle.Part missing = written.parts().get(1);
        List<WrittenBundle.Part> later =
                written.parts().subList(2, written.parts().size());
        two.read(written.parts().get(0).file());
        for (WrittenBundle.Part part : later) {
            SyncReport report = two.read(part.file());
            assertThat(report.log().tally().added())
                    .isEqualTo((int) part.manifest().resources());
            assertThat(report.log().message())
                    .contains("begins after feed position " + part.manifest().after());
        }
        assertThat(two.cursor(peer)).isEqualTo(missing.manifest().after());
        assertThat(two.b.harvest().withdrawn(peer.id())).isEmpty();

        assertThat(two.read(missing.file()).log().tally().added())
                .isEqualTo((int) missing.manifest().resources());
        for (WrittenBundle.Part part : later) {
            two.read(part.file());
        }
        assertAllRead();
    }
}

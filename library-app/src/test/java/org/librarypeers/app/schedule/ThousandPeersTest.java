package org.librarypeers.app.schedule;

import org.junit.jupiter.api.Tag;

/** Tests of three nodes with a thousand peers. */
@Tag("servers")
class ThousandPeersTest extends ManyPeers {

    ThousandPeersTest() {
        super(1_000);
    }
}

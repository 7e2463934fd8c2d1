package org.librarypeers.app.schedule;

/** Tests of three nodes with a hundred peers. */
class HundredPeersTest extends ManyPeers {

    HundredPeersTest() {
        super(100);
    }
}

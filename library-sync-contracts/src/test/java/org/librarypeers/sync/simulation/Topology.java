package org.librarypeers.sync.simulation;

import java.time.Duration;
import java.util.Random;
import org.librarypeers.domain.PeerHost;

/** The random network of peers: a chain, a ring, a star or any other shape, with some existing sites. */
record Topology(World world, Random random, Scenario.Size size) {

    void build() {
        int libraries = size.libraries(random);
        int sites = size == Scenario.Size.LARGE ? 5 : random.nextInt(3);
        for (int i = 0; i < libraries; i++) {
            world.add("l" + i, random);
        }
        for (int i = 0; i < sites; i++) {
            world.sites.add(new SimSite(
                    PeerHost.of("https://s" + i + ".example.org"), Duration.ofMinutes(random.nextInt(2_880) - 1_440)));
        }
        int shape = random.nextInt(4);
        for (int i = 0; i < libraries; i++) {
            switch (shape) {
                case 0 -> pulls(i, i - 1);
                case 1 -> pulls(i, Math.floorMod(i - 1, libraries));
                case 2 -> {
                    pulls(i, 0);
                    pulls(0, i);
                }
                default -> {
                    for (int links = 0; links < 2; links++) {
                        pulls(i, random.nextInt(libraries));
                    }
                }
            }
        }
        for (int i = 0; i < sites; i++) {
            for (int readers = 0; readers < 2; readers++) {
                peer(random.nextInt(libraries), world.sites.get(i).host);
            }
        }
    }

    private void pulls(int from, int to) {
        if (to >= 0 && to != from) {
            peer(from, world.libraries.get(to).host);
        }
    }

    private void peer(int library, PeerHost host) {
        world.peer(world.libraries.get(library), host, World.policy(random), random.nextInt(8) == 0);
    }
}

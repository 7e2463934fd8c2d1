package org.librarypeers.sync.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;

/** The events at existing sites, and the events that garble what is sent. */
record SiteWork(World world, Random random) {

    void somethingChanges() {
        if (world.sites.isEmpty()) {
            return;
        }
        SimSite site = World.any(world.sites, random);
        int die = random.nextInt(10);
        if (random.nextInt(40) == 0) {
            importMany(site);
        } else if (!site.rows.isEmpty() && random.nextInt(20) == 0) {
            oneGuidTwice(site);
        } else if (site.rows.isEmpty() || die < 3) {
            SimSite other = World.any(world.sites, random);
            boolean copies = other != site && !other.rows.isEmpty() && random.nextInt(3) == 0;
            SimSite.Row original = copies ? World.any(other.rows, random) : null;
            boolean known = original != null && site.rows.stream().anyMatch(row -> row.guid.equals(original.guid));
            SimSite.Row row = original == null || known
                    ? new SimSite.Row(site.rows.size() + 1, World.guid(random), null, world.content(random))
                    : new SimSite.Row(site.rows.size() + 1, original.guid, maker(other, original), original.content);
            site.rows.add(row);
            world.tell("%s: has %s now", site.host, row.guid);
            site.change(row, world.now(), random, () -> row.approved = true);
        } else {
            SimSite.Row row = World.any(site.rows, random);
            ResourceContent content = world.content(random);
            if (die < 8) {
                world.tell("%s: %d, %s, says %s", site.host, row.id, row.guid, content.title());
                site.change(row, world.now(), random, () -> {
                    row.content = content;
                    row.changedInSilence = false;
                });
            } else if (die < 9) {
                world.tell("%s: %d, %s, says %s, without a new date", site.host, row.id, row.guid, content.title());
                row.content = content;
                row.changedInSilence = true;
            } else {
                world.tell("%s: %d, %s, is approved: %s", site.host, row.id, row.guid, !row.approved);
                site.change(row, world.now(), random, () -> row.approved = !row.approved);
            }
        }
        site.commitUntil(world.now());
    }

    /** Adds so many rows, one after the other, that a page of them takes several batches. */
    private void importMany(SimSite site) {
        int many = 60 + random.nextInt(60);
        world.tell("%s: has %d more now", site.host, many);
        for (int i = 0; i < many; i++) {
            SimSite.Row row = new SimSite.Row(site.rows.size() + 1, World.guid(random), null, world.content(random));
            site.rows.add(row);
            site.change(row, world.now(), random, () -> row.approved = true);
            world.pass(Duration.ofSeconds(10));
        }
    }

    /** Adds a resource with the GUID of another one. */
    private void oneGuidTwice(SimSite site) {
        SimSite.Row first = World.any(site.rows, random);
        if (site.rows(first.guid).size() == 1) {
            SimSite.Row second = new SimSite.Row(site.rows.size() + 1, first.guid, first.maker, world.content(random));
            site.rows.add(second);
            world.tell("%s: has %s twice now, as %d and %d", site.host, first.guid, first.id, second.id);
            site.change(second, world.now(), random, () -> second.approved = true);
        }
    }

    private static PeerHost maker(SimSite site, SimSite.Row row) {
        return row.maker == null ? site.host : row.maker;
    }

    /** Makes a resource unreadable or absent for readers, or ends that state. */
    void somethingIsGarbled(SimLibrary library) {
        List<Resource> approved = library.resources(Status.APPROVED);
        if (!world.sites.isEmpty() && random.nextBoolean()) {
            SimSite site = World.any(world.sites, random);
            if (!site.rows.isEmpty()) {
                SimSite.Row row = World.any(site.rows, random);
                if (random.nextInt(3) == 0) {
                    row.absent = !row.absent;
                    row.wasAbsent = true;
                    row.timesGone++;
                    world.tell("%s: %d, %s, is listed and not there: %s", site.host, row.id, row.guid, row.absent);
                } else if (random.nextInt(3) == 0) {
                    row.unreadableRow = !row.unreadableRow;
                    world.tell("%s: the row of %s is unreadable: %s", site.host, row.guid, row.unreadableRow);
                } else {
                    row.bad = !row.bad;
                    world.tell("%s: %d, %s, is bad: %s", site.host, row.id, row.guid, row.bad);
                }
            }
        } else if (!approved.isEmpty()) {
            Guid guid = World.any(approved, random).guid();
            boolean garbled = library.garbled.add(guid) || !library.garbled.remove(guid);
            world.tell("%s: %s is garbled: %s", library, guid, garbled);
        }
    }
}

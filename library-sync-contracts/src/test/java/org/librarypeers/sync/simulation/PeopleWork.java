package org.librarypeers.sync.simulation;

import java.util.List;
import java.util.Random;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.Provenance;

/** The work of the people in one library: they make, edit, restore and review resources. */
record PeopleWork(World world, SimLibrary library, Random random) {

    void create() {
        Guid guid = World.guid(random);
        world.tell("%s: somebody makes %s", library, guid);
        library.create(guid, world.content(random), random.nextInt(4) > 0);
    }

    void editLocalWork() {
        editOne(library.made.keySet().stream().sorted().toList());
    }

    void editAnything() {
        editOne(library.resources().stream().map(Resource::guid).toList());
    }

    private void editOne(List<Guid> among) {
        Resource resource = among.isEmpty() ? null : library.find(World.any(among, random));
        if (resource != null) {
            ResourceContent content = world.content(random);
            world.tell("%s: somebody makes %s say %s", library, resource.guid(), content.title());
            library.edit(resource, content);
        }
    }

    void restore() {
        List<Resource> all = library.resources();
        if (!all.isEmpty()) {
            Resource resource = World.any(all, random);
            int revision = 1 + random.nextInt(resource.revisions().latest());
            world.tell("%s: somebody restores revision %d of %s", library, revision, resource.guid());
            world.restored.add(resource.guid());
            library.touched = true;
            Resource after = new Provenance(library.storage, library.clock)
                    .restore(resource.guid(), revision, SimLibrary.EDITOR);
            if (library.made.containsKey(resource.guid())) {
                library.made.put(resource.guid(), after.content());
            }
        }
    }

    void review() {
        List<Resource> pending = library.resources(Status.PENDING);
        boolean first = !pending.isEmpty() && random.nextInt(4) > 0;
        List<Resource> among = first ? pending : library.resources();
        int many = first ? 1 + random.nextInt(among.size()) : Math.min(1, among.size());
        for (int i = 0; i < many; i++) {
            Resource resource = library.find(World.any(among, random).guid());
            if (resource != null) {
                Status status = random.nextInt(5) > 0 ? Status.APPROVED : Status.REJECTED;
                if (resource.status() == Status.APPROVED && random.nextInt(4) == 0) {
                    status = Status.ARCHIVED;
                }
                world.tell("%s: a reviewer decides that %s is %s", library, resource.guid(), status);
                if (status != Status.ARCHIVED && random.nextInt(3) == 0) {
                    library.decideAsShown(resource, status);
                } else {
                    library.decide(resource, status);
                }
                if (status != Status.ARCHIVED && random.nextInt(6) == 0) {
                    undo(
                            random.nextBoolean()
                                    ? resource.guid()
                                    : World.any(library.resources(), random).guid());
                }
            }
        }
    }

    /** Narrows or widens a selection rule, or refuses a resource, or revokes a refusal. */
    void select() {
        List<Peer> peers = library.peers();
        List<Resource> all = library.resources();
        if (!all.isEmpty() && random.nextInt(4) == 0) {
            Guid guid = World.any(all, random).guid();
            if (!library.storage.selections().revoke(guid)) {
                world.tell("%s: somebody refuses %s", library, guid);
                library.storage
                        .selections()
                        .refuse(new Refusal(guid, "", SimLibrary.EDITOR, library.clock.instant(), "refused"));
            }
        } else if (!peers.isEmpty()) {
            Peer peer = World.any(peers, random);
            SelectionRule rule = SelectionRule.parse(
                    World.any(List.of("", "", "tag:T0", "tag:T0 tag:T1", "-tag:T1", "tag:T2 -text:1"), random));
            world.tell("%s: takes %s of %s", library, rule, peer);
            library.changePeer(peer, same -> same.withSelection(rule));
        }
    }

    private void undo(Guid guid) {
        Resource resource = library.find(guid);
        if (resource != null) {
            world.tell("%s: a reviewer undoes the last decision on %s", library, guid);
            library.undo(resource);
        }
    }
}

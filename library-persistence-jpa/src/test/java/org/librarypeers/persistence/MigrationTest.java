package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;

/** Tests that a database of an earlier version is migrated to this version without loss of data. */
class MigrationTest {

    @Test
    void what_the_first_version_kept_is_served_and_found() {
        TestDatabase database = TestDatabase.create();
        Flyway.configure().dataSource(database.pool()).target("1").load().migrate();
        database.execute("insert into peer values (1, 'Peer', 'https://peer.example.org', 'u', null, true, false)");
        resource(database, 1, "water", 1, "amina", null);
        resource(database, 2, "water", 2, null, 1);
        database.execute("insert into revision values (2, 1, '{}', 'juma', null, null, now())");
        resource(database, 3, "air", 1, null, 1);
        database.execute("insert into category (name, names) values ('Topic', '{}'), ('Other', '{}')");
        for (int category = 1; category <= 2; category++) {
            database.execute("insert into tag (guid, category_id, name, names, description, summary)"
                    + " values (('00000000-0000-0000-0000-00000000000' || " + category + ")::uuid, " + category
                    + ", 'Safe Water', '{}', '{}', '{}')");
            database.execute("insert into resource_tag values (" + category + ", 1, " + category + ", 0, now())");
        }

        try (JpaStorage storage = database.storage().build()) {
            storage.migrate();

            List<CatalogueEntry> all = storage.catalogue().all(0, 10);
            assertThat(all)
                    .extracting(CatalogueEntry::creator)
                    .containsExactly(new UserName("amina"), new UserName("juma"), null);
            assertThat(all).extracting(entry -> entry.resource().slug()).doesNotHaveDuplicates();
            assertThat(all.get(0).resource().slug()).hasToString("water");
            assertThat(storage.tags().inUse())
                    .hasSize(2)
                    .extracting(CatalogueTag::slug)
                    .doesNotHaveDuplicates();
            assertThat(storage.catalogue().search("title", 0, 10)).hasSize(3);
        } finally {
            database.pool().close();
        }
    }

    @Test
    void what_a_peer_changed_is_unread_until_a_decision_whatever_was_edited_since() {
        TestDatabase database = TestDatabase.create();
        Flyway.configure().dataSource(database.pool()).target("8").load().migrate();
        database.execute("insert into peer (id, name, host, api_user, active, reviews_updates)"
                + " values (1, 'Peer', 'https://peer.example.org', 'u', true, false)");
        resource(database, 1, "edited-since", 3, "amina", null);
        database.execute("insert into revision values (1, 1, '{}', 'amina', null, null, now())");
        database.execute("insert into revision values (1, 2, '{}', null, 1, 1, now())");
        resource(database, 2, "changed", 2, null, 1);
        database.execute("insert into revision values (2, 1, '{}', null, 1, 1, now())");
        resource(database, 3, "edited", 2, "amina", null);
        database.execute("insert into revision values (3, 1, '{}', null, 1, 1, now())");
        resource(database, 4, "own", 2, "amina", null);
        database.execute("insert into revision values (4, 1, '{}', 'amina', null, null, now())");
        database.execute("update resource set reviewed = 1");
        database.execute("insert into sync_log values"
                + " (1, 1, 'succeeded', null, 1, 2, 0, 0, 0, 0, 0, 4, now(), now(), null)");

        try (JpaStorage storage = database.storage().build()) {
            storage.migrate();

            assertThat(storage.catalogue().all(0, 10))
                    .extracting(entry -> entry.resource().review())
                    .containsExactly(
                            new ReviewState(2, 1), new ReviewState(2, 1), new ReviewState(1, 1), new ReviewState(0, 1));
            assertThat(storage.resources().changedUpstreamCount()).isEqualTo(2);
            assertThat(brought(storage, Outcome.Kind.ADDED)).containsExactly("changed", "edited");
            assertThat(brought(storage, Outcome.Kind.UPDATED)).containsExactly("edited-since", "changed");
            assertThat(storage.syncLogs().nextId()).isEqualTo(new SyncLogId(2));
            assertThat(storage.peers().nextId()).isEqualTo(new PeerId(2));
        } finally {
            database.pool().close();
        }
    }

    private static List<String> brought(JpaStorage storage, Outcome.Kind kind) {
        return storage.syncLogs().outcomes(new SyncLogId(1), kind, 0, 10).items().stream()
                .map(item -> String.valueOf(item.slug()))
                .toList();
    }

    private static void resource(TestDatabase database, int id, String slug, int revision, String user, Integer peer) {
        database.execute("""
                insert into resource (id, guid, slug, status, title, description, attribution, study_time, revision_number,
                                      author_user, author_peer, author_run, revision_at, created, updated, version)
                values (%d, gen_random_uuid(), '%s', 'approved', '{"en": "Title"}', '{}', '{}', 0, %d,
                        %s, %s, %s, now(), now(), now(), 1)""".formatted(
                        id, slug, revision, user == null ? "null" : "'" + user + "'", peer, peer == null ? null : 1));
    }
}

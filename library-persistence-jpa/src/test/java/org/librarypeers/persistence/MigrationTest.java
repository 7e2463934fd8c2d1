package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.sync.storage.StorageException;

/** Tests which tables a migration creates, and which databases it leaves untouched. */
@Timeout(60)
class MigrationTest {

    /** The SHA-256 hashes of the scripts. */
    private static final List<String> FROZEN = List.of(
            "68669bd3e35ac9246f27408c7e29c7c5c0019b9864a6dda998d09013eb679cb1",
            "ff9da81eb56e9a7ada766122912c59592da16b84659f7818ce337a307f83f23d",
            "c74484c8c7f0c9f9f568e532dbb704e8c48f58e4806b198b59150b41e4e503b0",
            "69c74c6d3b8485372a6e3e982ad918f8c7256034cbc2dd7ba48f75e0609c62c3",
            "308525dc6c88385a401233ce88e26fd7cd2a12c81ac476a7ca21110a21720fd1",
            "4c821a2875d00fb5f718436c9aceebdd9a01703955a39c504eb780ee9ee59f79",
            "1af2a50ab202cfbbcf84eaf21fdcfc36a167c772e99a55b116e43607bd959e22",
            "d6f692e4925876ae77c2d0a68edb9e693c1ab059182d6f1ecfbb910ebebaff99",
            "e1bb42e83002174a50eef26427d132e33ae65ce5d891841a0a03dfc25eeea481",
            "b22849bf5a6624e2bd2868de9c98ed34e370a31998d8822dbd8056da65aeaea6",
            "0ea795b967bcaac1420538a7546a8661003af56a17b3e69c1de09a777ab811e1",
            "1aa62b951fb10fe84a2282569d9736e6e05c4abc88766f4eca5cd5eaa3d5be28",
            "4b259dd164cb379dad354cc2d39b174e0d3ea771b77a0903870b0e72bed2a324",
            "304d7f61e033843295f696431fbcd9102e4a027d1db546dca2fa5b0deb64a882",
            "0574de4e3c685640f74865ad19a8fa208d59128df4d04fb68cb18391b4a9a20d",
            "ad1af61ee014e03eb0d96db433995d0599537c2caa3ceafc94010fc9847129e1",
            "8a9ac03505d5e5c36b1d41a06e5087e4bb481097301c9e2d996cfa6544eee2b9",
            "b909138879c659cd375a321b3542941d2f45d51f3b4a4e84574bbd268f3c3b38",
            "867d6a8d1035919f97cc87b45ee4cd798be2e983baafbb55c91677f6b029f1bb",
            "5bdbc37fd453e591e28812e925a68a310d783feb70ca3e88dd6610f86f5ed5f8",
            "57636ab8aad223af420e05e9a57fec9c2fe09e0cd96c1fddbf9cdaaf49917064",
            "aa91a658bf778f624e77f1d1fbfa99b6ca0848631ceae3b13c3e620d9b6bc2e5",
            "9d2c1aa016945fed635e6751bd9390fb1c25de5929d7d461f50de098981dcd67",
            "1e072ce0a8aff56d7730c0986531b47dbd9d070c305fc7037c9a93616ddd7b8c",
            "120744888f90a2f94a61c071a79cb6ce963a2fb892b7ef0da6081ac3f9b0768b");

    private static final String TABLES = "select tablename::text from pg_tables where schemaname = 'public' order by 1";

    @Test
    void a_migration_never_changes() throws NoSuchAlgorithmException {
        List<String> hashes = new ArrayList<>();
        for (String script : Schema.SCRIPTS) {
            hashes.add(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Schema.script(script))));
        }

        assertThat(hashes)
                .as(
                        "The migrations are frozen, because databases were made with them. Undo the change, and write it as a"
                                + " new migration beside the others")
                .isEqualTo(FROZEN);
    }

    @Test
    void the_tables_are_those_of_the_migrations() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = database.storage().build()) {
            storage.migrate();

            assertThat(database.texts(TABLES))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Schema.tables().stream(), Stream.of(Schema.HISTORY))
                                    .toList());
        } finally {
            database.pool().close();
        }
    }

    @Test
    void the_migrations_run_in_their_order() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = database.storage().build()) {
            storage.migrate();

            assertThat(database.texts(
                            "select script from " + Schema.HISTORY + " where type = 'SQL' order by installed_rank"))
                    .isEqualTo(Schema.SCRIPTS);
        } finally {
            database.pool().close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tables_of_a_development_build_are_refused_and_left_untouched(boolean withHistory) {
        TestDatabase database = TestDatabase.create();
        for (String table : List.of("peer", "account", "resource", "sync_log", "harvest", "bad_item")) {
            database.execute("create table " + table + " (id bigint primary key)");
        }
        database.execute("insert into resource values (1)");
        if (withHistory) {
            database.execute("create table flyway_schema_history (installed_rank integer primary key, version text,"
                    + " type text, script text, installed_by text)");
            database.execute("insert into flyway_schema_history values"
                    + " (1, '1', 'SQL', 'V1__library.sql', 'Library Peer Network 0.1.0-SNAPSHOT')");
        }
        List<String> before = database.texts(TABLES);

        try (JpaStorage storage = database.storage().build()) {
            for (Runnable use : List.<Runnable>of(storage::migrate, storage::check, storage::isNew)) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("made by a development build")
                        .hasMessageContaining("nothing was changed")
                        .hasMessageContaining("Use an empty database or another home")
                        .message()
                        .hasLineCount(1);
            }
        }

        assertThat(database.texts(TABLES)).isEqualTo(before);
        assertThat(database.texts("select id from resource")).containsExactly("1");
        database.pool().close();
    }

    @Test
    void tables_of_an_application_under_other_names_are_no_obstacle() throws Exception {
        TestDatabase database = TestDatabase.create();
        database.execute("create table invoice (id bigint primary key)");
        database.execute("create table flyway_schema_history (id bigint primary key)");
        ExecutorService processes = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> migrations = Stream.generate(() -> processes.submit(() -> {
                        try (JpaStorage storage = database.storage().build()) {
                            storage.migrate();
                        }
                    }))
                    .limit(4)
                    .<Future<?>>map(future -> future)
                    .toList();
            for (Future<?> migration : migrations) {
                migration.get(30, TimeUnit.SECONDS);
            }

            try (JpaStorage storage = database.storage().build()) {
                storage.check();
                assertThat(storage.isNew()).isFalse();
            }
            assertThat(database.texts("select count(*) from flyway_schema_history"))
                    .containsExactly("0");
            assertThat(database.texts(TABLES)).contains("invoice", "resource", Schema.HISTORY);
        } finally {
            processes.shutdownNow();
            database.pool().close();
        }
    }

    @Test
    void the_deletion_log_begins_with_what_is_known_to_have_been_served() {
        TestDatabase database = TestDatabase.create();
        try (Database old = Database.using(database.pool(), null, "test")) {
            old.migrate(12);
        }
        database.execute(
                "insert into peer (id, name, host, active, publication) values (1, 'P', 'h', true, 'publish_updates')");
        List<String> statuses =
                List.of("archived", "rejected", "pending", "approved", "rejected", "pending", "archived");
        for (int i = 0; i < statuses.size(); i++) {
            boolean isSent = i == 6;
            database.execute("""
                    insert into resource (id, guid, slug, status, title, description, attribution, study_time, revision_number,
                                          latest_revision, author_user, revision_at, created, updated, version,
                                          source_peer, source_name, source_host, source_route, received_fingerprint)
                    values (%1$d, '00000000-0000-0000-0000-00000000000%1$d', 'r%1$d', '%2$s', '{}', '{}', '{}', 0, 1, 1, 'amina',
                            now(), now(), timestamptz '2026-01-09' - interval '%1$d days', 1, %3$s)""".formatted(
                            i, statuses.get(i), isSent ? "1, 'P', 'h', '{}', 'f'" : "null, null, null, null, null"));
        }
        for (int approvedOnce : List.of(1, 2, 3)) {
            database.execute("insert into decision (resource_id, revision, status, decided_by, at) values ("
                    + approvedOnce + ", 1, 'approved', 'amina', now())");
        }
        database.execute("insert into decision (resource_id, revision, status, decided_by, at)"
                + " values (4, 1, 'rejected', 'amina', now())");
        database.execute("insert into offer (peer_id, guid, withdrawn)"
                + " values (1, '00000000-0000-0000-0000-000000000006', now())");

        try (JpaStorage storage = database.storage().build()) {
            storage.migrate();

            assertThat(database.texts(
                            "select right(guid::text, 1) || ' ' || reason || ' ' || (at at time zone 'UTC')::date"
                                    + " from deletion order by feed_position"))
                    .containsExactly(
                            "6 withdrawn 2026-01-02",
                            "2 unpublished 2026-01-06",
                            "1 rejected 2026-01-07",
                            "0 archived 2026-01-08");
            assertThat(database.texts("select count(*) from resource join deletion using (feed_position)"))
                    .containsExactly("0");
        } finally {
            database.pool().close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update resource set study_time = -1",
                "update resource set revision_number = 0",
                "update resource set latest_revision = 0",
                "insert into revision select id, 0, '{}', 'amina', null, null, now() from resource",
                "insert into attachment select 2, id, gen_random_uuid(), 'file', 0, 0, '{}', '{}', 'u', 0 from resource",
                "insert into attachment select 2, id, gen_random_uuid(), 'file', -1, 0, '{}', '{}', 'u', 0 from resource",
                "insert into attachment select 2, id, gen_random_uuid(), 'film', 1, 0, '{}', '{}', 'u', 0 from resource",
                "insert into attachment select 2, id, gen_random_uuid(), 'file', 1, 0, '{}', '{}', 'u', -1 from resource",
                "insert into resource_tag select 2, r.id, t.id, 0, now() from resource r, tag t where t.name = 'B'"
            })
    void what_no_resource_may_be_is_refused_by_the_database(String sql) {
        TestDatabase database = TestDatabase.shared();
        database.empty();
        database.execute("""
                insert into resource (id, guid, slug, status, title, description, attribution, study_time, revision_number,
                                      latest_revision, author_user, revision_at, created, updated, version)
                values (1, gen_random_uuid(), 'water', 'approved', '{}', '{}', '{}', 0, 1, 1, 'amina',
                        now(), now(), now(), 1)""");
        database.execute("insert into category (id, name, spelling, names) values (1, 'C', 'c', '{}')");
        for (String tag : List.of("A", "B")) {
            database.execute("insert into tag (guid, category_id, name, spelling, slug, names, description, summary)"
                    + " values (gen_random_uuid(), 1, '" + tag + "', '" + tag + "', '" + tag + "', '{}', '{}', '{}')");
        }
        database.execute(
                "insert into attachment select 1, id, gen_random_uuid(), 'link', 0, 0, '{}', '{}', 'u', 0 from resource");
        database.execute(
                "insert into resource_tag select 1, r.id, t.id, 0, now() from resource r, tag t where t.name = 'A'");

        assertThatThrownBy(() -> database.execute(sql)).hasMessageContaining("constraint");
    }
}

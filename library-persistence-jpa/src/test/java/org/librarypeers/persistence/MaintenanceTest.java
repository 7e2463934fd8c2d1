package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.persistence.Maintenance.Content;
import org.librarypeers.persistence.Maintenance.Sequence;
import org.librarypeers.persistence.Maintenance.Snapshot;
import org.librarypeers.persistence.Maintenance.Table;
import org.librarypeers.sync.accounts.AccountTokenRepository.AccountToken;
import org.librarypeers.sync.accounts.AccountTokenRepository.Purpose;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.NotificationState;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.librarypeers.sync.storage.StorageException;

class MaintenanceTest {

    private static final SigningKey SIGNING_KEY =
            new SigningKey(new BundleKey("0a".repeat(32)), "the private key", Samples.NOON);

    private static final String HOSTILE = "a\tb\\N\\.\r\n\"é\" المياه 💧";

    static AuditEntry entry(String action) {
        AuditEntry.Actor root = new AuditEntry.Actor(AuditEntry.Actor.Kind.COMMAND_LINE, "root");
        return new AuditEntry(AuditEntry.NEW, Samples.NOON, root, null, action, null, Map.of());
    }

    private static Resource resource(String title) {
        ResourceContent content = ResourceContent.titled(
                        LocalizedText.of("en", title).with("ar", "المياه"))
                .tags(List.of(Tag.of("Audience", "Midwife")))
                .build();
        return Resource.create(
                        Guid.random(), content, Samples.AMINA, Clock.systemUTC().instant())
                .approve(Clock.systemUTC().instant());
    }

    private static void fill(JpaStorage storage) {
        PeerId peer = storage.peers().nextId();
        storage.peers()
                .save(Samples.peer(peer, "https://a.example.org").withCredentials("user", new ApiKey("a secret key")));
        storage.accounts().add(new Account(Samples.AMINA, null, Role.ADMIN), "hash", new ApiKey("another secret"));
        storage.resources().save(List.of(resource("Safe water"), resource(HOSTILE)));
        storage.signingKey().saveFirst(SIGNING_KEY);
        storage.audit().add(entry("filled"));
    }

    /** Returns every row of every table as text, sorted. */
    private static Map<String, List<String>> dump(TestDatabase database) {
        Map<String, List<String>> dump = new TreeMap<>();
        for (String table : Schema.tables()) {
            // Without the entry about a restoration.
            String shown =
                    table.equals("audit_entry") ? "(select * from audit_entry where action <> 'restored')" : table;
            dump.put(table, database.texts("select t::text from " + shown + " t order by 1"));
        }
        return dump;
    }

    private static JpaStorage migrated(TestDatabase database) {
        JpaStorage storage = database.storage().build();
        storage.migrate();
        storage.check();
        return storage;
    }

    @Test
    void every_table_column_and_sequence_is_in_a_snapshot_and_every_parent_comes_first() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = migrated(database)) {
            Content content = SnapshotCopy.of(storage).content();

            assertThat(content.tables())
                    .extracting(Table::name)
                    .containsExactlyInAnyOrderElementsOf(
                            database.texts("select tablename from pg_tables where schemaname = 'public'"
                                    + " and tablename <> 'library_schema_history'"));
            assertThat(content.sequences())
                    .extracting(Sequence::name)
                    .containsExactlyInAnyOrderElementsOf(
                            database.texts("select sequencename from pg_sequences where schemaname = 'public'"));
            assertThat(content.tables().stream()
                            .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column)))
                    .containsExactlyInAnyOrderElementsOf(
                            database.texts("select table_name || '.' || column_name from information_schema.columns"
                                    + " where table_schema = 'public' and is_generated = 'NEVER'"
                                    + " and table_name in (select tablename from pg_tables)"
                                    + " and table_name <> 'library_schema_history'"));
            List<String> order = content.tables().stream().map(Table::name).toList();
            for (String key :
                    database.texts("select conrelid::regclass || ' ' || confrelid::regclass from pg_constraint"
                            + " where contype = 'f' and connamespace = 'public'::regnamespace")) {
                String[] tables = key.split(" ");
                assertThat(order.indexOf(tables[1])).as(key).isLessThan(order.indexOf(tables[0]));
            }
        }
    }

    @Test
    void a_restored_database_equals_the_snapshot_row_for_row_and_goes_on_from_there() {
        TestDatabase from = TestDatabase.create();
        TestDatabase to = TestDatabase.create();
        try (JpaStorage source = migrated(from);
                JpaStorage target = to.storage().build()) {
            fill(source);
            SnapshotCopy copy = SnapshotCopy.of(source);
            copy.restore(target);

            assertThat(dump(to)).isEqualTo(dump(from));
            assertThat(to.texts("select title ->> 'en' from resource")).contains(HOSTILE);
            assertThat(target.id()).isEqualTo(source.id());
            target.check();
            // Ids, feed positions, kept counts and the search backlog go on.
            target.resources().save(List.of(resource("Clean hands")));
            assertThat(to.texts("select sum(number)::text from resource_count where facet = 'status'"))
                    .containsExactly("3");
            assertThat(target.catalogue().unindexed(10)).isEqualTo(3);
            assertThat(to.texts("select (max(feed_position) > 1000000000)::text from resource"))
                    .containsExactly("true");
            assertThat(target.peers().nextId().value()).isEqualTo(2);
        }
    }

    @Test
    void a_snapshot_has_one_state_while_others_write() {
        TestDatabase from = TestDatabase.create();
        TestDatabase to = TestDatabase.create();
        try (JpaStorage source = migrated(from);
                JpaStorage target = to.storage().build()) {
            fill(source);
            Map<String, List<String>> before = dump(from);
            SnapshotCopy copy;
            try (Snapshot snapshot = source.maintenance().snapshot()) {
                source.resources().save(List.of(resource("Too late")));
                copy = SnapshotCopy.of(snapshot);
            }
            copy.restore(target);

            assertThat(dump(to)).isEqualTo(before).isNotEqualTo(dump(from));
        }
    }

    @Test
    void a_snapshot_of_an_earlier_version_is_loaded_and_then_migrated() {
        TestDatabase from = TestDatabase.create();
        TestDatabase to = TestDatabase.create();
        Database old = Database.using(from.pool(), null, "test");
        old.migrate(1);
        from.execute("""
            insert into resource (id, guid, slug, status, title, description, attribution, study_time, revision_number,
                                  latest_revision, author_user, revision_at, created, updated, version)
            values (1, gen_random_uuid(), 'water', 'approved', '{"en": "Water"}', '{}', '{}', 0, 1, 1, 'amina',
                    now(), now(), now(), 1)\
            """);
        try (JpaStorage source = from.storage().build();
                JpaStorage target = to.storage().build()) {
            SnapshotCopy copy = SnapshotCopy.of(source);
            assertThat(copy.content().schemaVersion()).isEqualTo(1);
            assertThat(from.texts("select max(version::integer) from library_schema_history"))
                    .containsExactly("1");
            copy.restore(target);

            target.check();
            assertThat(to.texts("select max(version::integer) from library_schema_history"))
                    .containsExactly(String.valueOf(Schema.latest()));
            assertThat(to.texts("select key || number from resource_count where facet = 'language'"))
                    .containsExactly("en1");
        }
    }

    @Test
    void what_cannot_be_restored_is_refused_and_changes_nothing() {
        TestDatabase from = TestDatabase.create();
        TestDatabase to = TestDatabase.create();
        byte[] otherKey = new byte[Secrets.KEY_BYTES];
        otherKey[0] = 1;
        try (JpaStorage source = migrated(from);
                JpaStorage target = to.storage().build();
                JpaStorage stranger = to.storage().secretKey(otherKey).build()) {
            fill(source);
            SnapshotCopy copy = SnapshotCopy.of(source);

            refused(source, copy, "already has the data of a library");
            refused(target, version(copy, Schema.latest() + 1), "made by a later version of the program (test 9");
            assertThat(to.texts("select tablename from pg_tables where schemaname = 'public'"))
                    .isEmpty();
            // From here on, the database has empty tables.
            refused(stranger, copy, "the secret key is not the one");
            Content content = copy.content();
            refused(
                    target,
                    new SnapshotCopy(
                            new Content(
                                    content.program(),
                                    content.library(),
                                    content.schemaVersion(),
                                    content.tables().subList(1, content.tables().size()),
                                    content.sequences()),
                            copy.rows()),
                    "does not have the tables of schema version");
            refused(target, version(copy, 1), "empty tables of schema version " + Schema.latest());
            Map<String, byte[]> broken = new HashMap<>(copy.rows());
            broken.put("search_backlog", "7\n".getBytes(StandardCharsets.UTF_8));
            refused(target, new SnapshotCopy(content, broken), "foreign key constraint");
            assertThat(dump(to).get("resource")).isEmpty();
            assertThat(to.texts("select count(*)::text from pg_trigger where not tgisinternal and tgenabled <> 'O'"))
                    .containsExactly("0");

            copy.restore(target);
            assertThat(dump(to)).isEqualTo(dump(from));
        }
    }

    private static SnapshotCopy version(SnapshotCopy copy, int version) {
        Content content = copy.content();
        return new SnapshotCopy(
                new Content("test 9", content.library(), version, content.tables(), content.sequences()), copy.rows());
    }

    private static void refused(JpaStorage storage, SnapshotCopy copy, String why) {
        assertThatThrownBy(() -> copy.restore(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(why);
    }

    @Test
    void at_most_one_snapshot_is_held() {
        JpaStorage storage = TestDatabase.sharedStorage();
        try (Snapshot held = storage.maintenance().snapshotUnlessHeld().orElseThrow()) {
            assertThat(held.content().tables()).isNotEmpty();
            assertThat(storage.maintenance().snapshotUnlessHeld()).isEmpty();
        }
        storage.maintenance().snapshotUnlessHeld().orElseThrow().close();
    }

    @Test
    void another_secret_key_decrypts_everything_and_ends_the_sessions() {
        TestDatabase database = TestDatabase.create();
        byte[] key = new byte[Secrets.KEY_BYTES];
        key[0] = 1;
        try (JpaStorage before = migrated(database);
                JpaStorage after = database.storage().secretKey(key).build()) {
            fill(before);
            database.execute("insert into session values ('\\x01', '" + Samples.AMINA + "', now() + interval '1 day')");
            before.outbox().add(message());
            List<String> secrets = secrets(database);
            before.maintenance().changeSecretKey(() -> key);

            after.check();
            assertThat(after.peers().all().get(0).apiKey()).isEqualTo(new ApiKey("a secret key"));
            assertThat(after.accounts().apiKey(Samples.AMINA)).contains(new ApiKey("another secret"));
            assertThat(after.signingKey().find()).contains(SIGNING_KEY);
            assertThat(after.accounts().findByApiKey(new ApiKey("another secret")))
                    .isPresent();
            assertThat(after.outbox().claim(OutboxMessage.Channel.MAIL, Samples.NOON, Duration.ofMinutes(1)))
                    .map(OutboxMessage::body)
                    .contains(message().body());
            assertThat(secrets(database)).doesNotContainAnyElementsOf(secrets);
            assertThat(before.maintenance().isKeyCurrent()).isFalse();
            assertThat(after.maintenance().isKeyCurrent()).isTrue();
            assertThatThrownBy(before::check).hasMessageContaining("the secret key is not the one");
            assertThatThrownBy(() -> before.maintenance().changeSecretKey(() -> key))
                    .hasMessageContaining("the secret key is not the one");
            after.check();
        }
    }

    private static OutboxMessage message() {
        return new OutboxMessage(
                new UUID(0, 1),
                OutboxMessage.Channel.MAIL,
                "amina@example.org",
                "A link",
                "https://library.example.org/password/x",
                Samples.NOON,
                Samples.NOON.plusSeconds(60),
                0);
    }

    @Test
    void a_restored_library_sends_no_message_again_and_its_links_no_longer_work() {
        TestDatabase from = TestDatabase.create();
        TestDatabase to = TestDatabase.create();
        try (JpaStorage source = migrated(from);
                JpaStorage target = to.storage().build()) {
            fill(source);
            source.outbox().add(message());
            source.notifications()
                    .save(new NotificationChoice(
                            Samples.AMINA, NotificationKind.RUNS, NotificationFrequency.DAILY, Set.of(new PeerId(1))));
            source.notifications().save(new NotificationState("peer 1", Samples.NOON, Samples.NOON, 7));
            source.accountTokens()
                    .add("secret", new AccountToken(Samples.AMINA, Purpose.RESET, Samples.NOON.plusSeconds(60)));
            assertThat(from.texts("select position('password' in encode(body, 'escape'))::text from outbox"))
                    .containsExactly("0");

            SnapshotCopy.of(source).restore(target);

            assertThat(target.outbox().unsent(10)).isEmpty();
            assertThat(target.signingKey().find()).contains(SIGNING_KEY);
            assertThat(target.accountTokens().find("secret", Samples.NOON)).isEmpty();
            assertThat(target.notifications().choices())
                    .isEqualTo(source.notifications().choices())
                    .hasSize(1);
            assertThat(target.notifications().states())
                    .isEqualTo(source.notifications().states())
                    .hasSize(1);
        }
    }

    /** Returns the values of all columns that depend on the secret key. A new column of bytes must be decided on here. */
    private static List<String> secrets(TestDatabase database) {
        assertThat(database.texts("select table_name || '.' || column_name from information_schema.columns"
                        + " where table_schema = 'public' and data_type = 'bytea'"))
                .containsExactlyInAnyOrder(
                        "peer.api_key",
                        "account.api_key",
                        "account.api_key_hash",
                        "session.secret_hash",
                        "secret_check.probe",
                        "upload_piece.bytes",
                        "outbox.body",
                        "signing_key.private_key",
                        // Plain hashes of random bits.
                        "account_token.hash",
                        "api_key.hash");
        List<String> secrets = new ArrayList<>();
        for (String sql : List.of(
                "select api_key from peer",
                "select api_key from account",
                "select api_key_hash from account",
                "select secret_hash from session",
                "select probe from secret_check",
                "select body from outbox",
                "select private_key from signing_key")) {
            secrets.addAll(database.texts(sql));
        }
        return secrets;
    }

    @Test
    void while_another_process_uses_the_database_neither_is_possible() {
        TestDatabase from = TestDatabase.create();
        TestDatabase to = TestDatabase.create();
        byte[] key = new byte[Secrets.KEY_BYTES];
        key[0] = 1;
        try (JpaStorage source = migrated(from);
                JpaStorage target = to.storage().build();
                JpaStorage node = JpaStorage.builder()
                        .database(to.url(), TestDatabase.USER, TestDatabase.PASSWORD)
                        .secretKey(TestDatabase.KEY)
                        .build()) {
            fill(source);
            SnapshotCopy copy = SnapshotCopy.of(source);
            node.migrate();

            refused(target, copy, "in use by 1 other process of the program");
            assertThatThrownBy(() -> target.maintenance().changeSecretKey(() -> key))
                    .hasMessageContaining("in use by 1 other process of the program");
            node.check();
        }
    }
}

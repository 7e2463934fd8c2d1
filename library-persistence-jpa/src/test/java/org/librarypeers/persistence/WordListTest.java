package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.contract.Samples;

/** Tests of the word list on PostgreSQL: its counts, crashes, and databases without the extension. */
@Timeout(60)
class WordListTest {

    private JpaStorage storage;

    @BeforeEach
    void beginEmpty() {
        storage = TestDatabase.sharedStorage();
    }

    private static List<String> words() {
        return TestDatabase.shared().texts("select word || ' ' || number from search_word order by word");
    }

    private static void count(Catalogue catalogue) {
        TestDatabase.shared().execute("update search_word set due = now()");
        catalogue.recountWords(1_000);
    }

    private Resource published(String title) {
        Resource resource = Samples.local(Samples.titled(title)).approve(Samples.NOON);
        storage.resources().save(List.of(resource));
        return resource;
    }

    @Test
    void saving_adds_no_words_and_indexing_adds_those_with_letters() {
        published("Maláría of 2024 in x1");
        assertThat(words()).isEmpty();

        storage.catalogue().index(10);

        assertThat(words()).containsExactly("malaria 1");
        assertThat(TestDatabase.shared().texts("select written from search_word"))
                .containsExactly("maláría");
    }

    @Test
    void words_are_counted_again_and_forgotten_when_no_resource_has_them() {
        Catalogue catalogue = storage.catalogue();
        Resource first = published("Malaria");
        catalogue.index(10);
        published("Malaria nets");
        storage.resources().save(Samples.local("Pending nets"));
        catalogue.index(10);
        assertThat(words()).containsExactly("malaria 1", "nets 1", "pending 0");

        count(catalogue);
        assertThat(words()).containsExactly("malaria 2", "nets 1", "pending 0");

        Resource stored = storage.resources().find(first.guid()).orElseThrow();
        storage.resources().save(stored.archive(Samples.NOON));
        TestDatabase.shared().execute("delete from resource where status = 'pending'");
        count(catalogue);
        assertThat(words()).containsExactly("malaria 1", "nets 1");
        assertThat(catalogue.recountWords(1_000)).isZero();
    }

    @Test
    void a_crash_while_indexing_loses_no_word() {
        published("Malaria");
        assertThat(catchThrowable(() -> storage.inTransaction(() -> {
                    storage.catalogue().index(10);
                    throw new IllegalStateException("the process ends here");
                })))
                .isInstanceOf(IllegalStateException.class);
        assertThat(words()).isEmpty();

        storage.catalogue().index(10);

        assertThat(words()).containsExactly("malaria 1");
    }

    @Test
    void a_user_who_may_not_create_the_extension_searches_without_corrections_until_somebody_else_does() {
        TestDatabase database = TestDatabase.create();
        String user = "restricted_reader";
        database.execute("drop role if exists " + user);
        database.execute("create role " + user + " login password 'restricted'");
        database.execute("create schema restricted authorization " + user);
        database.execute("create schema tools");
        try (HikariDataSource source = new HikariDataSource()) {
            source.setJdbcUrl(database.url());
            source.setUsername(user);
            source.setPassword("restricted");
            try (JpaStorage restricted = JpaStorage.builder()
                    .dataSource(source)
                    .secretKey(TestDatabase.KEY)
                    .schema("restricted")
                    .build()) {
                restricted.migrate();
                restricted.resources().save(Samples.local("Malaria").approve(Samples.NOON));
                Catalogue catalogue = restricted.catalogue();
                catalogue.index(10);

                assertThat(catalogue.correctsWords()).isFalse();
                assertThat(catalogue.corrected("malria")).isEmpty();
                assertThat(catalogue.completions("mal", 5)).containsExactly("malaria");
                assertThat(catalogue.search("malaria", 0, 5)).hasSize(1);
                assertThat(catalogue.recountWords(10)).isEqualTo(1);

                database.execute("create extension pg_trgm schema tools");
                assertThat(catalogue.correctsWords()).isFalse();
                database.execute("grant usage on schema tools to " + user);

                assertThat(catalogue.correctsWords()).isTrue();
                assertThat(catalogue.corrected("malria")).hasValue("malaria");
                catalogue.recountWords(10);
                assertThat(database.texts("select indexname from pg_indexes where schemaname = 'restricted'"))
                        .contains("search_word_similar");
                assertThat(catalogue.corrected("malria")).hasValue("malaria");
            }
        } finally {
            database.execute("drop schema restricted cascade");
            database.execute("drop schema tools cascade");
            database.execute("drop role " + user);
            database.pool().close();
        }
    }
}

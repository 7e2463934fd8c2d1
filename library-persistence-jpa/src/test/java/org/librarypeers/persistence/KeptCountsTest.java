package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.Samples;

/** Tests that the counts that the database keeps are those of its tables after every kind of change. */
@Timeout(120)
class KeptCountsTest {

    private static final String KEPT = """
            select facet || ' ' || key || ' ' || name || ' ' || sum(number) from resource_count
             group by facet, key, name having sum(number) <> 0 order by 1""";

    private static final String COUNTED = """
            select facet || ' ' || key || ' ' || name || ' ' || count(*)
              from (select 'status' as facet, status as key, '' as name from resource
                    union all
                    select 'language', unnest(languages), '' from resource where status = 'approved'
                    union all
                    select 'source', coalesce(source_host, ''), coalesce(source_name, '') from resource
                     where status = 'approved'
                    union all
                    select 'tag', tag_id::text, '' from resource_tag join resource on resource.id = resource_id
                     where status = 'approved') counted
             group by facet, key, name order by 1""";

    private JpaStorage storage;

    @BeforeEach
    void begin() {
        storage = TestDatabase.sharedStorage();
    }

    private static void assertKept() {
        assertThat(TestDatabase.shared().texts(KEPT))
                .isEqualTo(TestDatabase.shared().texts(COUNTED));
    }

    private static Resource changed(Resource resource, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> resource.approve(Samples.NOON);
            case 1 -> resource.reject(Samples.NOON);
            case 2 ->
                resource.status() == Status.APPROVED ? resource.archive(Samples.NOON) : resource.approve(Samples.NOON);
            default -> resource.edit(content(random), Samples.AMINA, Samples.NOON);
        };
    }

    private static ResourceContent content(Random random) {
        LocalizedText title = LocalizedText.of("en", "Title " + random.nextInt(9));
        List<Tag> tags = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.add(Tag.of("Topic", "Tag " + random.nextInt(5)));
        }
        return ResourceContent.titled(random.nextBoolean() ? title : title.with("es", "Agua"))
                .tags(tags)
                .build();
    }

    private void change(Random random, List<Guid> guids) {
        storage.inTransaction(() -> {
            List<Resource> saved = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                Resource added = Resource.create(Guid.random(), content(random), Samples.AMINA, Samples.NOON);
                saved.add(random.nextBoolean() ? added : added.approve(Samples.NOON));
            }
            List<Guid> some =
                    guids.stream().filter(guid -> random.nextInt(3) == 0).toList();
            storage.resources().findForUpdate(some).values().forEach(resource -> saved.add(changed(resource, random)));
            storage.resources().save(saved);
            saved.stream()
                    .map(Resource::guid)
                    .filter(guid -> !guids.contains(guid))
                    .forEach(guids::add);
        });
    }

    @Test
    void counts_follow_every_change() {
        Random random = new Random(16);
        List<Guid> guids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            change(random, guids);
            assertKept();
        }
        assertThat(guids).hasSizeGreaterThan(30);

        TestDatabase.shared().execute("delete from resource where mod(id, 3) = 0");
        assertKept();
        TestDatabase.shared().execute("delete from resource_tag where mod(id, 2) = 0");
        assertKept();
        TestDatabase.shared().empty();
        assertKept();
        assertThat(TestDatabase.shared().texts("select count(*) from resource_count"))
                .containsExactly("0");
    }

    @Test
    void a_transaction_that_is_rolled_back_counts_nothing() {
        Random random = new Random(17);
        List<Guid> guids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            change(random, guids);
        }
        List<String> before = TestDatabase.shared().texts(KEPT);
        try {
            storage.inTransaction(() -> {
                storage.resources().save(Samples.local("Water").approve(Samples.NOON));
                throw new IllegalStateException("changed my mind");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("changed my mind");
        }
        assertThat(TestDatabase.shared().texts(KEPT)).isEqualTo(before);
        assertKept();
    }

    @Test
    void counts_stay_exact_while_writers_and_summing_up_overlap() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                Random random = new Random(writer);
                all.add(writers.submit(() -> {
                    List<Guid> own = new ArrayList<>();
                    for (int i = 0; i < 15; i++) {
                        change(random, own);
                    }
                }));
            }
            all.add(writers.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    TestDatabase.shared()
                            .execute("select sum_up_resource_counts(facet)"
                                    + " from unnest('{status,tag,language,source}'::text[]) facet");
                }
            }));
            for (Future<?> writer : all) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            writers.shutdownNow();
        }
        assertKept();
    }
}

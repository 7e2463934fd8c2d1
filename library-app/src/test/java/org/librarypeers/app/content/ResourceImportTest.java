package org.librarypeers.app.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.content.ResourceImport.ImportResult;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.contract.Samples;

/** Tests of export and import on real storage. */
class ResourceImportTest {

    private static final Guid GUID = Guid.of("21988d99-189b-5232-b534-b816e8caf224");
    private static final String RESOURCE = "{\"guid\": \"" + GUID + "\", \"title\": \"Safe water\"}";
    private static RunningLibrary from;
    private static RunningLibrary to;

    @BeforeAll
    static void start() {
        from = RunningLibrary.start("Library that exports");
        to = RunningLibrary.start("Library that imports");
    }

    @AfterAll
    static void stop() {
        from.close();
        to.close();
    }

    @BeforeEach
    void empty() {
        from.removeResources();
        to.removeResources();
        to.truncate("peer");
    }

    private static ImportResult run(RunningLibrary library, String file, boolean approve) throws Exception {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return library.library().resourceImport().run("test.json", () -> new ByteArrayInputStream(bytes), approve);
    }

    private static String export(RunningLibrary library) {
        StringWriter file = new StringWriter();
        try (PrintWriter out = new PrintWriter(file)) {
            library.library().resourceExport().run(out);
        }
        return file.toString();
    }

    private static Map<Guid, Resource> all(RunningLibrary library) {
        return library.library().storage().catalogue().all(0, 10_000).stream()
                .map(CatalogueEntry::resource)
                .collect(Collectors.toMap(Resource::guid, Function.identity()));
    }

    private static Resource only() {
        assertThat(all(to)).hasSize(1);
        return all(to).values().iterator().next();
    }

    @Test
    void tags_that_were_merged_are_replaced_in_new_and_existing_resources() throws Exception {
        String file = RESOURCE.replace(
                "\"Safe water\"", "\"Safe water\", \"tags\": [{\"category\": \"Tema\", \"name\": \"Agua\"}]");
        TagRule rule = new TagRule(null, "Tema", "Agua", "Topic", "Water");
        to.library().storage().tagRules().put(rule, UserName.SYSTEM, Instant.EPOCH);
        try {
            assertThat(run(to, file, true).problems()).isEmpty();
            assertThat(only().content().tags()).extracting(Tag::key).containsExactly(new Tag.Key("Topic", "Water"));
            assertThat(run(to, file, true).unchanged()).isEqualTo(1);
            assertThat(run(to, file.replace("Safe water", "Safer water"), true).updated())
                    .isEqualTo(1);
            assertThat(only().content().tags()).extracting(Tag::key).containsExactly(new Tag.Key("Topic", "Water"));
        } finally {
            to.library().storage().tagRules().remove(rule.key());
        }
    }

    @Test
    void an_export_imported_elsewhere_has_the_same_guids_statuses_addresses_and_contents() throws Exception {
        ExportedResources.fill(from);

        ImportResult outcome = run(to, export(from), true);

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.added())
                .isEqualTo(Map.of(Status.APPROVED, 3, Status.PENDING, 1, Status.REJECTED, 1, Status.ARCHIVED, 1));
        assertThat(outcome.moved()).isZero();
        Map<Guid, Resource> before = all(from);
        Map<Guid, Resource> after = all(to);
        assertThat(after.keySet()).isEqualTo(before.keySet()).hasSize(6);
        before.forEach((guid, resource) -> {
            assertThat(after.get(guid).slug()).isEqualTo(resource.slug());
            assertThat(after.get(guid).status()).isEqualTo(resource.status());
            assertThat(after.get(guid).content()).isEqualTo(resource.content());
        });
        assertThat(export(to).lines().map(ResourceImportTest::withoutOwnNumbers))
                .containsExactlyElementsOf(export(from)
                        .lines()
                        .map(ResourceImportTest::withoutOwnNumbers)
                        .toList());
    }

    /** Removes the ids and times that each library assigns itself. */
    private static String withoutOwnNumbers(String line) {
        return line.replaceAll("\"(id|create_date|update_date|resource_uri)\": ?(\"[^\"]*\"|\\d+),?", "");
    }

    @Test
    void a_library_of_any_size_is_exported_and_imported_completely() throws Exception {
        from.publishMany(1_001);

        ImportResult outcome = run(to, export(from), true);

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.added(Status.APPROVED)).isEqualTo(1_001);
        assertThat(titles(to)).hasSize(1_001).isEqualTo(titles(from));
        assertThat(run(to, export(from), true).unchanged()).isEqualTo(1_001);
    }

    private static Map<Guid, LocalizedText> titles(RunningLibrary library) {
        return all(library).values().stream()
                .collect(Collectors.toMap(
                        Resource::guid, resource -> resource.content().title()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void importing_an_export_of_the_same_library_changes_nothing(boolean approve) throws Exception {
        ExportedResources.fill(from);
        Map<Guid, Resource> before = all(from);

        ImportResult outcome = run(from, export(from), approve);

        assertThat(outcome).isEqualTo(new ImportResult(Map.of(), 0, 0, 6, 0, 0, List.of()));
        all(from).forEach((guid, resource) -> {
            assertThat(resource.version()).isEqualTo(before.get(guid).version());
            assertThat(resource.status()).isEqualTo(before.get(guid).status());
        });
    }

    @Test
    void without_approval_nothing_is_published() throws Exception {
        ExportedResources.fill(from);

        ImportResult outcome = run(to, export(from), false);

        assertThat(outcome.added()).isEqualTo(Map.of(Status.PENDING, 4, Status.REJECTED, 1, Status.ARCHIVED, 1));
        assertThat(outcome.held()).isEqualTo(3);
        assertThat(all(to).values()).extracting(Resource::status).doesNotContain(Status.APPROVED);
    }

    @ParameterizedTest
    @CsvSource({"approved, APPROVED", "pending, PENDING", "rejected, REJECTED", "archived, ARCHIVED", "'', APPROVED"})
    void a_new_resource_gets_the_status_in_the_file(String word, Status status) throws Exception {
        String line = RESOURCE.replace("}", word.isEmpty() ? "}" : ", \"status\": \"" + word + "\"}");

        run(to, line, true);
        assertThat(only().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void an_existing_resource_keeps_its_status_and_address(Status said) throws Exception {
        run(to, RESOURCE.replace("}", ", \"slug\": \"first\", \"status\": \"archived\"}"), true);

        ImportResult outcome = run(
                to,
                RESOURCE.replace(
                        "}", ", \"title_es\": \"Agua\", \"slug\": \"other\", \"status\": \"" + said.word() + "\"}"),
                true);

        assertThat(outcome.updated()).isEqualTo(1);
        assertThat(only().status()).isEqualTo(Status.ARCHIVED);
        assertThat(only().slug()).isEqualTo(new Slug("first"));
        assertThat(only().content().title().in("es")).contains("Agua");
    }

    @Test
    void a_used_page_address_is_replaced_and_counted() throws Exception {
        Slug taken = to.publish("Safe water").slug();

        ImportResult outcome = run(
                to,
                RESOURCE.replace("}", ", \"slug\": \"" + taken + "\"}\n")
                        + RESOURCE.replace(GUID.toString(), Guid.random().toString())
                                .replace("}", ", \"slug\": \"free_one\"}"),
                true);

        assertThat(outcome.moved()).isEqualTo(1);
        assertThat(all(to).get(GUID).slug()).isEqualTo(taken.with(GUID));
        assertThat(all(to).values()).extracting(Resource::slug).contains(taken, new Slug("free_one"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[%s, %s]",
                "[\n  %s\n,\n  %s\n]\n",
                "{\"meta\": {\"limit\": 20, \"next\": null, \"total_count\": 2}, \"objects\": [%s, %s]}",
                "{\"objects\": [%s, %s], \"meta\": {}}",
                "%s\n%s\n",
                "\uFEFF%s\r\n\r\n%s",
                "%s%s",
                "[%s]\n{\"objects\": [%s]}",
                "[[], {}, 1]",
            })
    void arrays_saved_lists_and_indented_objects_are_read(String form) throws Exception {
        if (!form.contains("%s")) {
            assertThat(run(to, form, true).problems())
                    .containsExactly(
                            "line 1, object 1: not a JSON object; a resource must be an object with guid and title",
                            "line 1, object 2: guid is missing",
                            "line 1, object 3: not a JSON object; a resource must be an object with guid and title");
            return;
        }
        String indented =
                RESOURCE.replace("{", "{\n    ").replace(", ", ",\n    ").replace("}", "\n}");
        String other = RESOURCE.replace(GUID.toString(), Guid.random().toString());

        ImportResult outcome = run(to, form.formatted(indented, other), true);

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.added(Status.APPROVED)).isEqualTo(2);
        assertThat(all(to).get(GUID).content().title().in("en")).contains("Safe water");
    }

    @Test
    void fields_that_the_file_does_not_mention_stay_unchanged() throws Exception {
        ExportedResources.fill(from);
        Map<Guid, Resource> before = all(from);
        List<String> listed = new ArrayList<>();
        for (Resource resource : before.values()) {
            listed.add("{\"guid\": \"%s\", \"title_en\": \"Renamed\", \"description_es\": \"\"}"
                    .formatted(resource.guid()));
        }

        ImportResult outcome = run(from, "{\"meta\": {}, \"objects\": [" + String.join(",", listed) + "]}", true);

        assertThat(outcome.updated()).isEqualTo(6);
        all(from).forEach((guid, resource) -> {
            ResourceContent was = before.get(guid).content();
            assertThat(resource.content())
                    .isEqualTo(was.toBuilder()
                            .title(was.title().with("en", "Renamed"))
                            .description(was.description().with("es", ""))
                            .build());
            assertThat(resource.status()).isEqualTo(before.get(guid).status());
        });
    }

    @Test
    void an_empty_field_in_the_file_clears_the_stored_one() throws Exception {
        ExportedResources.fill(from);
        Guid guid = all(from).values().stream()
                .filter(resource -> resource.status() == Status.REJECTED)
                .findFirst()
                .orElseThrow()
                .guid();

        run(
                from,
                "{\"guid\": \"%s\", \"tags\": [], \"urls\": [], \"files\": [], \"image\": null, \"born_on\": null}"
                        .formatted(guid),
                true);

        ResourceContent now = all(from).get(guid).content();
        assertThat(now.tags()).isEmpty();
        assertThat(now.attachments(AttachmentKind.LINK)).isEmpty();
        assertThat(now.attachments(AttachmentKind.FILE)).isEmpty();
        assertThat(now.image()).isNull();
        assertThat(now.bornOn()).isNull();
        assertThat(now.studyTime()).isEqualTo(new StudyTime(2, StudyTime.Unit.HOURS));
        assertThat(now.title().in("es")).contains("R (es)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approved", "pending", "rejected", "archived", ""})
    void a_resource_that_follows_a_peer_is_left_unchanged_and_not_published(String status) throws Exception {
        Guid followed = from.publish("Followed").guid();
        to.library().sync().sync(to.addPeer(from), SyncListener.NONE);
        String line = "{\"guid\": \"%s\", \"title\": \"Mine now\"%s}"
                .formatted(followed, status.isEmpty() ? "" : ", \"status\": \"" + status + "\"");

        ImportResult outcome = run(to, line, true);

        assertThat(outcome).isEqualTo(new ImportResult(Map.of(), 0, 0, 0, 1, 0, List.of()));
        assertThat(all(to).get(followed).status()).isEqualTo(Status.PENDING);
        assertThat(all(to).get(followed).content().title().in("en")).contains("Followed");
    }

    @Test
    void an_imported_resource_is_local_and_no_peer_changes_it() throws Exception {
        run(to, RESOURCE, true);
        from.publish(GUID, Samples.titled("Theirs"));

        to.library().sync().sync(to.addPeer(from), SyncListener.NONE);

        assertThat(all(to).get(GUID).content().title().in("en")).contains("Safe water");
        assertThat(all(to).get(GUID).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void one_problem_rejects_the_whole_file_and_all_problems_are_reported() throws Exception {
        String guid = Guid.random().toString();
        String file = """
            {"guid": "%1$s", "title": "Fine"}
            {"guid": "x", "title": "t"}
            {"title": "t"}
            {"guid": "11111111-0000-4000-8000-000000000001"}
            {"guid": "11111111-0000-4000-8000-000000000002", "title": "t", "status": "open"}
            {"guid": "11111111-0000-4000-8000-000000000003", "title": "t", "slug": "A b"}
            {"guid": "%1$s", "title": "Again"}
            [{"guid": "11111111-0000-4000-8000-000000000004", "title": "t"}, 7]
            "text"
            {"guid": "11111111-0000-4000-8000-000000000005", "title": "t" "x"}
            """.formatted(guid);

        ImportResult outcome = run(to, file, true);

        assertThat(outcome.problems())
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each).startsWith("line 2: guid \"x\""),
                        each -> assertThat(each).isEqualTo("line 3: guid is missing"),
                        each -> assertThat(each).startsWith("line 4: title is missing"),
                        each -> assertThat(each)
                                .isEqualTo(
                                        "line 5: status 'open' is not one of pending, approved, rejected and archived"),
                        each -> assertThat(each).startsWith("line 6: slug \"A b\""),
                        each -> assertThat(each)
                                .isEqualTo(
                                        "line 7: guid " + guid + " is already used by an earlier resource in the file"),
                        each -> assertThat(each)
                                .isEqualTo("line 8, object 2: not a JSON object; a resource must be an object with guid"
                                        + " and title"),
                        each -> assertThat(each)
                                .isEqualTo(
                                        "line 9: not a JSON object; a resource must be an object with guid and title"),
                        each -> assertThat(each).startsWith("line 10: invalid JSON, line 10 column"));
        assertThat(all(to)).isEmpty();
    }
}

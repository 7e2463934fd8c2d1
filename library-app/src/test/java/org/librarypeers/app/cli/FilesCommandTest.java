package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.app.s3.ObjectStore;
import org.librarypeers.sync.files.StoredFile;
import tools.jackson.databind.JsonNode;

/** Tests of commands on a library whose uploaded files are in an object store, as an administrator types them. */
@Timeout(180)
class FilesCommandTest {

    @TempDir
    private static Path folder;

    private static ObjectStore store;
    private static RunningLibrary running;

    @TempDir
    private Path home;

    private String bucket = "";

    @BeforeAll
    static void start() {
        store = ObjectStore.start(folder);
        running = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        running.close();
        store.close();
    }

    @BeforeEach
    void writeHome() throws IOException {
        bucket = store.newBucket();
        Files.copy(running.home().resolve("secret.key"), home.resolve("secret.key"));
        settings("disk", ObjectStore.SECRET);
    }

    private void settings(String use, String secret) throws IOException {
        DatabaseServer database = running.database();
        Files.writeString(
                home.resolve("library.properties"),
                String.join(
                        "\n",
                        "db.url = " + database.url(),
                        "db.user = " + database.user(),
                        "db.password = " + database.password(),
                        "files.store = " + use,
                        "files.s3.bucket = " + bucket,
                        "files.s3.endpoint = http://127.0.0.1:" + store.port(),
                        "files.s3.access-key = " + ObjectStore.KEY,
                        "files.s3.secret-key = " + secret));
    }

    private void withoutBucket() throws IOException {
        Path properties = home.resolve("library.properties");
        Files.writeString(properties, Files.readString(properties).replaceAll("(?m)^files.*$", ""));
    }

    private CommandAnswer run(String... args) {
        return CommandAnswer.of(CommandAnswer.at(home, args));
    }

    private StoredFile onDisk(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new DiskFiles(home.resolve("files"), Clock.systemUTC())
                .put(new ByteArrayInputStream(bytes), bytes.length);
    }

    private Path place(StoredFile file) {
        return home.resolve("files").resolve(file.sha256().substring(0, 2)).resolve(file.sha256());
    }

    @Test
    void files_are_copied_and_after_the_switch_deleted() throws IOException {
        StoredFile file = onDisk("one");

        CommandAnswer copied = run("files", "move", "--to=s3");

        assertThat(copied.err()).isEmpty();
        assertThat(copied.code()).isZero();
        assertThat(copied.out()).contains("1 file", "1 copied", bucket);
        assertThat(place(file)).exists();
        assertThat(store.objects(bucket)).containsExactly(file.sha256().substring(0, 2) + "/" + file.sha256());

        CommandAnswer tooEarly = run("files", "move", "--to=s3", "--delete");
        assertThat(tooEarly.code()).isEqualTo(1);
        assertThat(tooEarly.err()).contains("files.store is disk");
        assertThat(place(file)).exists();

        settings("s3", ObjectStore.SECRET);
        assertThat(run("doctor", "--no-peers").out()).contains("1 file still in");
        JsonNode moved =
                run("files", "move", "--to=s3", "--delete", "--json").json().get(0);
        assertThat(moved.path("files").asInt()).isEqualTo(1);
        assertThat(moved.path("copied_files").asInt()).isZero();
        assertThat(moved.path("deleted_files").asInt()).isEqualTo(1);
        assertThat(place(file)).doesNotExist();
        assertThat(run("doctor", "--no-peers").out()).doesNotContain("still in");
        assertThat(run("audit", "--json").out()).contains("files-copied", "files-deleted", bucket);
    }

    @Test
    void a_wrong_key_is_reported_without_the_secret() throws IOException {
        onDisk("one");
        settings("s3", "a-wrong-secret");

        for (CommandAnswer answer : new CommandAnswer[] {
            run("files", "move", "--to=s3", "--verbose"),
            run("doctor", "--no-peers"),
            run("backup", "create", folder + "/x.zip")
        }) {
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.out() + answer.err())
                    .contains("files.s3.secret-key")
                    .doesNotContain("a-wrong-secret", ObjectStore.SECRET);
        }
        assertThat(run("config").out()).contains(ObjectStore.KEY).doesNotContain("a-wrong-secret");
    }

    @Test
    void without_a_bucket_nothing_can_be_moved() throws IOException {
        withoutBucket();

        CommandAnswer answer = run("files", "move", "--to=s3");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("files.s3.bucket");
        assertThat(run("files", "move").code()).isEqualTo(2);
        assertThat(run("files").code()).isEqualTo(2);
    }

    @Test
    void the_client_of_the_store_is_loaded_only_if_the_store_is_used() throws Exception {
        settings("s3", ObjectStore.SECRET);
        assertThat(loadedByServe()).anyMatch(name -> name.startsWith("software.amazon."));

        withoutBucket();
        assertThat(loadedByServe()).noneMatch(name -> name.startsWith("software.amazon."));
    }

    /** Starts a server, asks for its health, and returns the classes that it has loaded. */
    private List<String> loadedByServe() throws Exception {
        Path log = Files.createTempFile(folder, "classes", ".log");
        try (AppProcess serving = AppProcess.start(
                folder,
                List.of("-Xlog:class+load:file=" + log + ":none"),
                builder -> {},
                "serve",
                "--port=0",
                "--no-schedule",
                "--home=" + home)) {
            serving.await("the library serves", () -> serving.out().contains("Serving at"));
            String address = serving.out().replaceFirst("(?s)Serving at (\\S+) .*", "$1");
            HttpResponse<String> health = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(200);
        }
        assertThat(log).isNotEmptyFile();
        return Files.readAllLines(log);
    }

    @Test
    void doctor_tries_everything_with_the_bucket() throws IOException {
        settings("s3", ObjectStore.SECRET);

        CommandAnswer answer = run("doctor", "--no-peers");

        assertThat(answer.out()).contains("ok       files: the bucket " + bucket);
        assertThat(answer.out()).contains("uploaded files are in the bucket");
        assertThat(store.objects(bucket)).isEmpty();
    }

    @Test
    void a_backup_contains_the_files_of_the_bucket_or_says_that_it_does_not() throws IOException {
        StoredFile file = onDisk("in a backup");
        settings("s3", ObjectStore.SECRET);
        assertThat(run("files", "move", "--to=s3", "--delete").code()).isZero();
        String with = home.resolve("with.zip").toString();
        String without = home.resolve("without.zip").toString();

        assertThat(run("backup", "create", with).out()).contains("1 uploaded file");
        assertThat(run("backup", "create", "--without-files", without).out())
                .contains("It does not contain the uploaded files");

        assertThat(CommandAnswer.of("backup", "verify", with).out()).contains("1 uploaded file");
        assertThat(CommandAnswer.of("backup", "verify", without).out())
                .contains("no uploaded files", "It does not contain the uploaded files");
        assertThat(place(file)).doesNotExist();
    }
}

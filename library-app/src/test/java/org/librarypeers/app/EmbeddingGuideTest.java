package org.librarypeers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.persistence.JpaStorage;

/**
 * Tests that the Java blocks of {@code docs/embedding.md} compile as one program, which syncs from a library that serves
 * HTTP into a database of its own.
 */
class EmbeddingGuideTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String GUIDE = read("docs/embedding.md");
    private static final Pattern JAVA_BLOCK =
            Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static RunningLibrary malawi;
    private static String database;

    @BeforeAll
    static void start() {
        malawi = RunningLibrary.start();
        malawi.publishMany(3);
        database = "guide_"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        malawi.execute("create database " + database);
    }

    @AfterAll
    static void stop() {
        malawi.execute("drop database if exists " + database + " with (force)");
        malawi.close();
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> javaBlocks(String text) {
        return JAVA_BLOCK.matcher(text).results().map(block -> block.group(1)).toList();
    }

    /** Returns the environment in which the program of the guide runs. */
    private static Map<String, String> environment() {
        return Map.of(
                "DB_URL", url(),
                "DB_USER", malawi.database().user(),
                "DB_PASSWORD", malawi.database().password(),
                "SECRET_KEY", KEY,
                "MALAWI_KEY", malawi.key(RunningLibrary.READER).secret());
    }

    private static String url() {
        String url = malawi.database().url();
        return url.replaceFirst("/[^/?]+(?=$|\\?)", "/" + database);
    }

    /** Returns the program: the imports, the types, and all other blocks as one method, in the order of the guide. */
    private static String program() {
        Map<Boolean, List<String>> imports = partition(javaBlocks(GUIDE), "import ");
        Map<Boolean, List<String>> types = partition(imports.get(false), "final class ");
        String statements = String.join("\n", types.get(false))
                .replace("System.getenv(", "environment.get(")
                .replace("\"https://orb.example.org\"", "\"" + malawi.address() + "\"")
                .replace("\"me\"", "\"" + RunningLibrary.READER + "\"");
        return String.join("\n", imports.get(true))
                + "public final class Guide {\n"
                + "public static void run(java.util.Map<String, String> environment) throws Exception {\n"
                + statements
                + "}\n"
                + types.get(true).stream().map(type -> "static " + type).collect(Collectors.joining("\n"))
                + "}\n";
    }

    private static Map<Boolean, List<String>> partition(List<String> blocks, String start) {
        return blocks.stream().collect(Collectors.partitioningBy(block -> block.startsWith(start)));
    }

    @Test
    void the_program_of_the_guide_compiles_and_syncs_from_a_library(@TempDir Path folder) throws Exception {
        compile(folder);

        run(folder);

        try (JpaStorage storage = JpaStorage.builder()
                .database(url(), malawi.database().user(), malawi.database().password())
                .secretKey(Base64.getDecoder().decode(KEY))
                .build()) {
            assertThat(storage.resources().counts()).isEqualTo(Map.of(Status.APPROVED, 3L));
            assertThat(storage.peers().all()).isEmpty();
            List<SyncLog> runs = storage.syncLogs().recent(null, 100);
            assertThat(runs).hasSizeGreaterThanOrEqualTo(4);
            assertThat(runs).extracting(SyncLog::status).doesNotContain(SyncStatus.FAILED, SyncStatus.RUNNING);
            assertThat(runs.get(runs.size() - 1).tally().added()).isEqualTo(3);
        }
    }

    private static void compile(Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("Guide.java"), program());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int result = compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
        assertThat(result).as("the guide compiles").isZero();
    }

    private static void run(Path folder) throws ReflectiveOperationException, IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {url(folder)}, EmbeddingGuideTest.class.getClassLoader())) {
            loader.loadClass("Guide").getMethod("run", Map.class).invoke(null, environment());
        }
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    @Test
    void the_block_of_the_readme_is_one_of_the_guide() {
        List<String> readme = javaBlocks(read("README.md"));

        assertThat(readme).hasSize(1);
        assertThat(javaBlocks(GUIDE)).containsAll(readme);
    }

    @Test
    void the_dependencies_of_the_guide_are_in_the_bom() {
        List<String> named = artifacts(GUIDE);

        assertThat(named).contains("library-sync-core", "library-http-adapter", "library-persistence-jpa");
        assertThat(artifacts(read("library-bom/pom.xml"))).containsAll(named);
    }

    private static List<String> artifacts(String xml) {
        return Pattern.compile("<artifactId>(library-[^<]+)</artifactId>")
                .matcher(xml)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}

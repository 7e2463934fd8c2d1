package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.Main;
import org.librarypeers.sync.contract.Await;

/**
 * Tests of the script {@code library} at the root and of the packaged one that it calls: without a locale, as cron or a
 * container runs it, and with its archive of classes.
 */
@Timeout(120)
class LauncherTest {

    @TempDir
    private Path root;

    /** Creates a copy of both scripts beside an up-to-date app, which is an empty file. */
    private Path script() throws IOException {
        Path script = Files.copy(Path.of("..", "library"), root.resolve("library"));
        Path packaged = root.resolve("packaging/bin/library");
        Files.createDirectories(packaged.getParent());
        Files.copy(Path.of("..", "packaging", "bin", "library"), packaged);
        Files.createDirectories(root.resolve("library-app/src/main"));
        Files.createFile(root.resolve("library-app/pom.xml"));
        Files.createFile(root.resolve("pom.xml"));
        Path jar = root.resolve("library-app/target/library.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(3600)));
        return script;
    }

    /** Creates a copy of the script, and a JDK that runs the classes under test. */
    private Path launcher() throws Exception {
        Path script = script();
        Path java = root.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        // The jar is built after the tests, so this replacement for java runs the classes.
        Files.writeString(java, """
                #!/bin/sh
                while [ "$1" != -jar ]; do shift; done
                shift 2
                exec "%s" -XX:TieredStopAtLevel=1 -cp "%s" %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    @Test
    void names_and_paths_are_decoded_correctly_without_a_locale() throws Exception {
        // The script is written as UTF-8 bytes because this JVM may also run without a locale.
        Path caller = root.resolve("caller.sh");
        Files.writeString(
                caller,
                "exec '%s' list_peers --home '%s/Bibliothèque نور'\n".formatted(launcher(), root),
                StandardCharsets.UTF_8);
        ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", caller.toString())).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
        environment.put("JAVA_HOME", root.resolve("jdk").toString());

        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(printed).contains("library: no library in " + root + "/Bibliothèque نور;");
    }

    @Test
    void an_installed_script_runs_the_jar_beside_it_and_never_builds() throws Exception {
        installProgram();
        Path installed = root.resolve("Bibliothèque/bin/library");
        Files.createDirectories(installed.getParent());
        Files.copy(Path.of("..", "packaging", "bin", "library"), installed);
        Files.move(root.resolve("library-app/target/library.jar"), root.resolve("Bibliothèque/library.jar"));
        Path link = Files.createSymbolicLink(root.resolve("link"), installed);
        ProcessBuilder builder = new ProcessBuilder(link.toString(), "list_peers", "--home", root.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));

        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(printed).isEqualToIgnoringNewLines("list_peers --home " + root);
    }

    @Test
    void a_missing_java_runtime_is_reported() throws Exception {
        Path script = script();
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "list_peers").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", root.resolve("none").toString());

        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(printed)
                .isEqualToIgnoringNewLines("library: no Java runtime (" + root.resolve("none/bin/java")
                        + "); install Java 17 or later, or set JAVA_HOME");
    }

    @Test
    void only_a_server_without_options_of_the_user_returns_native_memory() throws Exception {
        installProgram();

        assertThat(optionsOfJava("serve", "")).contains("TrimNativeHeapInterval");
        assertThat(optionsOfJava("serve", "-Xmx99m")).contains("-Xmx99m").doesNotContain("IgnoreUnrecognized");
        assertThat(optionsOfJava("list_peers", "")).doesNotContain("TrimNativeHeapInterval");
    }

    private String optionsOfJava(String command, String options) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(root.resolve("library").toString(), command, Program.PRINT_JAVA_OPTIONS);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LIBRARY_JAVA_OPTS", options);
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A program that prints its arguments, or the options of its Java VM, and fails. */
    static final class Program {

        static final String PRINT_JAVA_OPTIONS = "--java-options";

        public static void main(String[] arguments) {
            boolean printsOptions = List.of(arguments).contains(PRINT_JAVA_OPTIONS);
            List<String> printed =
                    printsOptions ? ManagementFactory.getRuntimeMXBean().getInputArguments() : List.of(arguments);
            System.out.println(String.join(" ", printed));
            System.exit(3);
        }
    }

    /** Creates a copy of the script, and a home, beside an app that is a jar with only {@link Program}. */
    private void installProgram() throws IOException {
        script();
        Files.createDirectories(root.resolve("home"));
        Files.writeString(root.resolve("home/secret.key"), "");
        buildProgram("1");
    }

    private void buildProgram(String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        Path jar = root.resolve("library-app/target/library.jar");
        String entry = Program.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = Objects.requireNonNull(LauncherTest.class.getResourceAsStream("/" + entry))) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
    }

    /** Runs {@code library list_peers}, and returns the log of how its main class was loaded. */
    private String classesOfRun() throws Exception {
        return classesOfRun("list_peers");
    }

    /** Runs a command, checks what it prints, and returns the log of how its main class was loaded. */
    private String classesOfRun(String command) throws Exception {
        Path classes = root.resolve("classes.txt");
        Path err = root.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("library").toString(),
                        command,
                        "--home",
                        root.resolve("home").toString())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LIBRARY_JAVA_OPTS", "-Xlog:class+load:file=" + classes);

        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(printed).isEqualToIgnoringNewLines(command + " --home " + root.resolve("home"));
        assertThat(err).isEmptyFile();
        return Files.readString(classes)
                .lines()
                .filter(line -> line.contains(" " + Program.class.getName() + " "))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the archives of the short commands. */
    private List<Path> archives() throws IOException {
        return archives("commands");
    }

    private List<Path> archives(String kind) throws IOException {
        Path cache = root.resolve("home/cache");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith("-" + kind + ".jsa"))
                    .toList();
        }
    }

    /** Waits until there is one archive, which is complete, and returns it. */
    private Path madeArchive() throws IOException {
        Await.await("the archive is made", () -> {
            try {
                List<Path> archives = archives();
                Path size = Path.of(archives.isEmpty() ? "none" : archives.get(0) + ".size");
                return archives.size() == 1
                        && Files.exists(size)
                        && Files.readString(size).strip().equals(Long.toString(Files.size(archives.get(0))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return archives().get(0);
    }

    @Test
    void the_first_start_creates_an_archive_of_classes_that_later_starts_use() throws Exception {
        installProgram();

        assertThat(classesOfRun()).doesNotContain("shared objects file");
        madeArchive();

        assertThat(classesOfRun()).contains("shared objects file");
    }

    @Test
    void a_long_command_uses_the_archive_of_the_short_ones_until_it_has_its_own() throws Exception {
        installProgram();
        classesOfRun();
        madeArchive();

        assertThat(classesOfRun("import")).contains("shared objects file");
        Await.await("the larger archive is made", () -> {
            try {
                return archives("all").size() == 1;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Files.delete(archives().get(0));

        assertThat(classesOfRun("import")).contains("shared objects file");
        assertThat(classesOfRun()).contains("shared objects file");
    }

    @Test
    void a_damaged_archive_is_replaced_and_one_of_another_build_is_deleted() throws Exception {
        installProgram();
        classesOfRun();
        Path archive = madeArchive();
        byte[] half = Arrays.copyOf(Files.readAllBytes(archive), (int) Files.size(archive) / 2);
        Files.delete(archive);
        Files.write(archive, half);

        assertThat(classesOfRun()).doesNotContain("shared objects file");
        madeArchive();
        assertThat(classesOfRun()).contains("shared objects file");

        buildProgram("a later one");
        assertThat(classesOfRun()).doesNotContain("shared objects file");
        Await.await("the old archive is deleted", () -> Files.notExists(archive));
        madeArchive();
    }

    @Test
    void without_a_writable_cache_nothing_is_archived_or_printed() throws Exception {
        installProgram();
        Files.createFile(root.resolve("home/cache"));

        assertThat(classesOfRun()).doesNotContain("shared objects file");
    }

    @Test
    void a_home_that_does_not_exist_is_not_created() throws Exception {
        installProgram();
        Files.delete(root.resolve("home/secret.key"));
        Files.delete(root.resolve("home"));

        assertThat(classesOfRun()).doesNotContain("shared objects file");
        assertThat(root.resolve("home")).doesNotExist();
    }
}

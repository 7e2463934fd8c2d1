package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.Main;

/** Tests of the script {@code library} at the root without a locale, as cron or a container runs it. */
@Timeout(120)
class LauncherTest {

    @TempDir
    private Path root;

    /** Creates a copy of the script beside an up-to-date app, and a JDK that runs the classes under test. */
    private Path launcher() throws Exception {
        Path script = Files.copy(Path.of("..", "library"), root.resolve("library"));
        Files.createDirectories(root.resolve("library-app/src/main"));
        Files.createFile(root.resolve("library-app/pom.xml"));
        Files.createFile(root.resolve("pom.xml"));
        Path jar = root.resolve("library-app/target/library.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(3600)));
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
    void without_a_locale_names_and_paths_arrive_as_they_were_typed() throws Exception {
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
}

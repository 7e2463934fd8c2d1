package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.config.Options;
import japicmp.model.JApiClass;
import japicmp.model.JApiMethod;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows that japicmp, which the build runs against the last release, notices a public method that is gone, and accepts
 * one that is new. The sync core as it is stands for the last release.
 */
class ApiCompatibilityTest {

    private static final Path SOURCE = Path.of("src/main/java/org/librarypeers/sync/ReviewService.java");

    @TempDir
    private Path folder;

    private Path classes;
    private File lastRelease;

    @BeforeEach
    void packLastRelease() throws IOException, URISyntaxException {
        classes = Path.of(ReviewService.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        lastRelease = jar("last.jar", classes);
    }

    @Test
    void an_unchanged_module_is_compatible() throws IOException {
        assertThat(incompatible("")).isEmpty();
    }

    @Test
    void a_public_method_that_is_gone_is_incompatible() throws IOException {
        List<JApiClass> incompatible = incompatible(
                Files.readString(SOURCE).replace("public ReviewResult approveAll()", "ReviewResult approveAll()"));

        assertThat(incompatible)
                .extracting(JApiClass::getFullyQualifiedName)
                .containsExactly(ReviewService.class.getName());
        assertThat(incompatible.get(0).getMethods())
                .filteredOn(method -> !method.isBinaryCompatible())
                .extracting(JApiMethod::getName)
                .containsExactly("approveAll");
    }

    @Test
    void a_new_public_method_is_compatible() throws IOException {
        assertThat(incompatible(Files.readString(SOURCE)
                        .replace(
                                "public final class ReviewService {",
                                "public final class ReviewService { public void added() {}")))
                .isEmpty();
    }

    /** Compares the module with a copy in which the service for reviews has another source, unless that is empty. */
    private List<JApiClass> incompatible(String source) throws IOException {
        Path changed = Files.createDirectories(folder.resolve("changed"));
        if (!source.isEmpty()) {
            Path file = Files.writeString(folder.resolve("ReviewService.java"), source);
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            "-d",
                            changed.toString(),
                            file.toString());
            assertThat(result).isZero();
        }
        File next = jar("next.jar", classes, changed);
        Options options = Options.newDefault();
        options.setIgnoreMissingClasses(true);
        return new JarArchiveComparator(JarArchiveComparatorOptions.of(options))
                .compare(new JApiCmpArchive(lastRelease, "last"), new JApiCmpArchive(next, "next")).stream()
                        .filter(type -> !type.isBinaryCompatible() || !type.isSourceCompatible())
                        .toList();
    }

    /** Packs the classes of the sync core. A later folder takes precedence over an earlier one. */
    private File jar(String name, Path... folders) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        for (Path each : folders) {
            classesIn(each).forEach(entry -> entries.put(entry, each.resolve(entry)));
        }
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, Path> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                Files.copy(entry.getValue(), out);
            }
        }
        return jar.toFile();
    }

    private static List<String> classesIn(Path folder) throws IOException {
        Path root = folder.resolve("org/librarypeers/sync");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
                    .toList();
        }
    }
}

package org.librarypeers.app;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A run-time compiler of classes that break a rule, in the packages that the rule covers. */
final class Planted {

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /** Stays open, because opening all jars of the class path takes longer than compiling. */
    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    private Planted() {}

    /** Compiles the source, which declares its own package, and returns the imported classes. */
    static synchronized JavaClasses classes(String source) {
        try {
            Path directory = Files.createTempDirectory("planted");
            try {
                Path file = Files.writeString(directory.resolve("Planted.java"), source);
                String classPath = System.getProperty("java.class.path");
                boolean compiled = JAVAC.getTask(
                                null,
                                FILES,
                                null,
                                List.of("-proc:none", "-cp", classPath, "-d", directory.toString()),
                                null,
                                FILES.getJavaFileObjects(file))
                        .call();
                if (!compiled) {
                    throw new AssertionError("does not compile: " + source);
                }
                return new ClassFileImporter().importPath(directory);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (var paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}

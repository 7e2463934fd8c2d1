package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operations on directory trees. */
final class Trees {

    private static final Logger log = LoggerFactory.getLogger(Trees.class);

    private Trees() {}

    /** Applies a step to every file, and to every directory after its contents. Does not follow links. */
    private static void visitBottomUp(Path root, Step step) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                step.on(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                step.on(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Changes the owner of a tree. The root changes last, so that its owner shows whether the change was completed. */
    static void giveTo(SystemAccount owner, Path root) throws IOException {
        visitBottomUp(root, owner::own);
    }

    /**
     * Deletes temporary files and directories that a killed process left behind. Files that cannot be deleted, for
     * example because a program of that process still writes there, are left to the next sweep.
     */
    static void sweep(Path parent, String prefix) {
        List<Path> left;
        try (Stream<Path> entries = Files.list(parent)) {
            left = entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            log.debug("Could not look for leftover files in {}", parent, e);
            return;
        }
        for (Path entry : left) {
            try {
                visitBottomUp(entry, Files::delete);
            } catch (IOException e) {
                log.debug("Could not remove {}", entry, e);
            }
        }
    }

    /** Makes a rename in the directory survive a power failure, where the system supports that. */
    static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open directories; its file system keeps renames in order anyway.
            log.trace("Could not sync {}", directory, e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void on(Path path) throws IOException;
    }
}

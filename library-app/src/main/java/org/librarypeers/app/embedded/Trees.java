package org.librarypeers.app.embedded;

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

/** Directories as a whole. */
final class Trees {

    private static final Logger log = LoggerFactory.getLogger(Trees.class);

    private Trees() {}

    /** Does something to every file, and to every directory after what is in it. Follows no links. */
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

    /** The top changes hands last, so that its owner tells whether this was completed. */
    static void giveTo(SystemAccount owner, Path root) throws IOException {
        visitBottomUp(root, owner::own);
    }

    /**
     * Removes temporary directories that a killed process left behind. What can't be removed, say because a program of
     * that process still writes there, is left to the next sweep.
     */
    static void sweep(Path parent, String prefix) {
        List<Path> left;
        try (Stream<Path> entries = Files.list(parent)) {
            left = entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            log.debug("Could not look for left-overs in {}", parent, e);
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

    /** Makes a rename in the directory outlive a power cut, where the system offers that. */
    static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no directories; its file system keeps renames in order by itself.
            log.trace("Could not sync {}", directory, e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void on(Path path) throws IOException;
    }
}

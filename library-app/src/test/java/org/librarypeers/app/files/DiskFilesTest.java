package org.librarypeers.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.sync.contract.FileContract;
import org.librarypeers.sync.port.FileStore;

class DiskFilesTest extends FileContract {

    @TempDir
    private Path directory;

    @Override
    protected FileStore newStore() throws IOException {
        return new DiskFiles(Files.createTempDirectory(directory, "files").resolve("made when needed"));
    }

    @Test
    void what_a_killed_process_left_behind_is_swept_after_a_day() throws IOException {
        Path unfinished = Files.createDirectories(directory.resolve("unfinished"));
        Path old = Files.writeString(unfinished.resolve("upload1.part"), "half of a fi");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path fresh = Files.writeString(unfinished.resolve("upload2.part"), "somebody is writing th");

        new DiskFiles(directory).put(new ByteArrayInputStream(new byte[] {1}), 1);

        try (Stream<Path> parts = Files.list(unfinished)) {
            assertThat(parts.toList()).isEqualTo(List.of(fresh));
        }
    }
}

package org.librarypeers.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {

    @TempDir
    private Path folder;

    @Test
    void a_file_is_readable_by_its_owner_only() throws Exception {
        Path file = folder.resolve("secret");
        PrivateFile.create(file, out -> out.write('a'));

        assertThat(file).hasContent("a");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void a_file_that_could_not_be_written_leaves_nothing_behind() {
        assertThatThrownBy(() -> PrivateFile.create(folder.resolve("big"), out -> {
                    out.write(new byte[100]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void an_existing_file_is_never_replaced() throws Exception {
        Path file = Files.writeString(folder.resolve("existing"), "old");

        assertThatThrownBy(() -> PrivateFile.create(file, out -> out.write('a')))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("old");
        // Another process creates the file while it is being written.
        Path raced = folder.resolve("raced");
        assertThatThrownBy(() -> PrivateFile.create(raced, out -> {
                    out.write('a');
                    Files.writeString(raced, "quicker");
                }))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(raced).hasContent("quicker");
        assertThat(folder.toFile().list()).hasSize(2);
    }
}

package org.librarypeers.app.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of damaged and foreign files. The intact one is the backup of the first release. */
class BackupFileTest {

    @TempDir
    private Path folder;

    private byte[] intact;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @BeforeEach
    void read() throws Exception {
        Path release = Path.of(
                BackupFileTest.class.getResource("/releases/0.1.0-SNAPSHOT.zip").toURI());
        intact = Files.readAllBytes(release);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(release))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
    }

    private static void write(OutputStream out, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    private void verify(Map<String, byte[]> changed) throws IOException {
        Path file = folder.resolve("changed.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, changed);
        }
        verify(file);
    }

    private static void verify(Path file) {
        try (BackupFile backup = BackupFile.open(file)) {
            backup.verify();
        }
    }

    @Test
    void an_intact_backup_has_everything() throws Exception {
        verify(entries);
        Path file = Files.write(folder.resolve("intact.zip"), intact);
        try (BackupFile backup = BackupFile.open(file)) {
            backup.verify();
            assertThat(backup.secretKey())
                    .hasValueSatisfying(key -> assertThat(key).hasSize(32));
            assertThat(backup.manifest().rows("resource")).isPositive();
            assertThat(backup.manifest().files()).isPositive();
            assertThat(backup.rows("account")).hasContent(text("tables/account.copy"));
        }
    }

    private String text(String entry) {
        return new String(entries.get(entry), StandardCharsets.UTF_8);
    }

    @Test
    void a_changed_a_missing_and_an_additional_entry_are_named() throws Exception {
        for (String name : entries.keySet()) {
            if (name.equals("manifest.json")) {
                continue;
            }
            Map<String, byte[]> changed = new LinkedHashMap<>(entries);
            byte[] longer = Arrays.copyOf(entries.get(name), entries.get(name).length + 1);
            changed.put(name, longer);
            assertThatThrownBy(() -> verify(changed))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining(name + " differs from its checksum");
            changed.remove(name);
            assertThatThrownBy(() -> verify(changed))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining(name + " is missing");
        }
        Map<String, byte[]> more = new LinkedHashMap<>(entries);
        more.put("files/../../evil", new byte[1]);
        assertThatThrownBy(() -> verify(more))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("files/../../evil is not described by its manifest");
    }

    @Test
    void a_manifest_that_contradicts_the_rows_is_refused() throws Exception {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        changed.put(
                "manifest.json",
                text("manifest.json")
                        .replaceFirst("\"rows\" : 1", "\"rows\" : 7")
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> verify(changed)).hasMessageContaining("does not have the number of rows");
        changed.put(
                "manifest.json",
                text("manifest.json")
                        .replace("\"format\" : 1", "\"format\" : 2")
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> verify(changed)).hasMessageContaining("by a later version of the program");
        changed.put("manifest.json", "{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> verify(changed)).hasMessageContaining("manifest.json cannot be read");
    }

    @Test
    void a_file_that_was_cut_off_anywhere_is_refused() throws Exception {
        Path file = folder.resolve("cut.zip");
        for (int length = 0; length < intact.length; length += 997) {
            Files.write(file, Arrays.copyOf(intact, length));
            assertThatThrownBy(() -> verify(file))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("is not a backup of a library, or a part of it is missing");
        }
    }

    @Test
    void a_changed_byte_of_compressed_rows_is_noticed() throws Exception {
        String name = "tables/resource.copy";
        byte[] changed = intact.clone();
        int content = new String(intact, StandardCharsets.ISO_8859_1).indexOf(name) + name.length() + 20;
        for (int at = content; at < content + 200; at += 20) {
            changed[at] ^= 0x40;
            Path file = Files.write(folder.resolve("changed.zip"), changed);
            assertThatThrownBy(() -> verify(file))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("is damaged: " + name);
        }
    }

    @Test
    void other_files_are_refused() throws Exception {
        assertThatThrownBy(() -> verify(Map.of("a.txt", new byte[1])))
                .hasMessageContaining("not a backup of a library");
        Path file = Files.writeString(folder.resolve("text.zip"), "no archive");
        assertThatThrownBy(() -> verify(file))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("not a backup");
        assertThatThrownBy(() -> verify(folder.resolve("missing")))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> verify(folder)).isInstanceOf(BackupException.class);
    }
}

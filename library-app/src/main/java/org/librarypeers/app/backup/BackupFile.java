package org.librarypeers.app.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.backup.BackupManifest.Entry;
import org.librarypeers.app.backup.BackupManifest.Table;
import org.librarypeers.app.files.IoFailure;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.StoredFile;
import tools.jackson.core.JacksonException;

/** A backup to read from. Call {@link #verify} before anything is restored from it. */
public final class BackupFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}\n");

    private final Path file;
    private final ZipFile zip;
    private final BackupManifest manifest;

    private BackupFile(Path file, ZipFile zip, BackupManifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /**
     * Opens a backup and reads its description.
     *
     * @throws BackupException if there is no such file, it is not a backup, it is incomplete, or a later version of the
     *     program wrote it in another format
     */
    public static BackupFile open(Path file) {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                return new BackupFile(file, zip, manifest(file, zip));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new BackupException("there is no file " + file, e);
        } catch (ZipException e) {
            throw new BackupException(
                    file + " is not a backup of a library, or a part of it is missing; use another backup", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static BackupManifest manifest(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(BackupManifest.NAME);
        if (entry == null) {
            throw new BackupException(file + " is not a backup of a library", null);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            BackupManifest manifest = BackupManifest.parse(in.readAllBytes());
            if (manifest.format() > BackupManifest.FORMAT) {
                throw new BackupException(
                        file + " was written by a later version of the program (" + manifest.program()
                                + ") in a format that this one cannot read; run that version or later",
                        null);
            }
            return manifest;
        } catch (JacksonException e) {
            throw damaged(file, BackupManifest.NAME, "cannot be read", e);
        }
    }

    private static BackupException unreadable(Path file, IOException cause) {
        return new BackupException("cannot read " + file + " (" + IoFailure.reason(cause) + ")", cause);
    }

    private static BackupException damaged(Path file, String entry, String how, @Nullable Exception cause) {
        return new BackupException(file + " is damaged: " + entry + " " + how + "; use another backup", cause);
    }

    private BackupException damaged(String entry, String how) {
        return damaged(file, entry, how, null);
    }

    /** Returns the description of the backup. */
    public BackupManifest manifest() {
        return manifest;
    }

    /**
     * Reads the whole backup and checks that it has exactly the entries of its description, with the same sizes,
     * checksums and numbers of rows. This finds every accidental change. It does not prove who wrote the backup.
     *
     * @throws BackupException if anything differs; the message names the first entry that does
     */
    public void verify() {
        Map<String, Entry> expected = new HashMap<>();
        manifest.entries().forEach(entry -> expected.put(entry.name(), entry));
        Map<String, Long> rows = manifest.tables().stream()
                .collect(Collectors.toMap(table -> BackupManifest.tableEntry(table.name()), Table::rows));
        requireKnown(expected.keySet(), rows.keySet());
        for (Entry entry : manifest.entries()) {
            verify(entry, rows.get(entry.name()));
        }
    }

    private void requireKnown(Set<String> expected, Set<String> tables) {
        for (String table : tables) {
            if (!expected.contains(table)) {
                throw damaged(table, "is missing");
            }
        }
        Map<String, Long> found = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> !name.equals(BackupManifest.NAME))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        found.forEach((name, times) -> {
            if (!expected.contains(name) || times > 1) {
                throw damaged(name, "is not described by its manifest");
            }
        });
    }

    private void verify(Entry entry, @Nullable Long rows) {
        MessageDigest digest = Sha256.newDigest();
        long bytes = 0;
        long lines = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = open(entry.name())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
                lines += rows == null ? 0 : lines(buffer, read);
            }
        } catch (ZipException e) {
            throw damaged(file, entry.name(), "cannot be read", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        String sha256 = Sha256.hex(digest);
        if (bytes != entry.bytes() || !sha256.equals(entry.sha256())) {
            throw damaged(entry.name(), "differs from its checksum");
        }
        if (rows != null && lines != rows) {
            throw damaged(entry.name(), "does not have the number of rows of its manifest");
        }
        if (entry.isFile() && !entry.name().equals(BackupManifest.fileEntry(sha256))) {
            throw damaged(entry.name(), "is not named after its content");
        }
    }

    /** Returns the number of rows that end in the buffer. A line break within a value is written as {@code \n}. */
    private static long lines(byte[] buffer, int length) {
        long lines = 0;
        for (int i = 0; i < length; i++) {
            lines += buffer[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private InputStream open(String entry) throws IOException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw damaged(entry, "is missing");
        }
        return zip.getInputStream(found);
    }

    /** Opens the rows of a table, in the text format of PostgreSQL. The caller closes the stream. */
    public InputStream rows(String table) throws IOException {
        return open(BackupManifest.tableEntry(table));
    }

    /** Returns the secret key, or an empty {@code Optional} if the backup was made without it. */
    public Optional<byte[]> secretKey() {
        if (!manifest.hasSecretKey()) {
            return Optional.empty();
        }
        try (InputStream in = open(BackupManifest.SECRET_KEY)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            if (!KEY.matcher(text).matches()) {
                throw damaged(BackupManifest.SECRET_KEY, "is not a key");
            }
            return Optional.of(HexFormat.of().parseHex(text.strip()));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Stores all uploaded files. Files that are already stored stay as they are.
     *
     * @throws BackupException if a file cannot be read or written
     */
    public void copyFiles(FileStore target) {
        for (Entry entry : manifest.entries()) {
            if (entry.isFile()) {
                copy(entry, target);
            }
        }
    }

    private void copy(Entry entry, FileStore target) {
        StoredFile stored;
        try (InputStream in = open(entry.name())) {
            stored = target.put(in, entry.bytes());
        } catch (IOException e) {
            throw new BackupException(
                    "cannot restore the uploaded files (" + IoFailure.reason(e)
                            + "); check that the home is writable, that the disk is not full, and that an object store of the settings"
                            + " answers",
                    e);
        }
        if (!stored.sha256().equals(entry.sha256())) {
            throw damaged(entry.name(), "differs from its checksum");
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}

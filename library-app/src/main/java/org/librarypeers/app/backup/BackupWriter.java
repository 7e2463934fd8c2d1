package org.librarypeers.app.backup;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.librarypeers.app.backup.BackupManifest.Entry;
import org.librarypeers.app.backup.BackupManifest.Sequence;
import org.librarypeers.app.backup.BackupManifest.Table;
import org.librarypeers.app.files.FileStoreException;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.domain.Sha256;
import org.librarypeers.persistence.Maintenance;
import org.librarypeers.persistence.Maintenance.Content;
import org.librarypeers.sync.files.StoredFile;

/** A writer of one backup. It holds neither a table nor a file in memory. */
final class BackupWriter {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ZipOutputStream zip;
    private final Instant created;
    private final List<Entry> entries = new ArrayList<>();

    BackupWriter(OutputStream out, Instant created) {
        this.zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER_BYTES));
        this.created = created;
        // Most files are compressed already, and rows of text become small at any level.
        zip.setLevel(Deflater.BEST_SPEED);
    }

    private interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    void add(String name, byte[] bytes) throws IOException {
        add(name, out -> out.write(bytes));
    }

    private void add(String name, Source source) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(created.toEpochMilli());
        zip.putNextEntry(entry);
        Measured measured = new Measured(zip);
        try (BufferedOutputStream out = new BufferedOutputStream(measured, BUFFER_BYTES)) {
            source.writeTo(out);
        }
        zip.closeEntry();
        entries.add(new Entry(name, measured.bytes, Sha256.hex(measured.digest)));
    }

    /** Adds the rows of all tables. */
    List<Table> addTables(Maintenance.Snapshot snapshot) throws IOException {
        List<Table> tables = new ArrayList<>();
        for (Maintenance.Table table : snapshot.content().tables()) {
            long[] rows = new long[1];
            add(BackupManifest.tableEntry(table.name()), out -> rows[0] = snapshot.copy(table, out));
            tables.add(new Table(table.name(), table.columns(), rows[0]));
        }
        return tables;
    }

    /**
     * Adds the uploaded files. Call this after the snapshot has begun: the content at an address never changes, a file
     * is only deleted from a store after it was moved to another, which is listed too, and a file is stored before the
     * row that names it. So all files that the snapshot names are here. A file that is uploaded during the backup may
     * be here too, without a row; it does no harm.
     */
    void addFiles(ManagedFiles files) throws IOException {
        files.forEach(file -> {
            Optional<InputStream> opened = open(files, file);
            if (opened.isEmpty()) {
                return;
            }
            try (InputStream in = opened.get()) {
                add(BackupManifest.fileEntry(file.sha256()), in::transferTo);
            }
            if (!entries.get(entries.size() - 1).sha256().equals(file.sha256())) {
                throw new BackupException(
                        "the uploaded file " + file.sha256()
                                + " is damaged: its content does not match its name; take it from an earlier backup, or"
                                + " delete it from " + files,
                        null);
            }
        });
    }

    /** Opens a file. Empty if it was deleted since it was listed, as copies of pictures are that no resource names any more. */
    private static Optional<InputStream> open(ManagedFiles files, StoredFile file) throws IOException {
        try {
            return Optional.of(files.open(file, 0));
        } catch (NoSuchFileException e) {
            if (files.find(file.sha256()).isEmpty()) {
                return Optional.empty();
            }
            throw new FileStoreException("the uploaded file " + file.sha256() + " cannot be read from " + files, e);
        }
    }

    /**
     * Ends the backup with its manifest, and returns that.
     *
     * @param withFiles whether the uploaded files were added
     */
    BackupManifest finish(Content content, List<Table> tables, boolean withFiles) throws IOException {
        BackupManifest manifest = new BackupManifest(
                BackupManifest.FORMAT,
                content.program(),
                created,
                content.library(),
                content.schemaVersion(),
                tables,
                content.sequences().stream()
                        .map(each -> new Sequence(each.name(), each.last(), each.drawn()))
                        .toList(),
                entries,
                !withFiles);
        add(BackupManifest.NAME, manifest.json());
        zip.finish();
        zip.flush();
        return manifest;
    }

    static byte[] hex(byte[] secretKey) {
        return (HexFormat.of().formatHex(secretKey) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A stream into the current entry. It counts and hashes what is written, and stays open. */
    private static final class Measured extends FilterOutputStream {

        private final MessageDigest digest = Sha256.newDigest();
        private long bytes;

        Measured(OutputStream entry) {
            super(entry);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int from, int length) throws IOException {
            out.write(buffer, from, length);
            digest.update(buffer, from, length);
            bytes += length;
        }

        @Override
        public void close() {
            // The ZIP stream goes on with the next entry.
        }
    }
}

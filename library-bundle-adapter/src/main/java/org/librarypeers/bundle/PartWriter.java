package org.librarypeers.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.librarypeers.domain.Sha256;

/** One archive that is being written, under a temporary name until it is complete. */
final class PartWriter implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    /** About what the manifest and the directory of the archive need for each entry and each file of the index. */
    private static final int PER_ENTRY = 500;

    private static final int FIXED = 4_000;

    private final Path target;
    private final Path draft;
    private final Counted file;
    private final ZipOutputStream zip;
    private final List<BundleManifest.Entry> entries = new ArrayList<>();
    private final List<byte[]> index = new ArrayList<>();
    private final Set<String> carried = new HashSet<>();

    PartWriter(Path target) throws IOException {
        this.target = target;
        this.draft = target.resolveSibling(target.getFileName() + ".part");
        this.file = new Counted(new BufferedOutputStream(Files.newOutputStream(draft), BUFFER));
        this.zip = new ZipOutputStream(file);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns an upper limit of the size of the archive if it ended here. */
    long size() {
        return file.count + FIXED + (long) PER_ENTRY * (entries.size() + index.size() + 1);
    }

    List<BundleManifest.Entry> entries() {
        return entries;
    }

    int files() {
        return carried.size();
    }

    void addResources(byte[] lines, int length, long upTo) throws IOException {
        String name = Names.resources(entries.size() + 1);
        add(name, upTo, out -> out.write(lines, 0, length));
    }

    /** Adds a file unless the archive has it already. */
    void addFile(CarriedFile source) throws IOException {
        String sha256 = digest(source);
        if (carried.add(sha256)) {
            add(Names.file(sha256), -1, out -> {
                try (InputStream in = source.content().open()) {
                    in.transferTo(out);
                }
            });
            if (!entries.get(entries.size() - 1).sha256().equals(sha256)) {
                throw new IOException("file " + source.address() + " changed while it was read");
            }
        }
        index.add(ManifestJson.indexLine(source.address(), sha256));
    }

    private static String digest(CarriedFile source) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = source.content().open()) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Writes the index of the files, which is the last entry before the manifest. */
    void addIndex() throws IOException {
        if (!index.isEmpty()) {
            add(Names.FILE_INDEX, -1, out -> {
                for (byte[] line : index) {
                    out.write(line);
                    out.write('\n');
                }
            });
        }
    }

    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private void add(String name, long upTo, Body body) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        MessageDigest digest = Sha256.newDigest();
        Counted counted = new Counted(zip, digest);
        body.writeTo(counted);
        zip.closeEntry();
        entries.add(new BundleManifest.Entry(name, counted.count, HexFormat.of().formatHex(digest.digest()), upTo));
    }

    /** Completes the archive, and gives it its name. Returns its size in bytes. */
    long finish(byte[] manifest, byte[] signature) throws IOException {
        zip.putNextEntry(new ZipEntry(Names.MANIFEST));
        zip.write(manifest);
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry(Names.SIGNATURE));
        zip.write(signature);
        zip.closeEntry();
        zip.close();
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        return file.count;
    }

    /** Removes what was not finished. */
    @Override
    public void close() throws IOException {
        try {
            zip.close();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A stream that counts what is written to another one, which it does not close. */
    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private final MessageDigest[] digests;
        private long count;

        Counted(OutputStream out, MessageDigest... digests) {
            this.out = out;
            this.digests = digests;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            for (MessageDigest digest : digests) {
                digest.update(bytes, from, length);
            }
            count += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (digests.length == 0) {
                out.close();
            }
        }
    }
}

package org.librarypeers.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.librarypeers.domain.Sha256;

/** One archive that is being written. Its target gets it when it is complete. */
final class PartWriter implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    /** About what the manifest and the directory of the archive need for each entry and each file of the index. */
    private static final int PER_ENTRY = 500;

    private static final int FIXED = 4_000;

    /** The index of the files, the manifest and its signature. */
    private static final int LAST_ENTRIES = 3;

    private final PartTarget target;
    private final CountedStream file;
    private final ZipOutputStream zip;
    private final List<BundleManifest.Entry> entries = new ArrayList<>();
    private final List<byte[]> index = new ArrayList<>();
    private final Set<String> carried = new HashSet<>();

    /** The size of all entries and of the index, in bytes, decompressed. */
    private long unpacked;

    private long indexBytes;

    PartWriter(PartTarget target) throws IOException {
        this.target = target;
        this.file = new CountedStream(target.open(), null);
        this.zip = new ZipOutputStream(file);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns an upper limit of the size of the archive if it ended here. */
    long size() {
        return file.count() + FIXED + (long) PER_ENTRY * (entries.size() + index.size() + 1);
    }

    /**
     * Returns whether a reader would still take the archive with more content.
     *
     * @param bytes the size of the further content
     * @param files the number of further files
     */
    boolean takes(long bytes, int files, BundleLimits limits) {
        // The lines that wait may be written before a new entry begins.
        int more = entries.size() + 2 + files + LAST_ENTRIES;
        return unpacked + bytes + BundleLimits.manifest(more) <= limits.bytes()
                && more <= limits.entries()
                && index.size() + files <= BundleLimits.LINES
                && indexBytes + (long) files * PER_ENTRY <= BundleLimits.CHUNK / 2;
    }

    List<BundleManifest.Entry> entries() {
        return entries;
    }

    int files() {
        return carried.size();
    }

    void addResources(byte[] lines, long upTo, BundleLimits limits) throws IOException {
        zip.setLevel(isBomb(lines, limits) ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
        add(Names.resources(entries.size() + 1), upTo, out -> out.write(lines));
    }

    /** Returns whether a reader would take the content for a bomb, because it compresses too well. */
    private static boolean isBomb(byte[] content, BundleLimits limits) {
        if (content.length <= BundleLimits.SMALL) {
            return false;
        }
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                deflater.deflate(buffer);
            }
            return content.length / limits.ratio() > deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }

    /** Adds a file unless the archive has it already. Large files are hardly ever compressible, and are stored as they are. */
    void addFile(CarriedFile source) throws IOException {
        String sha256 = digest(source);
        if (carried.add(sha256)) {
            zip.setLevel(source.size() > BundleLimits.SMALL ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
            add(Names.file(sha256), -1, out -> {
                try (InputStream in = source.content().open()) {
                    in.transferTo(out);
                }
            });
            if (!entries.get(entries.size() - 1).sha256().equals(sha256)) {
                throw new IOException("file " + source.address() + " changed while it was read");
            }
        }
        byte[] line = ManifestJson.indexLine(source.address(), sha256);
        index.add(line);
        indexBytes += line.length + 1;
        unpacked += line.length + 1;
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
            // An index of many files with the same digest could look like a bomb.
            zip.setLevel(indexBytes > BundleLimits.SMALL ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
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
        CountedStream counted = new CountedStream(zip, digest);
        body.writeTo(counted);
        zip.closeEntry();
        unpacked += counted.count();
        entries.add(
                new BundleManifest.Entry(name, counted.count(), HexFormat.of().formatHex(digest.digest()), upTo));
    }

    /** Completes the archive. Returns its size in bytes. */
    long finish(byte[] manifest, byte[] signature) throws IOException {
        zip.setLevel(Deflater.DEFAULT_COMPRESSION);
        zip.putNextEntry(new ZipEntry(Names.MANIFEST));
        zip.write(manifest);
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry(Names.SIGNATURE));
        zip.write(signature);
        zip.closeEntry();
        zip.close();
        target.complete();
        return file.count();
    }

    /** Removes what was not finished. */
    @Override
    public void close() throws IOException {
        try {
            zip.close();
        } finally {
            target.discard();
        }
    }
}

package org.librarypeers.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.librarypeers.bundle.BundleException.Problem;
import org.librarypeers.domain.Sha256;

/** The entries of an archive of which nothing is trusted. Only known names are read, each within its limit. */
final class Archive implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final ZipFile zip;
    private final BundleLimits limits;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private Archive(ZipFile zip, BundleLimits limits) {
        this.zip = zip;
        this.limits = limits;
    }

    /**
     * Opens an archive, and checks its directory against the limits.
     *
     * @throws BundleException if it is not an archive with the entries of a bundle
     * @throws IOException if the file cannot be read
     */
    static Archive open(Path file, BundleLimits limits) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new BundleException(
                    Problem.NOT_A_BUNDLE,
                    "the file is not a bundle, or its end is missing; copy it again (" + e.getMessage() + ")",
                    e);
        }
        Archive archive = new Archive(zip, limits);
        try {
            archive.readDirectory();
            return archive;
        } catch (RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void readDirectory() {
        if (zip.size() > limits.entries()) {
            throw tooLarge("it has " + zip.size() + " entries; at most " + limits.entries() + " are read");
        }
        long total = 0;
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName();
            if (!Names.isKnown(name)) {
                throw unexpected("an entry that no bundle has, \"" + shown(name) + "\"");
            }
            if (entries.putIfAbsent(name, entry) != null) {
                throw unexpected("the entry " + name + " twice");
            }
            total += checkedSize(entry);
            if (total > limits.bytes()) {
                throw tooLarge("it has more than " + limits.bytes() + " bytes; ask for smaller parts");
            }
        }
    }

    private long checkedSize(ZipEntry entry) {
        long size = entry.getSize();
        long compressed = entry.getCompressedSize();
        if (size < 0 || compressed < 0) {
            throw unexpected("the entry " + entry.getName() + " of unknown size");
        }
        long most = most(entry.getName());
        if (size > most) {
            throw tooLarge("the entry " + entry.getName() + " has " + size + " bytes; at most " + most + " are read");
        }
        if (size > BundleLimits.SMALL && size / limits.ratio() > compressed) {
            throw tooLarge("the entry " + entry.getName() + " grows more than " + limits.ratio()
                    + " times when it is decompressed");
        }
        return size;
    }

    private long most(String name) {
        return Names.isFile(name)
                ? limits.bytes()
                : name.equals(Names.MANIFEST)
                        ? BundleLimits.manifest(zip.size())
                        : name.equals(Names.SIGNATURE) ? Signing.BYTES : BundleLimits.CHUNK;
    }

    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 80 ? line : line.substring(0, 80) + "...";
    }

    static BundleException unexpected(String what) {
        return new BundleException(
                Problem.UNEXPECTED_ENTRY, "the bundle has " + what + "; get a new one from its library", null);
    }

    static BundleException tooLarge(String what) {
        return new BundleException(Problem.TOO_LARGE, "the bundle is not read, because " + what, null);
    }

    static BundleException changed(String what, @Nullable Throwable cause) {
        return new BundleException(
                Problem.CHANGED,
                "the bundle was changed or damaged after it was signed: " + what + "; copy it again",
                cause);
    }

    /** Returns the names of the entries, in the order of the directory. */
    Iterable<String> names() {
        return entries.keySet();
    }

    int count() {
        return entries.size();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Reads an entry that is held in memory, which {@link #open} has limited. */
    byte[] bytes(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new BundleException(Problem.NOT_A_BUNDLE, "the file is not a bundle: it has no entry " + name, null);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(entry.getSize(), BUFFER));
        copy(entry, bytes);
        return bytes.toByteArray();
    }

    /** Reads an entry, and throws unless it has this size and digest. */
    byte[] bytes(BundleManifest.Entry signed) throws IOException {
        byte[] bytes = bytes(signed.name());
        if (bytes.length != signed.size() || !Sha256.hex(bytes).equals(signed.sha256())) {
            throw changed(signed.name() + " differs from the signed digest", null);
        }
        return bytes;
    }

    /** Throws unless an entry has the signed size and digest. */
    void verify(BundleManifest.Entry signed) throws IOException {
        ZipEntry entry = entries.get(signed.name());
        if (entry == null) {
            throw changed(signed.name() + " is missing", null);
        }
        if (entry.getSize() != signed.size()) {
            throw changed(signed.name() + " differs from the signed size", null);
        }
        MessageDigest digest = Sha256.newDigest();
        copy(entry, new OutputStream() {
            @Override
            public void write(int value) {
                digest.update((byte) value);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                digest.update(bytes, from, length);
            }
        });
        if (!Sha256.hex(digest).equals(signed.sha256())) {
            throw changed(signed.name() + " differs from the signed digest", null);
        }
    }

    /** Opens an entry. */
    InputStream stream(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw changed(name + " is missing", null);
        }
        return zip.getInputStream(entry);
    }

    /** Copies an entry. Stops if it has more bytes than the directory says, which the limits were checked with. */
    private void copy(ZipEntry entry, OutputStream out) throws IOException {
        long left = entry.getSize();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw changed(entry.getName() + " is longer than stated", null);
                }
                out.write(buffer, 0, read);
            }
        } catch (ZipException e) {
            throw changed(entry.getName() + " cannot be decompressed", e);
        } catch (java.io.EOFException e) {
            throw changed(entry.getName() + " ends too early", e);
        }
        if (left > 0) {
            throw changed(entry.getName() + " is shorter than stated", null);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // The file was only read.
        }
    }
}

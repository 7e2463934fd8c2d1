package org.librarypeers.embeddedpostgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked from a jar on the class path. */
record Binaries(Path home) {

    private static final Logger log = LoggerFactory.getLogger(Binaries.class);

    private static final String TEMPORARY = "unpack-";
    private static final PosixFilePermission[] BY_BIT = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ,
    };
    private static final int DIRECTORY_MODE = 0755;

    /** Returns the programs, after unpacking them if this version is not unpacked yet. */
    static Binaries in(Layout layout) {
        return in(layout, Platform.current());
    }

    static Binaries in(Layout layout, Platform platform) {
        URL archive = Binaries.class.getResource('/' + platform.archive());
        if (archive == null) {
            throw new EmbeddedPostgresException("No embedded PostgreSQL for this platform (" + platform
                    + ") is on the class path; add the binaries for it, or use a PostgreSQL server instead");
        }
        try {
            Path home = layout.programs().resolve(keyOf(archive));
            if (!Files.exists(home)) {
                unpack(archive, layout.programs(), home);
            }
            Binaries binaries = new Binaries(home);
            binaries.requireRunnable();
            return binaries;
        } catch (IOException e) {
            throw Layout.notWritable(layout.programs(), e);
        }
    }

    /** Throws if the programs cannot be run. PostgreSQL's own messages for that are hard to understand. */
    private void requireRunnable() {
        if (!Commands.succeeds(List.of(program("postgres").toString(), "--version"))) {
            String why = Mounts.isNoexec(home)
                    ? "their file system is mounted with noexec; remount it without noexec,"
                    : "check that they are executable and built for this system,";
            throw new EmbeddedPostgresException("The PostgreSQL programs in " + home + " cannot be run: " + why
                    + " use another directory, or use a PostgreSQL server instead");
        }
    }

    Path program(String name) {
        return home.resolve("bin").resolve(Platform.isWindows() ? name + ".exe" : name);
    }

    /** Returns the major version. A data directory can be used only with the version that created it. */
    String majorVersion() {
        Path catalog = home.resolve("share/postgresql/postgres.bki");
        Path read = Files.exists(catalog) ? catalog : home.resolve("share/postgres.bki");
        try (var lines = Files.lines(read)) {
            return lines.findFirst()
                    .orElse("")
                    .replaceFirst("^# PostgreSQL ", "")
                    .strip();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "The PostgreSQL programs in " + home + " are damaged (" + Text.oneLine(e)
                            + "); delete that directory, and they are unpacked again",
                    e);
        }
    }

    /**
     * Returns the checksum of an archive, which differs between releases. A jar stores it, so the archive need not be
     * read.
     */
    private static String keyOf(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar && jar.getJarEntry().getCrc() != -1) {
            return String.format("%08x", jar.getJarEntry().getCrc());
        }
        CheckedInputStream in = new CheckedInputStream(open(archive), new CRC32());
        try (in) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return String.format("%08x", in.getChecksum().getValue());
    }

    private static InputStream open(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static void unpack(URL archive, Path parent, Path home) throws IOException {
        log.info("Unpacking PostgreSQL into {}", home);
        Files.createDirectories(parent);
        permit(parent, DIRECTORY_MODE);
        Trees.sweep(parent, TEMPORARY);
        Path temporary = Files.createTempDirectory(parent, TEMPORARY);
        try (InputStream in = open(archive);
                var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, temporary);
            }
        }
        permit(temporary, DIRECTORY_MODE);
        Files.move(temporary, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive contains a path outside its root");
        }
        makeDirectories(entry.isDirectory() ? target : target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, target);
            permit(target, entry.getMode());
        }
    }

    /**
     * Creates directories that all users can enter, regardless of the umask, because the programs may have to run as
     * another user.
     */
    private static void makeDirectories(@Nullable Path directory) throws IOException {
        if (directory != null && !Files.exists(directory)) {
            makeDirectories(directory.getParent());
            Files.createDirectory(directory);
            permit(directory, DIRECTORY_MODE);
        }
    }

    private static void permit(Path path, int mode) throws IOException {
        if (!Platform.isPosix(path)) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BY_BIT.length; bit++) {
            if ((mode & (1 << bit)) != 0) {
                permissions.add(BY_BIT[bit]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }
}

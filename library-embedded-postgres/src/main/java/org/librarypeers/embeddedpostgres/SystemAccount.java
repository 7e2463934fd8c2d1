package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A user of a Unix system. */
record SystemAccount(String name, int uid, int gid) {

    static final SystemAccount ROOT = new SystemAccount("root", 0, 0);

    /**
     * Returns whether this process runs as root on Linux. On other systems returns false, and PostgreSQL itself reports
     * problems.
     */
    static boolean isRoot() {
        try {
            return Platform.isLinux() && of(ProcessHandle.current().pid()).uid() == ROOT.uid();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether the user id of this process has no name, on Linux. */
    static boolean isNameless() {
        try {
            SystemAccount self = Platform.isLinux() ? of(ProcessHandle.current().pid()) : ROOT;
            return self.name().equals(Integer.toString(self.uid()));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the account that a process runs as, on Linux. */
    static SystemAccount of(long pid) throws IOException {
        return ownerOf(Path.of("/proc", Long.toString(pid)));
    }

    static SystemAccount ownerOf(Path path) throws IOException {
        return new SystemAccount(
                Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName(),
                (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS),
                (Integer) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS));
    }

    /** Returns the user {@code postgres} if it exists, otherwise {@code nobody}. */
    static SystemAccount unprivileged() {
        return named("postgres").or(() -> named("nobody")).orElse(new SystemAccount("nobody", 65534, 65534));
    }

    private static Optional<SystemAccount> named(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals(name))
                    .map(fields -> new SystemAccount(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    void own(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }
}

package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The paths of the files under the directory of a server.
 *
 * @param directory the real path once it is {@linkplain #prepare prepared}, so that different spellings of a path mean
 *     one server
 */
record Layout(Path directory) {

    /** Creates the missing directories. */
    static Layout prepare(Path directory) {
        // PostgreSQL's programs build shell commands with the paths in double quotes, and postmaster.pid is read line
        // by line.
        if (!Platform.isWindows() && directory.toAbsolutePath().toString().matches("(?s).*[\"$`\\\\\\n\\r].*")) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL cannot work in " + directory.toString().replaceAll("\\s", " ")
                            + ", because the path contains one of \" $ ` \\ or a line break; use another"
                            + " directory");
        }
        try {
            Files.createDirectories(directory, ownerOnly(directory));
            Layout layout = new Layout(directory.toRealPath());
            Files.createDirectories(layout.log().getParent(), ownerOnly(directory));
            return layout;
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }

    static EmbeddedPostgresException notWritable(Path path, IOException cause) {
        return new EmbeddedPostgresException(
                "Cannot write to " + path + " (" + Text.oneLine(cause)
                        + "); make it writable, or use another directory",
                cause);
    }

    Path data() {
        return directory.resolve("data");
    }

    Path programs() {
        return directory.resolve("bin");
    }

    Path password() {
        return directory.resolve("password");
    }

    Path log() {
        return directory.resolve("log").resolve("postgres.log");
    }

    /** Returns the file of the lock that a process holds while it starts or stops the server, or decides whether to. */
    Path startLock() {
        return directory.resolve("start.lock");
    }

    /** Returns the file of the lock that every process that uses the server holds in shared mode. */
    Path usersLock() {
        return directory.resolve("users.lock");
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return Platform.isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}

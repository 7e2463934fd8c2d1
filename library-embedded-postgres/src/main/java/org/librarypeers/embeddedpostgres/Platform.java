package org.librarypeers.embeddedpostgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** An operating system and architecture, named as in the file names of the binaries. */
record Platform(String system, String architecture) {

    private static final Platform CURRENT = of(System.getProperty("os.name"), System.getProperty("os.arch"));

    static Platform current() {
        return CURRENT;
    }

    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("mac") || os.startsWith("darwin")
                ? "darwin"
                : os.startsWith("windows") ? "windows" : os.replace(' ', '_');
        String architecture = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case "ppc64le" -> "ppcle_64";
            default -> osArch.toLowerCase(Locale.ROOT);
        };
        return new Platform(system, architecture);
    }

    static boolean isWindows() {
        return CURRENT.system.equals("windows");
    }

    static boolean isLinux() {
        return CURRENT.system.equals("linux");
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Returns the name of the archive of the programs, which is in the root of their jar. Alpine needs its own because
     * of its C library.
     */
    String archive() {
        boolean alpine = system.equals("linux") && Files.exists(Path.of("/etc/alpine-release"));
        return "postgres-" + system + '-' + architecture + (alpine ? "-alpine_linux" : "") + ".txz";
    }

    @Override
    public String toString() {
        return system + ' ' + architecture;
    }
}

package org.librarypeers.app.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.librarypeers.app.files.PrivateFile;

/**
 * The scheduled backups of one library in a folder. The name of a backup contains the beginning of the library's id and
 * the time in UTC: {@code library-1f3a9c02-20261129-131640.zip}. All other files in the folder are left alone.
 */
final class BackupFolder {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** The time after which an incomplete file belongs to a killed process. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private static final String SUFFIX = ".zip";

    private final BackupSettings settings;
    private final Path directory;
    private final String prefix;
    private final Pattern name;

    BackupFolder(BackupSettings settings, UUID library) {
        this.settings = settings;
        this.directory = settings.directory();
        this.prefix = "library-" + library.toString().substring(0, 8) + "-";
        this.name = Pattern.compile(prefix + "(\\d{8}-\\d{6})" + Pattern.quote(SUFFIX));
    }

    private record Kept(Path file, Instant at) {}

    Path directory() {
        return directory;
    }

    Set<Backups.Part> parts() {
        return settings.parts();
    }

    /** Returns whether the newest backup is too old. A backup from the future does not count. */
    boolean isDue(Instant now) throws IOException {
        Instant limit = now.minus(settings.every());
        return kept().stream().map(Kept::at).noneMatch(at -> at.isAfter(limit) && !at.isAfter(now));
    }

    /** Returns the name of a new backup. Creates the folder if it is missing. */
    Path file(Instant now) throws IOException {
        Files.createDirectories(directory);
        return directory.resolve(prefix + TIME.format(now) + SUFFIX);
    }

    /** Deletes all backups but the newest ones, and the incomplete files of killed processes. */
    void prune(Instant now) throws IOException {
        for (Kept old : kept().stream().skip(settings.keep()).toList()) {
            Files.deleteIfExists(old.file());
        }
        for (Path file : files()) {
            String draft = file.getFileName().toString();
            if (draft.startsWith(prefix)
                    && draft.endsWith(PrivateFile.DRAFT)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(ABANDONED_AFTER))) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Returns the backups, newest first. */
    private List<Kept> kept() throws IOException {
        return files().stream()
                .flatMap(file -> at(file).map(at -> new Kept(file, at)).stream())
                .sorted(Comparator.comparing(Kept::at).reversed())
                .toList();
    }

    private Optional<Instant> at(Path file) {
        Matcher matcher = name.matcher(file.getFileName().toString());
        try {
            return matcher.matches() ? Optional.of(Instant.from(TIME.parse(matcher.group(1)))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}

package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/** Utilities that rotate the server's log, and find the reason for a failure in it. */
final class Logs {

    private static final long ROTATE_BYTES = 1_000_000;
    private static final int TAIL_BYTES = 16_384;
    private static final Pattern GRAVE = Pattern.compile("(?:FATAL|PANIC|ERROR|error):\\s+(.*)");

    private Logs() {}

    /**
     * Renames a log that has become too large, or that is not writable because another user wrote it. Replaces the
     * previous one.
     */
    static void rotate(Path log) throws IOException {
        if (Files.exists(log) && (Files.size(log) > ROTATE_BYTES || !Files.isWritable(log))) {
            Files.move(log, former(log), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Copies a log that has become too large, and empties it. The server continues to append to it. A line that it
     * writes at this moment may be lost.
     */
    static void rotateInUse(Path log) throws IOException {
        if (size(log) > ROTATE_BYTES) {
            Files.copy(log, former(log), StandardCopyOption.REPLACE_EXISTING);
            Files.newOutputStream(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    private static Path former(Path log) {
        return log.resolveSibling(log.getFileName() + ".1");
    }

    static long size(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** Returns the line after a position in the log that best explains a failure. */
    static String reason(Path log, long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(from, file.length() - TAIL_BYTES));
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, file.length() - file.getFilePointer())];
            file.readFully(tail);
            List<String> lines = new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            // The lines after the first serious one are mostly its consequences.
            return lines.stream()
                    .map(GRAVE::matcher)
                    .filter(matcher -> matcher.find())
                    .map(matcher -> matcher.group(1).strip())
                    .findFirst()
                    .orElse(
                            lines.isEmpty()
                                    ? "no reason was given"
                                    : lines.get(lines.size() - 1).strip());
        }
    }
}

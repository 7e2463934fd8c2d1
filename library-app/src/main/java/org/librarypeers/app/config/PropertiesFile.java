package org.librarypeers.app.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A property file in UTF-8 whose entries know their line. */
final class PropertiesFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PropertiesFile() {}

    /**
     * An entry of a file.
     *
     * @param line the number of its first line, from 1
     */
    record Entry(int line, String key, String value) {}

    /**
     * Returns the entries of a file, in its order. Lines have the form of {@link Properties}.
     *
     * @throws CharacterCodingException if the file is not UTF-8
     * @throws IOException if the file cannot be read
     * @throws InvalidConfigurationException if a line is not valid
     */
    static List<Entry> read(Path file) throws IOException {
        String text = decode(Files.readAllBytes(file));
        String[] lines = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).split("\\R", -1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(lines[i]);
            while (isContinued(lines[i]) && !isComment(lines[first]) && i + 1 < lines.length) {
                logical.append('\n').append(lines[++i]);
            }
            parse(file, first + 1, logical.toString(), entries);
        }
        return entries;
    }

    /**
     * Decodes UTF-8.
     *
     * @throws CharacterCodingException if the bytes are not UTF-8
     */
    static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static boolean isComment(String line) {
        String text = line.stripLeading();
        return text.startsWith("#") || text.startsWith("!");
    }

    /** Returns whether an odd number of backslashes ends the line. */
    private static boolean isContinued(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private static void parse(Path file, int line, String logical, List<Entry> entries) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(logical));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    file + ":" + line + ": the escape after '\\' is not valid; write '\\\\' for a backslash");
        }
        properties.forEach((key, value) -> entries.add(new Entry(line, (String) key, (String) value)));
    }
}

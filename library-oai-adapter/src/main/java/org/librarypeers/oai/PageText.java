package org.librarypeers.oai;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a body.
 *
 * @param text the text without a byte order mark
 * @param isDamaged whether bytes were not text in the stated character set. Each of them is U+FFFD in the text.
 */
record PageText(String text, boolean isDamaged) {

    private static final int BEGINNING = 200;
    private static final Pattern DECLARED = Pattern.compile("<\\?xml[^>]*\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)");
    private static final Pattern IN_TYPE = Pattern.compile("(?i)charset\\s*=\\s*\"?([A-Za-z0-9._-]+)");

    /** Decodes a body: by its byte order mark, its declaration, its content type, or as UTF-8, in this order. */
    static PageText of(AnswerBody body) {
        byte[] bytes = body.bytes();
        int mark = mark(bytes);
        ByteBuffer content = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        Charset charset = charset(bytes, body.type());
        try {
            return new PageText(charset.newDecoder().decode(content.duplicate()).toString(), false);
        } catch (CharacterCodingException e) {
            return new PageText(charset.decode(content).toString(), true);
        }
    }

    private static int mark(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return 3;
        }
        return startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE) ? 2 : 0;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset charset(byte[] bytes, String type) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        } else if (startsWith(bytes, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        } else if (startsWith(bytes, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        String beginning = new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(beginning);
        Matcher typed = IN_TYPE.matcher(type);
        String name = declared.find() ? declared.group(1) : typed.find() ? typed.group(1) : "UTF-8";
        try {
            Charset charset = Charset.forName(name);
            // A declaration that can be read as ASCII cannot be UTF-16.
            return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")
                    ? StandardCharsets.UTF_8
                    : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}

package org.librarypeers.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reader that decodes UTF-8 with occasional bytes of another encoding, and keeps the latest text, so that it can be read
 * again.
 *
 * <p>A byte that is not part of valid UTF-8 becomes the surrogate U+DC00 + byte. No valid text contains an unpaired surrogate,
 * so the affected value can be recognised, and the values around it stay intact. Python marks such bytes in the same way.
 */
final class Utf8Reader extends Reader {

    private static final int BUFFER_BYTES = 8_192;

    /**
     * The number of buffered bytes below which more are read. It is larger than the longest UTF-8 character, so that decoding
     * makes progress.
     */
    private static final int FEW_BYTES = 16;

    /** The maximum number of characters kept, larger than a page. */
    private static final int MAX_KEPT = 8 * 1024 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char FIRST_BYTE = '\uDC00';

    private static final Pattern CUT_WORD = Pattern.compile(
            "(?<![A-Za-z])(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|N|Na|-?I|-?In(?:f(?:i(?:n(?:i(?:t)?)?)?)?)?)$");

    private static final int LONGEST_WORD = 16;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES).flip();
    private final StringBuilder kept = new StringBuilder();
    private long keptFrom;
    private boolean begun;
    private boolean inputEnded;
    private boolean ended;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    /** Returns whether the text has been read to its end and ends within a JSON word, such as {@code true}. */
    boolean endsWithinWord() {
        return ended
                && CUT_WORD.matcher(kept.substring(Math.max(0, kept.length() - LONGEST_WORD)))
                        .find();
    }

    /** Removes the kept text before an index, which counts from 0 at the beginning of the text. */
    void keepFrom(long index) {
        int forgotten = (int) Math.min(kept.length(), index - keptFrom);
        kept.delete(0, forgotten);
        keptFrom += forgotten;
    }

    /** Reads the text to its end and returns what is kept; null if it was too long to keep. */
    @Nullable
    String rest() throws IOException {
        char[] more = new char[BUFFER_BYTES];
        while (kept.length() < MAX_KEPT && read(more, 0, more.length) >= 0) {
            // Reading appends to the kept text.
        }
        return ended ? kept.toString() : null;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (inputEnded && !bytes.hasRemaining()) {
                ended = true;
                return -1;
            }
            decode();
        }
        int read = Math.min(length, chars.remaining());
        chars.get(target, offset, read);
        if (kept.length() < MAX_KEPT) {
            kept.append(target, offset, read);
        }
        return read;
    }

    private void decode() throws IOException {
        if (!inputEnded && bytes.remaining() < FEW_BYTES) {
            fill();
        }
        chars.clear();
        CoderResult result;
        do {
            result = decoder.decode(bytes, chars, inputEnded);
            if (result.isMalformed()) {
                for (int i = 0; i < result.length() && chars.hasRemaining(); i++) {
                    chars.put((char) (FIRST_BYTE + (bytes.get() & 0xFF)));
                }
                decoder.reset();
            }
        } while (result.isMalformed() && chars.hasRemaining());
        chars.flip();
        if (!begun && chars.hasRemaining()) {
            begun = true;
            if (chars.get(chars.position()) == BYTE_ORDER_MARK) {
                chars.get();
            }
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            inputEnded = true;
        } else {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

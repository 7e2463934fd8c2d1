package org.librarypeers.app.pictures;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The facts about a JPEG that decide how it is decoded, from the segments before its first scan. Java's own reader tells them only
 * for files that keep to all rules.
 *
 * @param scans whether the picture comes in several scans, so that a decoder needs memory for all of it
 * @param orientation the orientation by Exif, from 1 to 8; 1 if unknown
 */
record JpegStructure(boolean scans, int orientation) {

    private static final int START_OF_FRAME = 0xC0;
    private static final int PROGRESSIVE = 0xC2;
    private static final int LAST_FRAME = 0xCF;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP1 = 0xE1;

    /** The markers in the range of frames that are none: tables, and a reserved one. */
    private static final int HUFFMAN = 0xC4;

    private static final int RESERVED = 0xC8;
    private static final int ARITHMETIC = 0xCC;

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY_BYTES = 12;
    private static final int TIFF_HEADER_BYTES = 8;

    /** Reads the segments. Does not close the stream. */
    static JpegStructure read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        boolean scans = false;
        int orientation = 1;
        int components = 0;
        while (true) {
            int marker = marker(in);
            if (marker < 0 || marker == END_OF_IMAGE) {
                return new JpegStructure(scans, orientation);
            }
            if (marker == START_OF_IMAGE || marker == 0x01 || (marker >= 0xD0 && marker < START_OF_IMAGE)) {
                continue;
            }
            byte[] segment = in.readNBytes(Math.max(0, in.readUnsignedShort() - 2));
            if (isFrame(marker) && segment.length > 5) {
                scans |= marker >= PROGRESSIVE;
                components = segment[5] & 0xff;
            } else if (marker == APP1 && startsWith(segment, EXIF)) {
                orientation = orientation(segment);
            } else if (marker == START_OF_SCAN) {
                boolean partial = segment.length > 0 && (segment[0] & 0xff) < components;
                return new JpegStructure(scans || partial, orientation);
            }
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= START_OF_FRAME
                && marker <= LAST_FRAME
                && marker != HUFFMAN
                && marker != RESERVED
                && marker != ARITHMETIC;
    }

    /** Returns the next marker; -1 at the end. */
    private static int marker(DataInputStream in) throws IOException {
        int before = in.read();
        int next = in.read();
        while (next >= 0 && (before != 0xFF || next == 0 || next == 0xFF)) {
            before = next;
            next = in.read();
        }
        return next;
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(Arrays.copyOf(bytes, start.length), start);
    }

    private static int orientation(byte[] segment) {
        ByteBuffer tiff = ByteBuffer.wrap(segment, EXIF.length, segment.length - EXIF.length)
                .slice();
        if (tiff.remaining() < TIFF_HEADER_BYTES) {
            return 1;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xFFFFFFFFL;
        if (directory + 2 > tiff.limit()) {
            return 1;
        }
        int entries = tiff.getShort((int) directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) i * ENTRY_BYTES;
            if (entry + ENTRY_BYTES > tiff.limit()) {
                return 1;
            }
            if ((tiff.getShort((int) entry) & 0xFFFF) == ORIENTATION) {
                int value = tiff.getShort((int) entry + TIFF_HEADER_BYTES) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}

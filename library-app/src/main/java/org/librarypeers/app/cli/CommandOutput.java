package org.librarypeers.app.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A UTF-8 text output that records why a write failed. A {@link PrintWriter} alone discards the exception. */
final class CommandOutput extends PrintWriter {

    private final Destination destination;

    /** Creates an output that is flushed after each line. */
    CommandOutput(OutputStream stream) {
        this(new Destination(stream));
    }

    private CommandOutput(Destination destination) {
        super(destination, true, StandardCharsets.UTF_8);
        this.destination = destination;
    }

    /**
     * Flushes the output and returns why it could not be written. Returns an empty {@code Optional} if everything was written, or
     * if the reader has closed the pipe, as {@code head} does.
     */
    static Optional<String> failure(PrintWriter out) {
        if (!out.checkError()) {
            return Optional.empty();
        }
        IOException failure = out instanceof CommandOutput output ? output.destination.failure : null;
        if (failure == null) {
            return Optional.of("unknown reason");
        }
        return isClosedPipe(failure) ? Optional.empty() : Optional.of(message(failure));
    }

    private static boolean isClosedPipe(IOException failure) {
        return message(failure).toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    private static String message(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** A stream that rejects all writes after its first failure, so that the output has no gap in the middle. */
    private static final class Destination extends FilterOutputStream {

        private @Nullable IOException failure;

        Destination(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            attempt(() -> out.write(bytes, from, length));
        }

        @Override
        public void flush() throws IOException {
            attempt(out::flush);
        }

        @Override
        public void close() throws IOException {
            // Close the file even after a failed write.
            try (OutputStream closed = out) {
                attempt(closed::flush);
            }
        }

        private void attempt(Step step) throws IOException {
            if (failure != null) {
                // A new exception each time: a writer adds the exception of close() to that of write() as suppressed,
                // which fails if both are the same object.
                throw new IOException(message(failure), failure);
            }
            try {
                step.run();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}

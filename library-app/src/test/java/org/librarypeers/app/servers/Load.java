package org.librarypeers.app.servers;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of a node that sends one request after the other, in its own thread, until it is stopped. */
final class Load {

    /** A request. */
    interface Request {
        HttpResponse<String> send(int number) throws IOException, InterruptedException;
    }

    /**
     * An answer. The times are those of {@link System#nanoTime}.
     *
     * @param response the response; null if there was none
     */
    record Answer(
            int number, long sent, long received, @Nullable HttpResponse<String> response) {
        int status() {
            return response == null ? 0 : response.statusCode();
        }
    }

    private final List<Answer> answers = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    private Load(Request request) {
        thread = new Thread(() -> work(request), "load");
        thread.setDaemon(true);
        thread.start();
    }

    static Load start(Request request) {
        return new Load(request);
    }

    private void work(Request request) {
        for (int number = 0; !stopped; number++) {
            long sent = System.nanoTime();
            HttpResponse<String> response = null;
            try {
                response = request.send(number);
            } catch (IOException e) {
                // Counts as no answer.
            } catch (InterruptedException e) {
                return;
            }
            add(new Answer(number, sent, System.nanoTime(), response));
            // Leaves some of the machine to the servers.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private synchronized void add(Answer answer) {
        answers.add(answer);
    }

    synchronized List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** Returns the first matching answer to a request that was sent after a time. */
    @Nullable
    Answer first(long since, Predicate<Answer> wanted) {
        return answers().stream()
                .filter(answer -> answer.sent() - since >= 0)
                .filter(wanted)
                .findFirst()
                .orElse(null);
    }

    /** Stops after the current request. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}

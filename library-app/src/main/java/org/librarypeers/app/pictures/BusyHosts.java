package org.librarypeers.app.pictures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.librarypeers.sync.pictures.PictureTask;

/** The hosts from which this process is fetching pictures. Thread-safe. */
final class BusyHosts {

    /** The number of pictures that are fetched from one host at a time. */
    private static final int MOST_PER_HOST = 2;

    private final Map<String, Integer> running = new HashMap<>();
    private String last = "";

    /**
     * Claims the next picture, and counts its host until it is {@linkplain #release released}.
     *
     * @param claim claims a picture of another host than these, the first host after the second argument
     */
    synchronized Optional<PictureTask> claim(BiFunction<List<String>, String, Optional<PictureTask>> claim) {
        List<String> busy = running.entrySet().stream()
                .filter(host -> host.getValue() >= MOST_PER_HOST)
                .map(Map.Entry::getKey)
                .toList();
        Optional<PictureTask> task = claim.apply(busy, last);
        task.ifPresent(claimed -> {
            last = claimed.host();
            running.merge(last, 1, Integer::sum);
        });
        return task;
    }

    synchronized void release(String host) {
        running.computeIfPresent(host, (name, number) -> number == 1 ? null : number - 1);
    }
}

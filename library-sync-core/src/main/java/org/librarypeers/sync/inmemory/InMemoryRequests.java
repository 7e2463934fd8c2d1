package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.RequestLog;

record InMemoryRequests(InMemoryStorage storage) implements RequestLog {

    @Override
    public List<Instant> times(UserName account, Instant since, int limit) {
        return storage.with(tables -> tables.requests.getOrDefault(account, List.of()).stream()
                .filter(time -> time.isAfter(since))
                .sorted()
                .limit(limit)
                .toList());
    }

    @Override
    public void add(UserName account, Instant now, Instant forgotten) {
        storage.change(tables -> {
            Stream<Instant> kept =
                    tables.requests.getOrDefault(account, List.of()).stream().filter(time -> time.isAfter(forgotten));
            tables.requests.put(
                    account, new ArrayList<>(Stream.concat(kept, Stream.of(now)).toList()));
        });
    }
}

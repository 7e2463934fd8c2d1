package org.librarypeers.sync.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets. It stands still, or runs beside another clock. Thread-safe. */
public class SettableClock extends Clock {

    private final InstantSource base;
    private volatile Duration ahead = Duration.ZERO;

    /** Creates a clock that stands still at a time with microseconds. */
    public SettableClock() {
        this(Instant.parse("2026-02-03T04:05:06.123456Z"));
    }

    /** Creates a clock that stands still at this time. */
    public SettableClock(Instant start) {
        this(InstantSource.fixed(start));
    }

    /** Creates a clock that runs beside another one, and shows the same time until a test sets it. */
    public SettableClock(InstantSource base) {
        this.base = base;
    }

    /** Moves the clock forward by one minute. */
    public void tick() {
        advance(Duration.ofMinutes(1));
    }

    /** Moves the clock forward, or back if the duration is negative. */
    public synchronized void advance(Duration duration) {
        ahead = ahead.plus(duration);
    }

    /** Sets the time. */
    public void set(Instant now) {
        setAhead(Duration.between(base.instant(), now));
    }

    /** Sets how far the clock is ahead of its first time, or of the clock beside which it runs. */
    public synchronized void setAhead(Duration duration) {
        ahead = duration;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the time zone is always UTC");
    }
}

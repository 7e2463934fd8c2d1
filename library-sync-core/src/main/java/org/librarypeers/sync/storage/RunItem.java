package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Slug;

/**
 * What became of an item of a run, and which resource it is here now.
 *
 * @param outcome what became of it
 * @param slug the readable part of the resource's address; null if it is not here
 * @param title its title as it is now; empty if it is not here
 */
public record RunItem(Outcome outcome, @Nullable Slug slug, LocalizedText title) {}

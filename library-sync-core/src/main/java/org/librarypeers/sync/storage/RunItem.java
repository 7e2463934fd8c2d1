package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Slug;

/**
 * The outcome of an item of a run, with the resource as it is now.
 *
 * @param outcome the outcome
 * @param slug the readable part of the resource's address; null if the resource does not exist here
 * @param title the current title; empty if the resource does not exist here
 */
public record RunItem(Outcome outcome, @Nullable Slug slug, LocalizedText title) {}

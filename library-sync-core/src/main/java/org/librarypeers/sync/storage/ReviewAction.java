package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.UUID;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;

/**
 * The decisions that a reviewer made together.
 *
 * @param id the id, by which they can be undone
 * @param status the decision, approved or rejected
 * @param by the reviewer
 * @param at when the first decision was made
 * @param first the decided resource with the lowest GUID
 * @param decided the number of decided resources, from 1
 * @param undone the number of those whose decision was undone
 */
public record ReviewAction(UUID id, Status status, UserName by, Instant at, Guid first, long decided, long undone) {}

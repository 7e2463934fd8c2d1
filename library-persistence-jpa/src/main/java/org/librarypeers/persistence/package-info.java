/**
 * An implementation of the storage ports on PostgreSQL. {@link org.librarypeers.persistence.JpaStorage} is the entry
 * point; nothing else here is public.
 *
 * <pre>
 * JpaStorage ─► JpaResources, JpaPeers, JpaSyncLogs …        one object with its parts: Hibernate and the entities
 *    │     └──► JdbcHarvest, JdbcCatalogue, JdbcReviewQueue …   sets of rows: SQL
 *    │                │
 *    ├──────────► Transactions ─► UnitOfWork                 one session and one connection for each transaction
 *    ├──────────► ReplicaStorage ─► ReplicaReads ─► Replica   reads on a standby that is fresh enough, else on the primary
 *    ├──────────► Leases                                     one run per peer, kept by heartbeats on their own connection
 *    ├──────────► Secrets                                    encrypts API keys, so that the database does not reveal them
 *    └──────────► Database ─► Schema                         the pool, its failures in words, and the migrations
 * </pre>
 */
@NullMarked
package org.librarypeers.persistence;

import org.jspecify.annotations.NullMarked;

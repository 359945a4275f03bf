/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What leaves a run: every table and column of a result, declared once, with unit and definition.
 * The recorder, the journal, the HDF5 file, its attributes and the reader all come from this list.
 *
 *   TABLE(table, level, definition, COLUMNS)      COLUMN(table, type, name, unit, definition)
 *
 * A table is kept from its level of recording on (record.level): REC_LEVEL_<level>, enums.h.
 * Types: u8 u16 u32 u64 i64. Times are simulated nanoseconds since the start of the replication.
 * The table `truth` is ground truth: linking adversaries never see it; scoring does.
 * The enumerations that a unit names ("enum class") are in models/record/enums.h.
 */
#ifndef MODELS_RECORD_TABLES_H
#define MODELS_RECORD_TABLES_H

#define REC_LATENCY(C)                                                                             \
	C(latency, u8, metric, "enum latency_metric", "which interval was measured")                  \
	C(latency, u8, class, "enum class", "class of the subscriber")                                \
	C(latency, u8, method, "enum method", "authentication method")                                \
	C(latency, u8, access, "enum access", "how the subscriber reached the core")                  \
	C(latency, u8, roaming, "enum roaming", "which network served the subscriber")                \
	C(latency, u8, outcome, "enum outcome", "finished, failed, or censored by the end of the run") \
	C(latency, u8, met, "", "1 when it finished within the scenario's deadline")                  \
	C(latency, u8, cause, "5GMM cause", "cause of the failure, 0 when none was given")            \
	C(latency, u8, attempts, "", "attempts made (registration), 1 elsewhere")                     \
	C(latency, u32, entity, "", "number of the subscriber")                                       \
	C(latency, i64, start_ns, "ns", "when the wait began")                                        \
	C(latency, i64, total_ns, "ns", "the latency; -1 when it never finished")                     \
	C(latency, i64, radio_ns, "ns", "part: random access, scheduling, air, HARQ")                 \
	C(latency, i64, transport_ns, "ns", "part: links between nodes")                              \
	C(latency, i64, queueing_ns, "ns", "part: waiting for a worker or for a shared core")         \
	C(latency, i64, service_ns, "ns", "part: service, cryptography apart")                        \
	C(latency, i64, crypto_ns, "ns", "part: cryptography")                                        \
	C(latency, i64, timer_ns, "ns", "part: protocol timers and intervals")

#define REC_LATENCY_SKETCH(C)                                                                      \
	C(latency_sketch, u32, sketch, "", "number of the sketch in its replication")                 \
	C(latency_sketch, u8, metric, "enum latency_metric", "which interval was measured")           \
	C(latency_sketch, u8, class, "enum class", "class of the subscribers")                        \
	C(latency_sketch, u8, method, "enum method", "authentication method")                         \
	C(latency_sketch, u8, access, "enum access", "how the subscribers reached the core")          \
	C(latency_sketch, u8, roaming, "enum roaming", "which network served the subscribers")        \
	C(latency_sketch, u8, outcome, "enum outcome", "only finished waits have what follows count") \
	C(latency_sketch, u8, exact, "", "1: latency_bucket has every value; 0: middles of buckets, " \
	  "which are off by 1/1024 of the value at most")                                             \
	C(latency_sketch, u64, count, "", "number of waits")                                          \
	C(latency_sketch, i64, begin_ns, "ns", "when the first of these waits began")                 \
	C(latency_sketch, i64, first_ns, "ns", "when the first one ended; -1 when none finished")     \
	C(latency_sketch, i64, last_ns, "ns", "when the last one ended; -1 when none finished")       \
	C(latency_sketch, i64, min_ns, "ns", "the shortest; -1 when none finished")                   \
	C(latency_sketch, i64, max_ns, "ns", "the longest; -1 when none finished")                    \
	REC_SUM(C, total, "ns", "sum of the latencies")                                               \
	REC_SUM(C, squares, "ns^2", "sum of their squares; all ones: 2^128 or more")                  \
	REC_SUM(C, radio, "ns", "sum of this part: random access, scheduling, air, HARQ")             \
	REC_SUM(C, transport, "ns", "sum of this part: links between nodes")                          \
	REC_SUM(C, queueing, "ns", "sum of this part: waiting for a worker or a shared core")         \
	REC_SUM(C, service, "ns", "sum of this part: service, cryptography apart")                    \
	REC_SUM(C, crypto, "ns", "sum of this part: cryptography")                                    \
	REC_SUM(C, timer, "ns", "sum of this part: protocol timers and intervals")
#define REC_SUM(C, name, unit, doc)                                                                \
	C(latency_sketch, u64, name##_high, unit, doc ": its multiples of 2^64")                      \
	C(latency_sketch, u64, name##_low, unit, doc ": the rest")

#define REC_LATENCY_BUCKET(C)                                                                      \
	C(latency_bucket, u32, sketch, "", "number of the sketch in its replication")                 \
	C(latency_bucket, i64, value_ns, "ns", "a latency, or the middle of a bucket")                \
	C(latency_bucket, u64, count, "", "how many finished waits were so long")

#define REC_DEMAND(C)                                                                              \
	C(demand, u8, class, "enum class", "class of the subscribers")                                \
	C(demand, u32, window, "", "number of the window of record.window by start time")             \
	C(demand, u32, reg_demands, "", "demands to be registered that began in the window, ended")   \
	C(demand, u32, reg_met, "", "of these, met within the deadline")                              \
	C(demand, u32, attempts, "", "registration attempts of these demands")                        \
	C(demand, u32, attempts_ok, "", "of these, completed before T3510")                           \
	C(demand, u32, offered, "", "demands to be registered that subscribers made in the window")   \
	C(demand, u32, tried, "", "attempts at an initial registration begun in the window")          \
	C(demand, u32, completed, "", "demands to be registered that were met, late or not, in it")    \
	C(demand, u32, in_time, "", "of these, in time and not begun anew after T3502 or T3346")          \
	C(demand, u32, dt_demands, "", "demands to enter a hospital that began in the window, ended") \
	C(demand, u32, dt_met, "", "of these, met within the deadline")

#define REC_SESSION(C)                                                                             \
	C(session, u32, session, "", "number of the operation in the schedule")                       \
	C(session, u16, hospital, "name hospital", "where")                                           \
	C(session, i64, start_ns, "ns", "the headset starts")                                         \
	C(session, i64, ready_ns, "ns", "surgery can begin; -1 never")                                \
	C(session, i64, planned_end_ns, "ns", "planned end; -1 when it never began")                  \
	C(session, i64, end_ns, "ns", "actual end; -1 when it never began")                           \
	C(session, u8, completed, "", "1 when it ended as planned")                                   \
	C(session, u32, interruptions, "", "interruptions longer than the survival time")             \
	C(session, i64, interrupted_ns, "ns", "total time interrupted")                               \
	C(session, i64, longest_ns, "ns", "longest interruption")

#define REC_OBS_HOSPITAL(C)                                                                        \
	C(obs_hospital, u32, obs, "", "number of the observation at this vantage")                    \
	C(obs_hospital, u16, hospital, "name hospital", "the platform that saw it")                   \
	C(obs_hospital, i64, t_ns, "ns", "when the assertion was shown")                              \
	C(obs_hospital, u64, pseudonym, "", "first 8 octets of the pseudonym")                        \
	C(obs_hospital, u64, holder_key, "", "first 8 octets of the holder's public key")             \
	C(obs_hospital, u64, commitment, "", "first 8 octets of the manifest commitment")             \
	C(obs_hospital, u32, disclosed, "", "what the care team learns: subject number + 1; 0 nothing. " \
	  "Seen only by an adversary with the disclosure")

#define REC_OBS_RADIO(C)                                                                           \
	C(obs_radio, u32, obs, "", "number of the observation at this vantage")                       \
	C(obs_radio, u16, cell, "name cell", "the cell it was heard in")                              \
	C(obs_radio, i64, t_ns, "ns", "when")                                                         \
	C(obs_radio, u8, kind, "enum identity", "SUCI of the null scheme, profile A or B, or 5G-GUTI")   \
	C(obs_radio, u64, identity, "", "first 8 octets of SHA-256 over the identity on the air")     \
	C(obs_radio, u64, clear_msin, "", "MSIN when it is on the air in clear (null scheme), else 0")

#define REC_TRUTH(C)                                                                               \
	C(truth, u8, vantage, "enum vantage", "the table that the observation stands in")             \
	C(truth, u32, obs, "", "number of the observation there")                                     \
	C(truth, u32, session, "", "number of the operation")                                         \
	C(truth, u16, subject, "name subject", "who it was")                                          \
	C(truth, u64, msin, "", "the subject's MSIN")

#define REC_OUTAGE(C)                                                                              \
	C(outage, u16, nf, "name node", "the network function")                                       \
	C(outage, i64, down_ns, "ns", "went down")                                                    \
	C(outage, i64, up_ns, "ns", "came up again (end of the run when it never did)")

#define REC_STATION(C)                                                                             \
	C(station, u16, station, "name station", "the station")                                       \
	C(station, u64, arrivals, "", "jobs that arrived")                                            \
	C(station, u64, served, "", "jobs served")                                                    \
	C(station, u64, blocked, "", "jobs that found the queue full")                                \
	C(station, u64, timed_out, "", "jobs that left after the timeout")                            \
	C(station, u64, lost, "", "jobs lost because the station was down")                           \
	C(station, i64, wait_ns, "ns", "sum of waits")                                                \
	C(station, i64, busy_ns, "ns", "sum over workers of time occupied")                           \
	C(station, i64, cpu_ns, "ns", "sum of the demands served: time on a core")                    \
	C(station, u64, longest, "", "most jobs waiting at once")

#define REC_QUEUE(C)                                                                               \
	C(queue, u16, station, "name station", "the station")                                         \
	C(queue, u16, source, "", "customers of the source of this number; 65535: of all")              \
	C(queue, i64, measured_us, "us", "how long was measured: the run without its warm-up")        \
	C(queue, u64, arrivals, "", "customers that came, repeated attempts included")                \
	C(queue, u64, served, "", "of those that left, customers that had been served")               \
	C(queue, u64, blocked, "", "customers that found the queue full")                             \
	C(queue, u64, abandoned, "", "customers whose patience ended before they were served")        \
	C(queue, u64, waited, "", "of those served or abandoned, customers that waited at all")       \
	C(queue, i64, wait_us, "us", "sum of the waits of those served or abandoned: not in service") \
	C(queue, i64, wait_p50_ns, "ns", "their median; -1 of nobody")                                \
	C(queue, i64, wait_p95_ns, "ns", "their 95 % quantile")                                       \
	C(queue, i64, wait_p99_ns, "ns", "their 99 % quantile")                                       \
	C(queue, i64, wait_sd_ns, "ns", "their standard deviation; -1 of fewer than two")             \
	C(queue, i64, sojourn_us, "us", "sum of the sojourns of those served: waiting and service")   \
	C(queue, i64, sojourn_p50_ns, "ns", "their median; -1 of nobody")                             \
	C(queue, i64, sojourn_p95_ns, "ns", "their 95 % quantile")                                    \
	C(queue, i64, sojourn_p99_ns, "ns", "their 99 % quantile")                                    \
	C(queue, i64, number_us, "us", "integral over time of the customers present")                 \
	C(queue, i64, squares_us, "us", "integral over time of its square")                           \
	C(queue, i64, waiting_us, "us", "integral of the customers waiting; 0 of one source")         \
	C(queue, i64, busy_us, "us", "integral of the workers occupied; 0 of one source")             \
	C(queue, i64, up_us, "us", "time with as many workers up as are needed; 0 of one source")     \
	C(queue, i64, orbit_us, "us", "integral of the customers that will come again; 0 of one source")

#define REC_CUSTOMER(C)                                                                            \
	C(customer, u16, source, "", "customers of the source of this number; 65535: of all")           \
	C(customer, i64, measured_us, "us", "how long was measured: the run without its warm-up")     \
	C(customer, u64, finished, "", "customers that left and had been served wherever they went")  \
	C(customer, u64, failed, "", "customers that left because they were turned away")             \
	C(customer, u64, attempts, "", "attempts of all these, one at each station at least")         \
	C(customer, i64, sojourn_us, "us", "sum of the times from coming first to leaving, of those " \
	  "that finished")                                                                            \
	C(customer, i64, sojourn_p50_ns, "ns", "their median; -1 of nobody")                          \
	C(customer, i64, sojourn_p95_ns, "ns", "their 95 % quantile")                                 \
	C(customer, i64, sojourn_p99_ns, "ns", "their 99 % quantile")

#define REC_COUNTER(C)                                                                             \
	C(counter, u16, counter, "name counter", "what was counted")                                  \
	C(counter, u64, value, "", "how often")

#define REC_LADDER(C)                                                                              \
	C(ladder, i64, sent_ns, "ns", "handed over by the sender")                                    \
	C(ladder, i64, arrived_ns, "ns", "arrived at the receiver")                                   \
	C(ladder, u16, from, "name node", "sender")                                                   \
	C(ladder, u16, to, "name node", "receiver")                                                   \
	C(ladder, u16, message, "name message", "message")                                            \
	C(ladder, u32, octets, "octets", "length on the wire")

#define REC_MESSAGE(C)                                                                             \
	C(message, i64, sent_ns, "ns", "handed over by the sender")                                   \
	C(message, i64, arrived_ns, "ns", "arrived at the receiver; -1 when it did not")              \
	C(message, u16, from, "name node", "the node that sent it: where a message is passed on, the one " \
	  "that passes it")                                                                           \
	C(message, u16, to, "name node", "the next node on its way that acts on it")                  \
	C(message, u16, message, "name message", "message")                                           \
	C(message, u8, fate, "enum fate", "delivered, lost on the way, or in flight at the end")      \
	C(message, u32, subscriber, "", "number of the subscriber that it is for; attackers are "     \
	  "numbered behind the subscribers")                                                          \
	C(message, u32, octets, "octets", "length on the wire")

/* All but the ground truth, whose rows are in models/record/truth.h. */
#define REC_OPEN_TABLES(T)                                                                         \
	T(latency, SAMPLES, "one row per measured wait (background subscribers: every "              \
	  "record.every-th)", REC_LATENCY)                                                            \
	T(latency_sketch, METRICS, "at record.level metrics, in place of latency rows: one row per "  \
	  "metric, class, method, access, roaming and outcome, over all subscribers",                 \
	  REC_LATENCY_SKETCH)                                                                         \
	T(latency_bucket, METRICS, "how long the finished waits of each sketch were, ascending",      \
	  REC_LATENCY_BUCKET)                                                                         \
	T(demand, NONE, "counts of demands by class and window, over all subscribers; at "           \
	  "record.level none one window for the whole run", REC_DEMAND)                               \
	T(session, SAMPLES, "one row per planned operation", REC_SESSION)                             \
	T(obs_hospital, SAMPLES, "what the operator of a hospital platform sees of a session",        \
	  REC_OBS_HOSPITAL)                                                                           \
	T(obs_radio, SAMPLES, "what a passive radio receiver sees of the surgeons' registrations",    \
	  REC_OBS_RADIO)                                                                              \
	T(outage, SAMPLES, "when network functions were down", REC_OUTAGE)                            \
	T(station, NONE, "one row per station and replication", REC_STATION)                          \
	T(queue, NONE, "one row per station and source of a scenario of stations alone", REC_QUEUE)   \
	T(customer, NONE, "one row per source of a scenario of stations alone", REC_CUSTOMER)         \
	T(counter, NONE, "protocol and engine counters", REC_COUNTER)                                 \
	T(ladder, SAMPLES, "messages of the first surgeon's first registration and entry, first "    \
	  "replication of each variant", REC_LADDER)                                                  \
	T(message, EVENTS, "every message from a node to another, in the order of sending",           \
	  REC_MESSAGE)

#define REC_TABLES(T)                                                                              \
	REC_OPEN_TABLES(T)                                                                            \
	T(truth, SAMPLES, "ground truth of the observations; adversaries never see it", REC_TRUTH)

/* Name lists ("name hospital" in a unit): number -> text, one list of each kind per result. */
#define REC_NAMES(X)                                                                               \
	X(hospital) X(cell) X(node) X(station) X(subject) X(counter) X(message) X(source)

#endif

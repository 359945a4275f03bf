/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Alarms: timers that many entities have for long, one each of a kind, most of which are stopped or
 * moved before they go off. What an alarm says follows from whose it is, so that 16 octets with its
 * owner and 4 in a list of its second keep it, instead of an event and a timer of 72. It goes off at
 * its nanosecond, in the order in which it was set among events, as a timer would.
 */
#ifndef SIM_CORE_ALARM_H
#define SIM_CORE_ALARM_H

#include "sim/core/event.h"
#include <stdbool.h>
#include <stdint.h>

struct sim;

/* All zero: not set. */
struct sim_alarm {
	int64_t at_ns;  /* < 0: its event is in the list, at -at_ns */
	uint64_t order; /* of its event; 0: not set                 */
};

enum { SIM_ALARM_GROUPS = 8, SIM_ALARM_LISTED = 5 /* octets of one that is in a list */ };

/* Those of one kind: */
struct sim_alarm_kind {
	void *context;
	/* The alarm of an entity; NULL: there is no such entity any more. id < 2^31. */
	struct sim_alarm *(*find)(void *context, uint32_t id);
	/* What it says: kind, detail, to and arg of the event. */
	void (*event)(void *context, uint32_t id, struct sim_event *event);
};

/* A group for alarms of a kind; the kind is copied. */
uint16_t sim_alarm_group(struct sim *sim, const struct sim_alarm_kind *kind);
/* Sets the alarm of an entity, or moves it. */
void sim_alarm_set(struct sim *sim, uint16_t group, uint32_t id, struct sim_alarm *alarm,
                   int64_t delay_ns);
void sim_alarm_stop(struct sim *sim, struct sim_alarm *alarm); /* harmless when not set */
static inline bool sim_alarm_is_set(const struct sim_alarm *alarm)
{
	return alarm->order != 0;
}

/* ---- for the event loop ---- */

/* Puts the events of the next second that has alarms into the list; sim->alarms_ns moves on. */
void sim_alarms_open(struct sim *sim);
/* Whether an event that stands for an alarm is still wanted; it goes off. */
bool sim_alarm_is_wanted(const struct sim *sim, const struct sim_event *event);
bool sim_alarm_fire(struct sim *sim, struct sim_event *event);

#endif

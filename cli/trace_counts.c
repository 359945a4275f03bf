/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many messages of each type: a table, and JSON for tests. NAS counts where UE and AMF send it. */
#include "cli/table.h"
#include "cli/trace_show.h"
#include "models/msg/wire.h"
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

/* NAS, and what carries it between gNB and AMF, have the same types: the point tells them apart. */
static const char *point(enum trace_where where, int type)
{
	const char *of_type = msg_point((enum msg_type)type);
	if (where == TRACE_N32)
		return wire_point_name(WIRE_POINT_N32);
	return where == TRACE_NAS || strcmp(of_type, "N1") != 0 ? of_type : "N2";
}

/* Calls tell() for everything that was sent, by reference point. */
static void walk(const struct trace_counts *counts,
                 void (*tell)(void *context, const struct trace_counts *counts,
                              enum trace_where where, int type),
                 void *context)
{
	for (int p = 0; p < WIRE_N_POINTS; p++)
		for (int where = TRACE_N_WHERES - 1; where >= 0; where--)
			for (int type = 0; type < MSG_N_TYPES; type++)
				if (counts->sent[where][type] &&
				    strcmp(point((enum trace_where)where, type),
				           wire_point_name((enum wire_point)p)) == 0)
					tell(context, counts, (enum trace_where)where, type);
}

struct printing {
	struct table table;
	char number[TRACE_N_WHERES][MSG_N_TYPES][2][24];
};

static void print_row(void *context, const struct trace_counts *counts, enum trace_where where,
                      int type)
{
	struct printing *p = context;
	char (*number)[24] = p->number[where][type];
	snprintf(number[0], sizeof number[0], "%" PRIu64, counts->sent[where][type]);
	snprintf(number[1], sizeof number[1], "%" PRIu64, counts->shown[where][type]);
	table_add(&p->table, (const char *const[TABLE_COLUMNS]){point(where, type),
		msg_text((enum msg_type)type), number[0], number[1], NULL});
}

void trace_counts_print(const struct trace_counts *counts, FILE *out)
{
	static const char *const head[TABLE_COLUMNS] = {"AT", "MESSAGE", "SENT", "SHOWN", NULL};
	struct printing printing = {.table = {NULL, 0}};
	table_add(&printing.table, head);
	walk(counts, print_row, &printing);
	table_print(&printing.table, out);
}

static void json_row(void *context, const struct trace_counts *counts, enum trace_where where,
                     int type)
{
	json_array_append_new(context, json_pack("{s:s, s:s, s:I, s:I}", "point", point(where, type),
		"message", msg_text((enum msg_type)type), "sent",
		(json_int_t)counts->sent[where][type], "shown",
		(json_int_t)counts->shown[where][type]));
}

void trace_counts_json(const struct trace_counts *counts, const struct scn_variant *variant,
                       uint32_t replication, FILE *out)
{
	json_t *rows = json_array(), *ngap = json_object();
	walk(counts, json_row, rows);
	for (int i = 1; i < NGAP_N_PROCEDURES; i++)
		if (counts->shown_ngap[i])
			json_object_set_new(ngap, ngap_text((enum ngap_procedure)i),
			                    json_integer((json_int_t)counts->shown_ngap[i]));
	json_t *all = json_pack("{s:s, s:s, s:I, s:I, s:I, s:o, s:o}", "scenario",
		variant->config.run.scenario, "variant", variant->name, "replication",
		(json_int_t)replication, "packets", (json_int_t)counts->packets, "left_out",
		(json_int_t)counts->left_out, "messages", rows, "ngap", ngap);
	SIM_ASSERT(all != NULL);
	json_dumpf(all, out, JSON_INDENT(1));
	fputc('\n', out);
	json_decref(all);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Header fields of requests and answers, and what goes into which body. */
#include "models/msg/sbi.h"

#include "models/msg/sbi_internal.h"
#include "models/msg/sbi_value.h"
#include "models/msg/wire.h"
#include "sim/core/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void sbi_init(struct sbi *sbi, const struct sbi_network *network)
{
	sbi->network = *network;
	snprintf(sbi->domain, sizeof sbi->domain, ".5gc.mnc%03u.mcc%03u.3gppnetwork.org",
	         network->plmn.mnc, network->plmn.mcc);
}

bool sbi_has(enum msg_type type)
{
	return sbi_operation_of(type) != NULL;
}

bool sbi_is_request(enum msg_type type)
{
	const struct sbi_operation *operation = sbi_operation_of(type);

	return operation && operation->request == type;
}

enum msg_type sbi_request_of(enum msg_type answer)
{
	const struct sbi_operation *operation = sbi_operation_of(answer);

	return operation ? (enum msg_type)operation->request : MSG_NONE;
}

enum msg_type sbi_answer_of(enum msg_type request)
{
	const struct sbi_operation *operation = sbi_operation_of(request);

	return operation ? (enum msg_type)operation->answer : MSG_NONE;
}

static const char *content_type(const char *type)
{
	return type ? type : "application/json";
}

uint32_t sbi_body(const struct sbi *sbi, const struct msg *msg, uint8_t *out, uint32_t room)
{
	const struct sbi_operation *operation = sbi_operation_of((enum msg_type)msg->type);
	const struct sbi_member *members;

	SIM_ASSERT(operation != NULL);
	if (msg->type == operation->request)
		members = operation->body;
	else if (msg->cause != MSG_CAUSE_NONE && !sbi_says_no_inside(msg))
		return sbi_problem_write(msg->cause, out, room);
	else
		members = operation->answer_body;
	return members ? sbi_json_write(sbi, members, msg, out, room) : 0;
}

/* ---- writing ---- */


static void constant(struct sbi_head *head, const char *name, const char *value)
{
	head->field[head->n++] = (struct http2_field){.name = name, .value = value,
		.n_name = (uint16_t)strlen(name), .n_value = (uint16_t)strlen(value)};
}

/* The value is what stands at the end of the texts, n octets. */
static void varying(struct sbi_head *head, const char *name, uint32_t n)
{
	constant(head, name, "");
	head->field[head->n - 1].value = head->text + head->n_text;
	head->field[head->n - 1].n_value = (uint16_t)n;
	head->field[head->n - 1].varies = true;
	head->n_text += n;
}

static void template(struct sbi_head *head, const struct sbi *sbi, const char *name,
                     const char *text, const struct msg *msg)
{
	const struct sbi_member member = {.text = text};

	SIM_ASSERT(head->n_text + SBI_VALUE_MAX <= SBI_TEXTS_MAX);
	varying(head, name, sbi_write(sbi, &member, msg, head->text + head->n_text));
}

/* RFC 9110 5.6.7; with milliseconds it is the 3gpp-Sbi-Sender-Timestamp of TS 29.500 5.2.3.2.2. */
static void date(struct sbi_head *head, const char *name, int64_t ns, bool milliseconds)
{
	static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t s = (time_t)(WIRE_EPOCH_S + ns / 1000000000);
	char fraction[8] = "";
	struct tm tm;

	gmtime_r(&s, &tm);
	if (milliseconds)
		snprintf(fraction, sizeof fraction, ".%03u", (unsigned)(ns / 1000000 % 1000));
	varying(head, name, (uint32_t)sprintf(head->text + head->n_text,
	                                      "%s, %02d %s %04d %02d:%02d:%02d%s GMT",
	                                      days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
	                                      tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
	                                      fraction));
}

static void content_length(struct sbi_head *head, uint32_t n_body)
{
	varying(head, "content-length", (uint32_t)sprintf(head->text + head->n_text, "%u", n_body));
}

static const char *authority(const struct sbi *sbi, const struct sbi_operation *operation,
                             const struct msg *msg, char out[64])
{
	bool visited = strcmp(operation->server, "amf1") == 0 || strcmp(operation->server, "pcf1") == 0;
	const struct sbi_member member = {.text = visited ? "$W" : "$D"};
	char domain[SBI_VALUE_MAX];
	uint32_t n = sbi_write(sbi, &member, msg, domain);

	snprintf(out, 64, "%s%.*s", operation->server, (int)n, domain);
	return out;
}

static void request_head(struct sbi_head *head, const struct sbi *sbi,
                         const struct sbi_operation *operation, const struct msg *msg,
                         uint32_t n_body)
{
	bool hal = operation->answer_type != NULL;

	template(head, sbi, ":path", operation->path, msg);
	constant(head, ":method", operation->method);
	constant(head, ":scheme", "https");
	constant(head, ":authority", authority(sbi, operation, msg, head->text + SBI_TEXTS_MAX - 64));
	if (n_body > 0)
		constant(head, "content-type", content_type(operation->type));
	constant(head, "accept", hal ? "application/3gppHal+json,application/problem+json"
	                             : "application/json,application/problem+json");
	constant(head, "user-agent", operation->client);
	date(head, "3gpp-sbi-sender-timestamp", msg->sent_ns, true);
	constant(head, "3gpp-sbi-max-rsp-time", "10000");
	if (n_body > 0)
		content_length(head, n_body);
}

static const char *status_text(uint16_t status)
{
	static const struct {
		uint16_t status;
		char text[4];
	} texts[] = {{200, "200"}, {201, "201"}, {204, "204"}, {400, "400"}, {403, "403"},
		{404, "404"}, {500, "500"}, {503, "503"}, {504, "504"}};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].status == status)
			return texts[i].text;
	SIM_ASSERT(!"an HTTP status");
	return NULL;
}

static void answer_head(struct sbi_head *head, const struct sbi *sbi,
                        const struct sbi_operation *operation, const struct msg *msg,
                        uint32_t n_body)
{
	bool bad = msg->cause != MSG_CAUSE_NONE && !sbi_says_no_inside(msg);

	constant(head, ":status",
	         status_text(bad ? sbi_problem_status(msg->cause) : operation->status));
	constant(head, "server", "dtsim");
	date(head, "date", msg->sent_ns, false);
	if (n_body > 0) {
		constant(head, "content-type", bad ? "application/problem+json"
		                                   : content_type(operation->answer_type));
		content_length(head, n_body);
	}
	if (operation->location && !bad)
		template(head, sbi, "location", operation->location, msg);
}

void sbi_compose(const struct sbi *sbi, const struct msg *msg, struct sbi_head *head)
{
	const struct sbi_operation *operation = sbi_operation_of((enum msg_type)msg->type);

	head->n = head->n_text = 0;
	head->n_body = sbi_body(sbi, msg, head->body, sizeof head->body);
	if (msg->type == operation->request)
		request_head(head, sbi, operation, msg, head->n_body);
	else
		answer_head(head, sbi, operation, msg, head->n_body);
}

uint32_t sbi_encode(const struct sbi *sbi, struct http2_sender *sender, uint32_t stream,
                    const struct msg *msg, uint8_t *out, uint32_t room)
{
	struct sbi_head head;

	sbi_compose(sbi, msg, &head);
	return http2_send(sender, stream, head.field, head.n, head.body, head.n_body, out, room);
}

/* ---- reading ---- */

static const struct http2_field *field_of(const struct http2_message *in, const char *name)
{
	for (uint32_t i = 0; i < in->n_fields; i++)
		if (sbi_equals(in->field[i].name, in->field[i].n_name, name))
			return &in->field[i];
	return NULL;
}

static bool has_value(const struct http2_field *field, const char *value)
{
	return field && sbi_equals(field->value, field->n_value, value);
}

/* The operation of a request, by method and path. NULL: none, with a fault. */
static const struct sbi_operation *find(const struct sbi *sbi, const struct http2_message *in,
                                        struct msg_fault *fault)
{
	const struct http2_field *method = field_of(in, ":method"), *path = field_of(in, ":path");
	bool known = false;

	for (uint32_t i = 0; method && path && i < sbi_n_operations; i++) {
		const struct sbi_operation *operation = &sbi_operations[i];
		const struct sbi_member member = {.text = operation->path};

		if (!sbi_read(sbi, &member, path->value, path->n_value, NULL))
			continue;
		if (has_value(method, operation->method))
			return operation;
		known = true;
	}
	msg_refuse(fault, known ? SBI_FAULT(405) : SBI_FAULT(404), 0,
	           known ? "a method that the resource does not have" : "no such resource");
	return NULL;
}

static bool read_template(const struct sbi *sbi, const char *text, const struct http2_field *field,
                          const char *name, struct msg *msg, struct msg_fault *fault)
{
	const struct sbi_member member = {.text = text};

	if (!text || (field && sbi_read(sbi, &member, field->value, field->n_value, msg)))
		return true;
	return msg_refuse(fault, SBI_FAULT(400), 0, name);
}

static bool read_body(const struct sbi *sbi, const struct sbi_member *members,
                      const struct http2_message *in, struct msg *msg, struct msg_fault *fault)
{
	fault->offset = 0;
	return !members || sbi_json_read(sbi, members, in->body, in->n_body, msg, fault);
}

static bool decode_request(const struct sbi *sbi, const struct http2_message *in, struct msg *msg,
                           struct msg_fault *fault)
{
	const struct sbi_operation *operation = find(sbi, in, fault);

	if (!operation)
		return false;
	msg->type = operation->request;
	return read_template(sbi, operation->path, field_of(in, ":path"), ":path", msg, fault) &&
	       read_body(sbi, operation->body, in, msg, fault);
}

/* RFC 9113 8.3.2. 0: no status. */
static uint16_t status_of(const struct http2_message *in)
{
	const struct http2_field *field = field_of(in, ":status");
	uint64_t value;

	return field && field->n_value == 3 && sbi_get_digits(field->value, 3, &value)
	           ? (uint16_t)value
	           : 0;
}

static bool decode_answer(const struct sbi *sbi, const struct http2_message *in,
                          const struct sbi_operation *operation, struct msg *msg,
                          struct msg_fault *fault)
{
	uint16_t status = status_of(in);

	msg->type = operation->answer;
	if (status >= 400 && status <= 599) {
		msg->cause = sbi_problem_read(status, in->body, in->n_body);
		return true;
	}
	if (status != operation->status)
		return msg_refuse(fault, SBI_FAULT(500), 0, ":status");
	return read_template(sbi, operation->location, field_of(in, "location"), "location", msg,
	                     fault) &&
	       read_body(sbi, operation->answer_body, in, msg, fault);
}

bool sbi_decode(const struct sbi *sbi, const struct http2_message *in, enum msg_type request,
                struct msg *msg, struct msg_fault *fault)
{
	const struct sbi_operation *operation = sbi_operation_of(request);
	bool good;

	if (request != MSG_NONE && (!operation || operation->request != request))
		return msg_refuse(fault, SBI_FAULT(500), 0, "an answer to no request");
	good = operation ? decode_answer(sbi, in, operation, msg, fault)
	                 : decode_request(sbi, in, msg, fault);
	msg->stream = in->stream;
	if (good && id_plmn_equal(msg->serving, sbi->network.plmn))
		msg->serving = (struct id_plmn){0};
	return good;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ProblemDetails (RFC 9457, TS 29.571 5.2.4.1). Application errors are those of TS 29.509 6.1.7.3,
 * TS 29.503 6.1.7.3 and TS 29.500 table 5.2.7.2-1 where one fits; every other cause of the model
 * travels as an error of its own, 5GMM_CAUSE_nnn or DT_CAUSE_nnn, with status 500 or 403.
 */
#include "models/msg/dt.h"
#include "models/msg/sbi_internal.h"
#include "models/msg/sbi_value.h"

#include <stdio.h>
#include <string.h>

static const struct problem {
	uint8_t cause;
	uint16_t status;
	const char *text;
} problems[] = {
	{MSG_CAUSE_ILLEGAL_UE, 403, "AUTHENTICATION_REJECTED"},
	{MSG_CAUSE_SERVING_NETWORK_NOT_AUTHORIZED, 403, "SERVING_NETWORK_NOT_AUTHORIZED"},
	{MSG_CAUSE_UE_IDENTITY_UNKNOWN, 404, "USER_NOT_FOUND"},
	{MSG_CAUSE_PAYLOAD_NOT_FORWARDED, 404, "CONTEXT_NOT_FOUND"},
	{MSG_CAUSE_CONGESTION, 503, "NF_CONGESTION"},
	{MSG_CAUSE_INVALID_MANDATORY, 400, "MANDATORY_IE_INCORRECT"},
	{MSG_CAUSE_PROTOCOL_ERROR, 400, "INVALID_MSG_FORMAT"},
	{DT_CAUSE_A_TID_UNKNOWN, 403, "K_AKMA_NOT_PRESENT"},
	{MSG_CAUSE_TARGET_NOT_REACHABLE, 504, "TARGET_NF_NOT_REACHABLE"},
	{DT_CAUSE_NO_ANSWER, 504, "TIMED_OUT_REQUEST"},
};
enum { N_PROBLEMS = sizeof problems / sizeof *problems, DT_FIRST = 128 };

static const struct problem *problem_of(uint8_t cause)
{
	for (int i = 0; i < N_PROBLEMS; i++)
		if (problems[i].cause == cause)
			return &problems[i];
	return NULL;
}

bool sbi_says_no_inside(const struct msg *msg)
{
	return (msg->type == MSG_AUSF_CONFIRM_RSP || msg->type == MSG_AUSF_EAP_RSP) &&
	       msg->cause == MSG_CAUSE_ILLEGAL_UE;
}

uint16_t sbi_problem_status(uint8_t cause)
{
	const struct problem *problem = problem_of(cause);

	return problem ? problem->status : cause >= DT_FIRST ? 403 : 500;
}

uint32_t sbi_problem_write(uint8_t cause, uint8_t *out, uint32_t room)
{
	const struct problem *problem = problem_of(cause);
	char text[24];
	int n;

	snprintf(text, sizeof text, "%s_CAUSE_%03u", cause >= DT_FIRST ? "DT" : "5GMM", cause);
	n = snprintf((char *)out, room, "{\"status\":%u,\"cause\":\"%s\"}", sbi_problem_status(cause),
	             problem ? problem->text : text);
	return n > 0 && (uint32_t)n < room ? (uint32_t)n : 0;
}

static uint8_t by_status(uint16_t status)
{
	switch (status) {
	case 403:
		return MSG_CAUSE_ILLEGAL_UE;
	case 404:
		return MSG_CAUSE_UE_IDENTITY_UNKNOWN;
	case 503:
		return MSG_CAUSE_CONGESTION;
	case 504:
		return DT_CAUSE_NO_ANSWER;
	default:
		return MSG_CAUSE_PROTOCOL_ERROR;
	}
}

static uint8_t by_text(const char *text, uint32_t n, uint8_t otherwise)
{
	uint64_t value;

	for (int i = 0; i < N_PROBLEMS; i++)
		if (sbi_equals(text, n, problems[i].text))
			return problems[i].cause;
	if (n > 9 && memcmp(text + n - 10, "_CAUSE_", 7) == 0 &&
	    sbi_get_digits(text + n - 3, 3, &value) && value > 0 && value <= UINT8_MAX)
		return (uint8_t)value;
	return otherwise;
}

/* Any body will do: an error is an error. */
uint8_t sbi_problem_read(uint16_t status, const uint8_t *body, uint32_t n)
{
	uint8_t otherwise = by_status(status);
	json_t *root = n > 512 ? NULL
	                       : json_loadb((const char *)body, n, JSON_REJECT_DUPLICATES, NULL);
	const json_t *text = json_object_get(root, "cause");
	uint8_t cause = otherwise;

	if (json_is_string(text))
		cause = by_text(json_string_value(text), (uint32_t)json_string_length(text), otherwise);
	json_decref(root);
	return cause;
}

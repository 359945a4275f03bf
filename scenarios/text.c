/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/text.h"

#include "scenarios/config.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t decode(const unsigned char *s, size_t length, uint32_t *character)
{
	static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc0 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

	if (n == 0 || s[0] > 0xf4 || n > length)
		return 0;
	uint32_t c = n == 1 ? s[0] : s[0] & (0x7fU >> n);

	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3fU);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*character = c;
	return n;
}

size_t scn_printable(const char *text, size_t length)
{
	uint32_t c = 0;
	size_t n = length ? decode((const unsigned char *)text, length, &c) : 0;
	bool control = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
	/* Marks that turn the direction of writing would show a name as another one. */
	bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;

	return control || turns ? 0 : n;
}

static void say_octet(struct scn_context *context, struct scn_place place, unsigned char octet)
{
	if (octet == '\t')
		scn_say(context, place, "a tab; a scenario is indented and spaced with spaces");
	else if (octet == 0)
		scn_say(context, place, "a NUL octet: this is a binary file; a scenario is YAML text");
	else if (octet < 0x80)
		scn_say(context, place, "control character 0x%02x; a scenario is printable text", octet);
	else
		scn_say(context, place,
		        "octet 0x%02x is not printable UTF-8; a scenario is text in UTF-8", octet);
}

/* One message for each line at most: whoever uses tabs uses many, and a binary file has no end. */
static uint32_t check_characters(struct scn_context *context, uint32_t source)
{
	const struct scn_source text = context->sources[source];
	struct scn_place place = {source, 1, 1};
	uint32_t wrong = 0, wrong_line = 0;

	for (size_t i = 0; i < text.length && wrong < 20;) {
		unsigned char octet = (unsigned char)text.text[i];
		size_t n = scn_printable(text.text + i, text.length - i);
		bool carriage = octet == '\r' && text.text[i + 1] == '\n';

		if (octet == '\n') {
			place.line++;
			place.column = 0;
		} else if (n == 0 && !carriage && wrong_line != place.line) {
			say_octet(context, place, octet);
			wrong_line = place.line;
			wrong++;
		}
		place.column++;
		i += n ? n : 1;
	}
	return wrong;
}

/* `%YAML 3.0` makes libfyaml write to stderr by itself. */
static uint32_t check_directives(struct scn_context *context, uint32_t source)
{
	const char *text = context->sources[source].text, *end = text + context->sources[source].length;
	uint32_t wrong = 0, line = 1;

	for (const char *p = text; p && p < end; line++) {
		if (*p == '%' && ++wrong)
			scn_say(context, (struct scn_place){source, line, 1},
			        "a YAML directive; a scenario has none");
		p = memchr(p, '\n', (size_t)(end - p));
		p = p ? p + 1 : NULL;
	}
	return wrong;
}

int scn_text_check(struct scn_context *context, uint32_t source)
{
	if (check_characters(context, source) || check_directives(context, source))
		return -1;
	return 0;
}

static const char *unfit(const struct stat *status)
{
	if (S_ISDIR(status->st_mode))
		return "is a directory; a scenario is a regular file";
	if (!S_ISREG(status->st_mode))
		return "is not a regular file; a scenario is one";
	if (status->st_size == 0)
		return "is empty; a scenario has at least the keys scenario, cities, hospitals, surgeons";
	if (status->st_size > SCN_MAX_OCTETS)
		return "is longer than 256 KiB; a scenario is shorter than that";
	return NULL;
}

static ssize_t read_all(int fd, char *buffer, size_t size)
{
	size_t n = 0;

	while (n < size) {
		ssize_t more = read(fd, buffer + n, size - n);

		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return -1;
		if (more == 0)
			break;
		n += (size_t)more;
	}
	return (ssize_t)n;
}

/* Files come first and in one chain: the i-th source is the i-th file. */
static int take_given(struct scn_context *context, uint32_t source, struct scn_place from)
{
	if (source >= context->n_files) {
		scn_say(context, from, "the text of what is extended here is not there");
		return -1;
	}
	context->sources[source].text = context->files[source].text;
	context->sources[source].length = context->files[source].length;
	return scn_text_check(context, source);
}

int scn_text_read(struct scn_context *context, uint32_t source, const char *path,
                  struct scn_place from)
{
	if (context->files)
		return take_given(context, source, from);

	struct stat status;
	/* O_NONBLOCK: opening a FIFO nobody writes to would wait for ever. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	const char *why = NULL;

	if (fd < 0 || fstat(fd, &status) != 0)
		why = scn_format(context, "cannot be read: %s", strerror(errno));
	else
		why = unfit(&status);
	if (!why) {
		char *buffer = scn_alloc(context, (size_t)status.st_size + 1);
		ssize_t n = read_all(fd, buffer, (size_t)status.st_size);

		context->sources[source].text = buffer;
		context->sources[source].length = n < 0 ? 0 : (size_t)n;
		if (n < 0)
			why = scn_format(context, "cannot be read: %s", strerror(errno));
	}
	if (fd >= 0)
		close(fd);
	if (!why)
		return scn_text_check(context, source);
	if (from.source == source)
		scn_say(context, from, "%s", why);
	else
		scn_say(context, from, "extends %s, which %s", path, why);
	return -1;
}

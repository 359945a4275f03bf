/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/worker.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- in the worker --------------------------------------------------------------------------- */

/* When memory runs out the kernel is to take a worker, not the parent with the journal. */
static void volunteer_for_oom(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (write(fd, "500", 3) != 3)
		errno = 0; /* only a wish */
	close(fd);
}

/* Ctrl-C reaches the whole group: the parent decides. A parent that dies takes its workers along. */
static void detach(pid_t parent, int said, const sigset_t *usual)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN); /* the parent stops us */
	signal(SIGTERM, SIG_DFL);
	sigprocmask(SIG_SETMASK, usual, NULL);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	dup2(said, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	volunteer_for_oom();
}

static _Noreturn void be_worker(const struct pool_plan *plan, uint32_t job, int out)
{
	int failed = plan->work(plan->context, job, out);
	fflush(NULL);
	_exit(failed ? 1 : 0);
}

/* --- in the parent --------------------------------------------------------------------------- */

static int start_error(int pipe_ends[2], int said)
{
	int why = errno;
	if (said >= 0)
		close(said);
	close(pipe_ends[0]);
	close(pipe_ends[1]);
	errno = why;
	return -1;
}

int worker_start(struct worker *worker, const struct pool_plan *plan, uint32_t job,
                 const struct worker *others, uint32_t n, const sigset_t *usual)
{
	int ends[2];
	pid_t parent = getpid();
	if (pipe2(ends, O_CLOEXEC))
		return -1;
	int said = memfd_create("dtsim-worker", MFD_CLOEXEC);
	if (said < 0)
		return start_error(ends, said);
	fflush(NULL); /* else the worker would say again what the parent has not written yet */
	pid_t pid = fork();
	if (pid < 0)
		return start_error(ends, said);
	if (pid == 0) {
		for (uint32_t i = 0; i < n; i++) {
			close(others[i].from);
			close(others[i].said);
		}
		close(ends[0]);
		detach(parent, said, usual);
		be_worker(plan, job, ends[1]);
	}
	close(ends[1]);
	*worker = (struct worker){.job = job, .pid = pid, .from = ends[0], .said = said};
	return 0;
}

static int wait_for(pid_t pid)
{
	int status = 0;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static void release(struct worker *worker)
{
	close(worker->from);
	close(worker->said);
}

/* The last lines that fit, as one, without control characters, from the start of a character. */
static void last_words(int said, char *out, size_t size)
{
	off_t end = lseek(said, 0, SEEK_END);
	off_t first = end > (off_t)size - 1 ? end - (off_t)(size - 1) : 0;
	ssize_t n = pread(said, out, size - 1, first);
	out[n > 0 ? n : 0] = '\0';
	for (char *c = out; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	size_t skip = strspn(out, " ");
	while (((unsigned char)out[skip] & 0xc0) == 0x80)
		skip++;
	memmove(out, out + skip, strlen(out + skip) + 1);
	for (size_t length = strlen(out); length > 0 && out[length - 1] == ' '; length--)
		out[length - 1] = '\0';
}

int worker_end(struct worker *worker, char *reason, size_t size)
{
	char words[300];
	int status = wait_for(worker->pid);
	last_words(worker->said, words, sizeof words);
	release(worker);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	const char *colon = words[0] ? ": " : "";
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		snprintf(reason, size, "killed by signal 9, perhaps for want of memory%s%s", colon, words);
	else if (WIFSIGNALED(status))
		snprintf(reason, size, "killed by signal %d (%s)%s%s", WTERMSIG(status),
		         strsignal(WTERMSIG(status)), colon, words);
	else if (words[0])
		snprintf(reason, size, "%s", words);
	else
		snprintf(reason, size, "ended with status %d without saying why", WEXITSTATUS(status));
	return 1;
}

void worker_stop(struct worker *worker)
{
	kill(worker->pid, SIGKILL);
	wait_for(worker->pid);
	release(worker);
}

#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# check-layers.sh [ROOT]: who may include whom, and whether the lists of functions, policies,
# attacks, adversaries and metrics name exactly what there is. Prints
# `file:line: X may not include Y: why` for each violation; exit status 1 when there is one.
# The plan it enforces is docs/ARCHITECTURE.md.
set -u
cd "${1:-.}" || exit 2

files=$(find sim models scenarios results analysis cli -name '*.[ch]' -o -name '*.cc' |
	LC_ALL=C sort)
[ -n "$files" ] || { echo "check-layers: no sources below ${1:-.}" >&2; exit 2; }

# shellcheck disable=SC2086 # one word per file: the tree has no blanks in names
LC_ALL=C awk '
# The layer of a file, its words in messages, and what it may include (prefixes). The first that
# matches counts.
function layer(dir, may, why)
{
	n_layers++
	layer_dir[n_layers] = dir
	layer_may[n_layers] = may
	layer_why[n_layers] = why
}

BEGIN {
	pure = "models/id/ models/crypto/ models/msg/ models/record/"
	core_why = "sim/core stands alone"
	engine_why = "the network port and its engines know only sim"
	pure_why = "identifiers, cryptography, messages and records are pure: " \
	           "no clock, events or random numbers"
	linker_why = "a linking adversary sees its view of the observations, not records, files or scores"
	layer("sim/core/", "sim/core/", core_why)
	layer("sim/net/", "sim/core/ sim/net/ sim/native/", engine_why)
	layer("sim/native/", "sim/core/ sim/net/ sim/native/", engine_why)
	layer("sim/ns3/", "sim/", engine_why)
	split(pure, p, " ")
	# What linking adversaries include must not bring them what they may not include themselves.
	layer("models/record/enums.h", "", linker_why)
	layer("models/record/adversary.h", "models/record/enums.h sim/core/param.h", linker_why)
	for (i = 1; i in p; i++)
		layer(p[i], pure " sim/core/", pure_why)
	layer("models/policy/", "models/policy/ models/id/ models/crypto/ sim/core/param.h",
	      "a pseudonym policy sees only its pol_view")
	layer("models/attack/", "models/attack/ sim/core/",
	      "an attack acts through its atk_port and sees nothing else of the world")
	layer("models/", "models/ sim/core/ sim/net/",
	      "models know other models and the network port, and nothing above them")
	layer("scenarios/", "scenarios/ results/ models/ sim/core/ sim/net/",
	      "scenarios build worlds; analysis and the command line stand above them")
	layer("results/", "results/ models/record/ sim/core/",
	      "a result file is read and written without models")
	layer("analysis/link/",
	      "analysis/link/ models/record/adversary.h sim/core/status.h sim/core/time.h",
	      linker_why)
	layer("analysis/", "analysis/ results/ " pure " sim/core/",
	      "analysis works on recorded results, years later, without the models that made them")
	layer("cli/", "cli/ scenarios/ results/ analysis/ models/ sim/core/ sim/net/",
	      "engines are met through sim/net")

	# Files in models/nf that stand beside the functions may include no function, but for these:
	# a surgeon, a twin, a probe and a population use the UE they carry; the surgeon sets the
	# timeouts of the twin from the hospital section; sections.h gathers the configurations.
	uses["twin"] = uses["probe"] = uses["population"] = " ue "
	uses["surgeon"] = " ue hospital "
	uses["sections"] = " ue gnb amf ausf udm udr pcf aanf dtf ledger hospital n3iwf "

	list("models/nf/nf_list.h", "NF", "models/nf/", "nf_entry", "nf_")
	list("models/policy/pol_list.h", "POLICY", "models/policy/pol_", "pol_entry", "pol_")
	list("models/attack/atk_list.h", "ATTACK", "models/attack/atk_", "atk_entry", "atk_")
	list("analysis/link/adv_list.h", "ADVERSARY", "analysis/link/", "adv_entry", "adv_")
	list("analysis/metric/met_list.h", "METRIC", "analysis/metric/", "met_family", "met_")
	for (i = 1; i < ARGC; i++)
		exists[ARGV[i]] = 1
	for (l in list_macro)
		read_list(l)
}

function list(file, macro, prefix, type, symbol)
{
	list_macro[file] = macro
	list_prefix[file] = prefix
	list_type[file] = type
	list_symbol[file] = symbol
}

function refuse(where, what)
{
	print where ": " what
	refused = 1
}

function read_list(file,    line, name, number)
{
	if (!(file in exists)) {
		refuse(file ":1", "the list is missing")
		return
	}
	while ((getline line < file) > 0) {
		number++
		if (line !~ "^" list_macro[file] "\\([a-z0-9_]+\\)")
			continue
		name = line
		sub(/^[A-Z]+\(/, "", name)
		sub(/\).*/, "", name)
		listed[file, name] = 1
		if (file == "models/nf/nf_list.h")
			is_nf[name] = 1
		if (!((list_prefix[file] name ".c") in exists))
			refuse(file ":" number,
			       name " is listed, but " list_prefix[file] name ".c does not exist")
	}
	close(file)
}

function nf_base(path)
{
	sub(/^models\/nf\//, "", path)
	sub(/\.[ch]$/, "", path)
	return path
}

# The network function that a file in models/nf belongs to: amf.c, amf_registration.c, amf_state.h.
function nf_of(path,    base)
{
	base = nf_base(path)
	while (base != "" && !(base in is_nf))
		if (!sub(/_[^_]*$/, "", base))
			return ""
	return base
}

# Why a file in models/nf may not include another one there; "" when it may.
function nf_verdict(file, path,    a, b, base)
{
	if (path == "models/nf/sections.h")
		return "the configurations of all functions are for the scenarios"
	a = nf_of(file)
	b = nf_of(path)
	if (b == "" || a == b)
		return ""
	if (a != "")
		return "the " a " learns what the " b " knows only by a message"
	base = nf_base(file)
	sub(/_.*/, "", base)
	if (base in uses && index(uses[base], " " b " "))
		return ""
	return "what stands beside the functions learns what the " b " knows only by a message"
}

function layer_of(path,    i)
{
	for (i = 1; i <= n_layers; i++)
		if (index(path, layer_dir[i]) == 1)
			return i
	return 0
}

function may(l, path,    i, n, prefix)
{
	n = split(layer_may[l], prefix, " ")
	for (i = 1; i <= n; i++)
		if (index(path, prefix[i]) == 1)
			return 1
	return 0
}

function verdict(file, path,    l)
{
	if (path ~ /^ns3\// && file !~ /^sim\/ns3\/.*\.cc$/ && file !~ /^sim\/ns3\/.*_impl\.h$/)
		return "only the C++ of sim/ns3 meets ns-3"
	if (path == "mpi.h" && file != "cli/mpi_port.c")
		return "only cli/mpi_port.c meets MPI"
	if (path == "sim/ns3/ns3c.h" && file !~ /^sim\/ns3\//)
		return "only the ns-3 engine uses the ns-3 bindings"
	if (path !~ /\// || path !~ /^(sim|models|scenarios|results|analysis|cli|tests|bench)\//)
		return ""
	if (file ~ /^(models\/attack|analysis\/link)\// && path ~ /truth/)
		return "attacks and adversaries never see ground truth"
	if (path == "models/record/truth.h" &&
	    file !~ /^(models\/record\/|models\/nf\/witness\.c$|results\/|analysis\/metric\/)/)
		return "ground truth is written by the witness and read by metrics alone"
	l = layer_of(file)
	if (l && !may(l, path))
		return layer_why[l]
	if (l && layer_why[l] == pure_why && path ~ /^sim\/core\/(sim|rng|evq)\.h$/)
		return pure_why
	if (file ~ /^models\/nf\// && path ~ /^models\/nf\//)
		return nf_verdict(file, path)
	return ""
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	path = $0
	sub(/^[^<"]*[<"]/, "", path)
	sub(/[>"].*/, "", path)
	quoted = $0 ~ /^[^<]*"/
	if (quoted && path !~ /\//) { # beside the file
		beside = FILENAME
		sub(/[^\/]*$/, "", beside)
		if ((beside path) in exists)
			path = beside path
	}
	if (path ~ /(^|\/)\.\.?\//)
		why = "includes are written from the root of the project"
	else
		why = verdict(FILENAME, path)
	if (why != "")
		refuse(FILENAME ":" FNR, FILENAME " may not include " path ": " why)
}

# A table that nobody lists would silently not exist.
/^const struct (nf_entry|pol_entry|atk_entry|adv_entry|met_family) [a-z]+_[a-z0-9_]+/ {
	symbol = $4
	sub(/[^a-z0-9_].*/, "", symbol)
	for (l in list_type) {
		if (list_type[l] != $3 || index(symbol, list_symbol[l]) != 1)
			continue
		name = substr(symbol, length(list_symbol[l]) + 1)
		found[FILENAME] = 1
		if (!((l, name) in listed))
			refuse(FILENAME ":" FNR, symbol " has no line in " l)
	}
}

END {
	# In the rooms of policies and attacks a file is an entry or implements a header.
	for (path in exists)
		if (path ~ /^models\/(policy|attack)\/.*\.c$/ && !(path in found)) {
			header = path
			sub(/c$/, "h", header)
			if (!(header in exists))
				refuse(path ":1", path " neither defines a listed entry nor implements " header)
		}
	exit refused
}
' $files

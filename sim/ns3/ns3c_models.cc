/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns3c: random numbers, and the path loss of 3GPP TR 38.901. */
#include "sim/ns3/ns3c_impl.h"

#include "ns3/boolean.h"
#include "ns3/channel-condition-model.h"
#include "ns3/constant-position-mobility-model.h"
#include "ns3/double.h"
#include "ns3/integer.h"
#include "ns3/object-factory.h"
#include "ns3/three-gpp-propagation-loss-model.h"

#include <cmath>

namespace ns3c {
namespace {

enum Shape { REAL, POSITIVE, NOT_NEGATIVE, ABOVE_1, COUNT_1000, COUNT_1000000 };
struct Parameter {
	const char *attribute;
	Shape shape;
	const char *allowed;
};
struct Distribution {
	const char *type;
	size_t n_parameters;
	Parameter parameter[3];
};

/* In the order of enum ns3c_distribution. */
const Distribution distributions[] = {
    {"ns3::ConstantRandomVariable", 1, {{"Constant", REAL, "a number"}}},
    {"ns3::UniformRandomVariable", 2, {{"Min", REAL, "a number"}, {"Max", REAL, "a number"}}},
    {"ns3::ExponentialRandomVariable", 2,
     {{"Mean", POSITIVE, "above 0"}, {"Bound", NOT_NEGATIVE, "0 and more"}}},
    {"ns3::ParetoRandomVariable", 2,
     {{"Scale", POSITIVE, "above 0"}, {"Shape", POSITIVE, "above 0"}}},
    {"ns3::WeibullRandomVariable", 2,
     {{"Scale", POSITIVE, "above 0"}, {"Shape", POSITIVE, "above 0"}}},
    {"ns3::NormalRandomVariable", 3,
     {{"Mean", REAL, "a number"},
      {"Variance", POSITIVE, "above 0"},
      {"Bound", NOT_NEGATIVE, "0 and more"}}},
    {"ns3::LogNormalRandomVariable", 2,
     {{"Mu", REAL, "a number"}, {"Sigma", POSITIVE, "above 0"}}},
    {"ns3::GammaRandomVariable", 2,
     {{"Alpha", POSITIVE, "above 0"}, {"Beta", POSITIVE, "above 0"}}},
    {"ns3::ErlangRandomVariable", 2,
     {{"K", COUNT_1000, "a whole number 1 ... 1000"}, {"Lambda", POSITIVE, "above 0"}}},
    {"ns3::TriangularRandomVariable", 3,
     {{"Mean", REAL, "a number"}, {"Min", REAL, "a number"}, {"Max", REAL, "a number"}}},
    {"ns3::ZipfRandomVariable", 2,
     {{"N", COUNT_1000000, "a whole number 1 ... 1000000"},
      {"Alpha", NOT_NEGATIVE, "0 and more"}}},
    {"ns3::ZetaRandomVariable", 1, {{"Alpha", ABOVE_1, "above 1"}}},
};

bool is_count(Shape shape)
{
	return shape == COUNT_1000 || shape == COUNT_1000000;
}

bool fits(Shape shape, double value)
{
	bool whole = value == std::floor(value);
	switch (shape) {
	case REAL: return std::isfinite(value);
	case POSITIVE: return std::isfinite(value) && value > 0;
	case NOT_NEGATIVE: return std::isfinite(value) && value >= 0;
	case ABOVE_1: return std::isfinite(value) && value > 1;
	case COUNT_1000: return whole && value >= 1 && value <= 1000;
	case COUNT_1000000: return whole && value >= 1 && value <= 1000000;
	}
	return false;
}

/* What one parameter may be depends on another. A tight bound would make ns-3 draw for ever. */
int check_together(int distribution, const double *p)
{
	if (distribution == NS3C_UNIFORM && !(p[0] <= p[1] && std::isfinite(p[1] - p[0])))
		return fail(NS3C_E_ARGUMENT, "Min is %g and Max %g; allowed is Min <= Max", p[0],
		            p[1]);
	if (distribution == NS3C_EXPONENTIAL && p[1] != 0 && p[1] < p[0] / 1000)
		return fail(NS3C_E_ARGUMENT,
		            "Bound is %g; allowed is 0 (none), or %g (Mean / 1000) and "
		            "more",
		            p[1], p[0] / 1000);
	double sd = distribution == NS3C_NORMAL ? std::sqrt(p[1]) : 0;
	if (distribution == NS3C_NORMAL && p[2] != 0 && p[2] < sd / 1000)
		return fail(NS3C_E_ARGUMENT,
		            "Bound is %g; allowed is 0 (none), or %g (standard deviation "
		            "/ 1000) and more",
		            p[2], sd / 1000);
	if (distribution == NS3C_TRIANGULAR) {
		double mode = 3 * p[0] - p[1] - p[2];
		if (!(p[1] < p[2] && mode >= p[1] && mode <= p[2]))
			return fail(NS3C_E_ARGUMENT,
			            "Mean is %g, Min %g, Max %g; allowed is Min < Max with "
			            "the mode 3 Mean - Min - Max in between",
			            p[0], p[1], p[2]);
	}
	return NS3C_OK;
}

int check_random(int distribution, const double *p, size_t n)
{
	const int count = int(sizeof distributions / sizeof *distributions);
	if (distribution < 1 || distribution > count)
		return fail(NS3C_E_ARGUMENT, "distribution is %d; allowed is 1 ... %d",
		            distribution, count);
	const Distribution &row = distributions[distribution - 1];
	if (!p || n != row.n_parameters)
		return fail(NS3C_E_ARGUMENT, "%s has %zu parameters; found %zu", row.type,
		            row.n_parameters, p ? n : 0);
	for (size_t i = 0; i < n; i++)
		if (!fits(row.parameter[i].shape, p[i]))
			return fail(NS3C_E_ARGUMENT, "%s of %s is %g; allowed is %s",
			            row.parameter[i].attribute, row.type, p[i],
			            row.parameter[i].allowed);
	return check_together(distribution, p);
}

ns3::Ptr<ns3::RandomVariableStream> make_random(const Distribution &row, const double *p,
                                                int64_t stream)
{
	ns3::ObjectFactory factory;
	factory.SetTypeId(row.type);
	for (size_t i = 0; i < row.n_parameters; i++) {
		const Parameter &parameter = row.parameter[i];
		bool no_bound = std::string(parameter.attribute) == "Bound" && p[i] == 0;
		if (is_count(parameter.shape))
			factory.Set(parameter.attribute, ns3::IntegerValue(int64_t(p[i])));
		else if (!no_bound) /* ns-3's normal variable takes 0 for an empty interval */
			factory.Set(parameter.attribute, ns3::DoubleValue(p[i]));
	}
	ns3::Ptr<ns3::RandomVariableStream> variable = factory.Create<ns3::RandomVariableStream>();
	variable->SetStream(stream);
	return variable;
}

/* --- Path loss -------------------------------------------------------------------------------- */

const char *model_class(int model)
{
	switch (model) {
	case NS3C_RMA: return "ns3::ThreeGppRmaPropagationLossModel";
	case NS3C_UMA: return "ns3::ThreeGppUmaPropagationLossModel";
	case NS3C_UMI_STREET_CANYON: return "ns3::ThreeGppUmiStreetCanyonPropagationLossModel";
	case NS3C_INDOOR_OFFICE: return "ns3::ThreeGppIndoorOfficePropagationLossModel";
	}
	return nullptr;
}

/* UMa and UMi subtract an effective height of 1 m from both ends. */
int check_position(int model, const char *which, const double *position_m)
{
	if (!position_m)
		return fail(NS3C_E_ARGUMENT, "%s is NULL", which);
	for (int i = 0; i < 3; i++)
		if (!(std::fabs(position_m[i]) <= 1e7))
			return fail(NS3C_E_ARGUMENT, "%s[%d] is %g; allowed is -1e7 ... 1e7", which,
			            i, position_m[i]);
	double lowest_m = model == NS3C_RMA || model == NS3C_INDOOR_OFFICE ? 0.0 : 1.0;
	if (!(position_m[2] > lowest_m))
		return fail(NS3C_E_ARGUMENT, "%s[2], the height, is %g; allowed is above %g", which,
		            position_m[2], lowest_m);
	return NS3C_OK;
}

int check_path(int model, int los, double frequency_hz, const double *terminal_m,
               const double *station_m)
{
	if (!model_class(model))
		return fail(NS3C_E_ARGUMENT, "model is %d; allowed is %d ... %d", model,
		            NS3C_RMA, NS3C_INDOOR_OFFICE);
	if (los != 0 && los != 1)
		return fail(NS3C_E_ARGUMENT, "los is %d; allowed is 0 or 1", los);
	double highest_hz = model == NS3C_RMA ? 30e9 : 100e9;
	if (!(frequency_hz >= 0.5e9 && frequency_hz <= highest_hz))
		return fail(NS3C_E_ARGUMENT, "frequency_hz is %g; allowed is 5e+08 ... %g",
		            frequency_hz, highest_hz);
	int code = check_position(model, "terminal_m", terminal_m);
	if (code == NS3C_OK)
		code = check_position(model, "station_m", station_m);
	if (code != NS3C_OK)
		return code;
	if (terminal_m[0] == station_m[0] && terminal_m[1] == station_m[1])
		return fail(NS3C_E_ARGUMENT, "the two ends stand above each other; allowed is a "
		            "horizontal distance above 0");
	if (model == NS3C_UMI_STREET_CANYON && terminal_m[2] == 10 && station_m[2] != 10)
		return fail(NS3C_E_ARGUMENT,
		            "terminal_m[2] is 10 and station_m[2] %g: ns-3 would take "
		            "the terminal for the station",
		            station_m[2]);
	return NS3C_OK;
}

ns3::Ptr<ns3::MobilityModel> standing_at(const double *position_m)
{
	ns3::Ptr<ns3::MobilityModel> place =
	    ns3::CreateObject<ns3::ConstantPositionMobilityModel>();
	place->SetPosition(ns3::Vector(position_m[0], position_m[1], position_m[2]));
	return place;
}

ns3::Ptr<ns3::ChannelConditionModel> condition(int los)
{
	if (los)
		return ns3::CreateObject<ns3::AlwaysLosChannelConditionModel>();
	return ns3::CreateObject<ns3::NeverLosChannelConditionModel>();
}

} // namespace
} // namespace ns3c

using namespace ns3c;

int ns3c_random_new(int distribution, const double *parameter,
                    size_t n_parameters, int64_t stream, struct ns3c_random *random)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		if (!random)
			return fail(NS3C_E_ARGUMENT, "random is NULL");
		int code = check_random(distribution, parameter, n_parameters);
		if (code == NS3C_OK)
			code = check_stream(stream, 0);
		if (code != NS3C_OK)
			return code;
		const Distribution &row = distributions[distribution - 1];
		random->id = tables.random.add(make_random(row, parameter, stream));
		return int(NS3C_OK);
	});
}

int ns3c_random_next(struct ns3c_random random, double *value)
{
	return guarded(__func__, WITH_SIMULATOR, [=] {
		ns3::Ptr<ns3::RandomVariableStream> *found = tables.random.find(random.id);
		if (!found)
			return stale("random variable");
		if (!value)
			return fail(NS3C_E_ARGUMENT, "value is NULL");
		*value = (*found)->GetValue();
		return int(NS3C_OK);
	});
}

int ns3c_path_loss_3gpp(int model, int los, double frequency_hz,
                        const double terminal_m[3], const double station_m[3], double *loss_db)
{
	return guarded(__func__, ANY_TIME, [=] {
		if (!loss_db)
			return fail(NS3C_E_ARGUMENT, "loss_db is NULL");
		int code = check_path(model, los, frequency_hz, terminal_m, station_m);
		if (code != NS3C_OK)
			return code;
		ns3::ObjectFactory factory;
		factory.SetTypeId(model_class(model));
		factory.Set("Frequency", ns3::DoubleValue(frequency_hz));
		factory.Set("ShadowingEnabled", ns3::BooleanValue(false));
		ns3::Ptr<ns3::ThreeGppPropagationLossModel> loss =
		    factory.Create<ns3::ThreeGppPropagationLossModel>();
		loss->SetChannelConditionModel(condition(los));
		loss->AssignStreams(0);
		/* The terminal first: ns-3's UMi knows its height from the first end. */
		double found_db =
		    -loss->CalcRxPower(0, standing_at(terminal_m), standing_at(station_m));
		if (!std::isfinite(found_db))
			return fail(NS3C_E_INTERNAL, "ns-3 gave %g", found_db);
		*loss_db = found_db;
		return int(NS3C_OK);
	});
}

"""Recomputes the numbers of a report from its own JSON, with statsmodels and scipy and none of the report's code.

    python3 recompute.py report.json [comparison.json]

Prints how many numbers of each kind were recomputed, those that differ, and those that the JSON does not hold enough
for. Exits with 1 where one differs. Needs statsmodels (`pip install statsmodels`).
"""

import json
import math
import sys
import warnings
from collections import Counter

import numpy as np
import statsmodels.api as sm
from statsmodels.stats.contingency_tables import StratifiedTable, Table, Table2x2
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

# Two counts and two parameters leave nothing over, which is what is wanted here.
warnings.filterwarnings("ignore", message="Perfect separation|divide by zero")

tolerance = 1e-6

agreed = Counter()
missing = Counter()
differing = []


def check(kind, where, said, expected, within=tolerance):
    """`said` and `expected`: numbers in the same order."""
    for one, other in zip(said, expected, strict=True):
        if math.isclose(one, other, rel_tol=within, abs_tol=within):
            agreed[kind] += 1
        else:
            differing.append(f"{kind} of {where}: the report says {one!r}, recomputed it is {other!r}")


def check_share(where, share, closures, units):
    """A share and Wilson's interval."""
    if share is None or not units:
        return
    low, high = proportion_confint(closures, units, alpha=0.05, method="wilson")
    check("share with Wilson's interval", where, [share["value"], share["low"], share["high"]],
          [closures / units, max(0.0, low), min(1.0, high)])


def crude(unit, exposed, unexposed):
    """Odds ratio or rate ratio of two groups, half a closure added to each count, with its 95 % interval."""
    if unit in ("minute", "expected_end"):
        closures = np.array([exposed["closures"] + 0.5, unexposed["closures"] + 0.5])
        units = np.array([exposed["units"], unexposed["units"]])
        design = np.array([[1.0, 1.0], [1.0, 0.0]])
        fit = sm.GLM(closures, design, family=sm.families.Poisson(), offset=np.log(units)).fit(tol=1e-12)
        low, high = fit.conf_int()[1]
        return [math.exp(fit.params[1]), math.exp(low), math.exp(high)]
    table = Table2x2(np.array([
        [exposed["closures"] + 0.5, exposed["units"] - exposed["closures"] + 0.5],
        [unexposed["closures"] + 0.5, unexposed["units"] - unexposed["closures"] + 0.5],
    ]))
    low, high = table.oddsratio_confint()
    return [table.oddsratio, low, high]


def check_crude(where, comparison):
    effect, exposed, unexposed = comparison.get("crude"), comparison["exposed"], comparison["unexposed"]
    if effect is None or min(exposed["units"], unexposed["units"]) <= 0:
        return
    if effect["measure"] not in ("odds_ratio", "rate_ratio") or "high" not in effect:
        missing["crude effect"] += 1
        return
    # The fit of rates comes near its end in steps.
    check("crude effect with its interval", where, [effect["value"], effect["low"], effect["high"]],
          crude(comparison["unit"], exposed, unexposed), 1e-5)


def fitted(strata, family, held=None):
    """Newton's method on the log likelihood with its priors: coefficients, information, and the log likelihood there.

    Normal priors of the columns, log-F(1, 1) of the exposure, which comes last. `held`: its coefficient is given.
    """
    rows, columns = strata["rows"], strata["columns"]
    size = len(columns) + 1
    design = np.zeros((len(rows), size))
    for at, row in enumerate(rows):
        design[at, row[3:]] = 1.0
        design[at, -1] = row[2]
    trials = np.array([row[0] for row in rows], dtype=float)
    events = np.array([row[1] for row in rows], dtype=float)
    precision = np.array([one["precision"] for one in columns] + [0.0])
    free = np.arange(size if held is None else size - 1)
    beta = np.zeros(size)
    beta[0] = math.log(events.sum() / trials.sum())
    if held is not None:
        beta[-1] = held

    def at_point(beta):
        linear = design @ beta
        if family == "poisson":
            mean = trials * np.exp(linear)
            weight, cost = mean, mean
        else:
            chance = 1 / (1 + np.exp(-linear))
            mean = trials * chance
            weight, cost = mean * (1 - chance), trials * np.logaddexp(0, linear)
        own = 1 / (1 + math.exp(-beta[-1]))
        value = events @ linear - cost.sum() - precision @ beta**2 / 2 + beta[-1] / 2 - np.logaddexp(0, beta[-1])
        gradient = design.T @ (events - mean) - precision * beta
        gradient[-1] += 0.5 - own
        information = design.T @ (design * weight[:, None]) + np.diag(precision + 1e-9)
        information[-1, -1] += own * (1 - own)
        return value, gradient, information

    value, gradient, information = at_point(beta)
    for _ in range(200):
        step = np.zeros(size)
        step[free] = np.linalg.solve(information[np.ix_(free, free)], gradient[free])
        step = np.clip(step, -5, 5)
        factor = 1.0
        while factor > 1e-6:
            moved = at_point(beta + factor * step)
            if moved[0] >= value - 1e-12:
                break
            factor /= 2
        beta = beta + factor * step
        gain, (value, gradient, information) = moved[0] - value, moved
        if abs(gain) < 1e-11:
            break
    return beta, information, value


def check_adjusted(where, comparison):
    """The ratio that is controlled for other things, Wald's interval and p, from the strata."""
    strata = comparison["strata"]
    family = "poisson" if comparison["unit"] == "expected_end" else "binomial"
    beta, information, value = fitted(strata, family)
    # The report ends its iterations earlier.
    effect, loose = comparison["effect"], 1e-3
    check("effect that is controlled for other things", where, [math.log(effect["value"])], [beta[-1]], loose)
    if strata["profiled"]:
        missing["interval of the profile likelihood"] += 1
    else:
        error = math.sqrt(np.linalg.inv(information)[-1, -1] * strata["widening"])
        said = [math.log(effect["low"]), math.log(effect["high"])]
        check("its interval", where, said, [beta[-1] - 1.959964 * error, beta[-1] + 1.959964 * error], loose)
    z = math.sqrt(max(0.0, 2 * (value - fitted(strata, family, held=0.0)[2])) / strata["inflation"])
    p = min(1.0, math.erfc(z / math.sqrt(2)) * strata["looks"])
    # Where few ends are expected, it is at least that of a count.
    check("its p, or more", where, [max(0.0, math.log10(max(p, 1e-300)) - math.log10(max(comparison["p"], 1e-300)))],
          [0.0], 1e-2)


def check_trend(where, dose):
    """Cochran and Armitage's test over steps that double."""
    bins = [one for one in dose["bins"] if one["units"] > 0]
    if "trendP" not in dose or len(bins) < 2:
        return
    scores = [math.log2(one["from"]) if one["from"] > 0 else math.log2(one["to"]) - 1 for one in bins]
    counts = np.array([[one["closures"], one["units"] - one["closures"]] for one in bins], dtype=float)
    # statsmodels divides by N - 1 as a permutation test does; the report's statistic is that of Cochran and Armitage.
    total = counts.sum()
    result = Table(counts, shift_zeros=False).test_ordinal_association(
        row_scores=np.array(scores), col_scores=np.array([1.0, 0.0]))
    z = result.zscore * math.sqrt(total / (total - 1))
    check("p of a trend", where, [dose["trendP"]], [math.erfc(abs(z) / math.sqrt(2))])


def check_report(report):
    totals = report["totals"]
    ended = totals["closures"]["expected"] + totals["closures"]["unexpected"]
    unexpected = totals["closures"]["unexpected"]
    check_share("unexpected ends", totals.get("unexpectedShare"), unexpected, ended)
    for row in report["tools"]:
        check_share(f"tool {row['tool']}", row.get("share"), row["closures"], row["responses"])
    for name in ("causes",):
        for row in report[name]:
            of = totals["closures"]["expected" if row["expected"] else "unexpected"]
            check("share of a cause", row["cause"], [row["share"]], [row["closures"] / of])
    for row in report["environment"]:
        if "unexpected" in row and isinstance(row["unexpected"], (int, float)):
            check_share(f"environment {row['model']}", row.get("share"), row["unexpected"], row["sessions"])
    for row in report.get("groups", []):
        if isinstance(row.get("unexpected"), (int, float)):
            check_share("a group", row.get("share"), row["unexpected"], row["sessions"])

    tests = []
    for finding in report["scorecard"]["findings"]:
        where = finding["hypothesis"]
        attributed = finding["attributed"]
        check_share(f"attributed to {where}", attributed.get("share"), attributed["closures"], unexpected)
        for comparison in finding["comparisons"]:
            check_crude(where, comparison)
            if "p" in comparison and "adjustedP" in comparison:
                tests.append((where, comparison["p"], comparison["adjustedP"]))
            if "strata" in comparison:
                check_adjusted(where, comparison)
            elif comparison.get("adjustedFor"):
                missing["effect that is controlled for other things, and its p"] += 1
        for one in finding.get("dose", {}).get("bins", []):
            check_share(f"dose of {where}", one.get("share"), one["closures"], one["units"])
        if "dose" in finding:
            check_trend(where, finding["dose"])
        if "accountsFor" in finding:
            missing["share that it accounts for"] += 1
    if tests:
        adjusted = multipletests([p for _, p, _ in tests], method="holm")[1]
        for (where, _, said), expected in zip(tests, adjusted, strict=True):
            check("p corrected by Holm", where, [said], [expected])


def check_compared(where, compared, sessions):
    before, after = (compared[side]["closures"] for side in ("before", "after"))
    was, now = sessions
    for side, closures, units in (("before", before, was), ("after", after, now)):
        check_share(f"{where}, {side}", compared[side].get("share"), closures, units)
    if "difference" not in compared or not was or not now:
        return
    low, high = confint_proportions_2indep(after, now, before, was, compare="diff", method="newcomb")
    said = compared["difference"]
    check("difference with Newcombe's interval", where, [said["value"], said["low"], said["high"]],
          [after / now - before / was, low, high])
    pooled = (before + after) / (was + now)
    variance = pooled * (1 - pooled) * (1 / was + 1 / now) * (was + now) / (was + now - 1)
    if variance > 0 and "p" in compared:
        z = (after / now - before / was) / math.sqrt(variance)
        check("p of a difference", where, [compared["p"]], [math.erfc(abs(z) / math.sqrt(2))])


def check_alike(alike):
    """Of sessions alike in model, version and service: the odds ratio of Mantel and Haenszel, and its test."""
    if alike is None:
        return
    if "tool" in alike["alikeIn"]:
        missing["odds ratio of sessions that call tools as before"] += 1
        return
    tables = []
    for stratum in alike["strata"]:
        tables.append(np.array([
            [stratum[side]["closures"], stratum[side]["units"] - stratum[side]["closures"]]
            for side in ("after", "before")
        ], dtype=float))
    pooled = StratifiedTable(tables)
    low, high = pooled.oddsratio_pooled_confint()
    said = alike["effect"]
    check("odds ratio of Mantel and Haenszel with its interval", "sessions that are alike",
          [said["value"], said["low"], said["high"]], [pooled.oddsratio_pooled, low, high])
    check("p of Cochran, Mantel and Haenszel", "sessions that are alike", [alike["p"]],
          [pooled.test_null_odds().pvalue])


def check_comparison(comparison):
    sessions = (comparison["before"]["sessions"], comparison["after"]["sessions"])
    check_compared("all unexpected ends", comparison["unexpected"], sessions)
    check_alike(comparison.get("standardised"))
    for row in comparison["hypotheses"]:
        check_compared(row["hypothesis"], row, sessions)
    for row in comparison["causes"]:
        check_compared(row["cause"], row, sessions)


def main(report, *comparisons):
    with open(report, encoding="utf-8") as file:
        check_report(json.load(file))
    for name in comparisons:
        with open(name, encoding="utf-8") as file:
            check_comparison(json.load(file))
    for kind, count in sorted(agreed.items()):
        print(f"{count:6} recomputed: {kind}")
    for kind, count in sorted(missing.items()):
        print(f"{count:6} not to be recomputed from the JSON: {kind}")
    for sentence in differing:
        print(sentence)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""The reference values of the tests beside this file: python -m venv v && v/bin/pip install scipy==1.17.1 statsmodels==0.15.0 && v/bin/python reference.py"""

import numpy as np
import statsmodels.api as sm
from scipy import integrate, optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

for closures, units in [(31, 80), (0, 35), (4, 412)]:
    print("wilson", closures, units, proportion_confint(closures, units, method="wilson"))
print("newcombe", confint_proportions_2indep(31, 80, 4, 412, compare="diff", method="newcomb"))
print("holm", multipletests([0.01, 0.04, 0.03, 0.005, 0.5], method="holm")[1])
print("binomial tails", stats.binom.sf(6, 40, 0.05), stats.binom.sf(29, 400, 0.05))
table = sm.stats.Table(np.array([[10, 90], [15, 85], [30, 70]]))
z = table.test_ordinal_association(row_scores=np.arange(3), col_scores=np.array([1, 0])).zscore
print("trend", 2 * stats.norm.sf(z * np.sqrt(300 / 299)))  # with the variance of Armitage, as R's prop.trend.test

a, b, c, d = 31.5, 49.5, 4.5, 408.5
log, error = np.log(a * d / b / c), np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
print("odds ratio", np.exp(log + error * stats.norm.ppf([0.5, 0.025, 0.975])))
pooled = 35 / 492
variance = pooled * (1 - pooled) * (1 / 80 + 1 / 412) * (492 / 491)
strata = [[[30, 170], [10, 40]], [[5, 195], [12, 788]], [[7, 33], [9, 91]]]
stratified = sm.stats.StratifiedTable([np.array(one, float) for one in strata])
print("mantel haenszel", stratified.logodds_pooled, stratified.logodds_pooled_se, stratified.test_null_odds().pvalue)
print("two proportions", 2 * stats.norm.sf((31 / 80 - 4 / 412) / np.sqrt(variance)))

# Without priors: plain GLM.
x = np.array([[1, 1, 0], [1, 0, 1], [1, 0, 0], [1, 1, 1]], float)
trials, events = np.array([240, 360, 135, 80]), np.array([10, 11, 8, 9])
logistic = sm.GLM(np.column_stack([events, trials - events]), x, family=sm.families.Binomial())
poisson = sm.GLM(events, x, family=sm.families.Poisson(), offset=np.log(trials))
print("glm", logistic.fit(tol=1e-12).params, poisson.fit(tol=1e-12).params)

# With them: the penalised likelihood itself, maximised without derivatives.
rows = [
    ([1, 1, 0, 1], 40, 6),
    ([1, 1, 0, 0], 200, 4),
    ([1, 0, 1, 1], 60, 2),
    ([1, 0, 1, 0], 300, 9),
    ([1, 0, 0, 1], 15, 5),
    ([1, 0, 0, 0], 120, 3),
]
precise = {"xatol": 1e-10, "fatol": 1e-14, "maxiter": 20_000, "maxfev": 20_000}


def loss(free, family, held=None):
    beta = np.asarray(free) if held is None else np.append(free, held)
    total = beta[3] / 2 - np.logaddexp(0, beta[3]) - (beta[1] ** 2 + beta[2] ** 2) / 8
    for columns, n, y in rows:
        eta = np.dot(columns, beta)
        total += y * eta - (n * np.logaddexp(0, eta) if family == "binomial" else n * np.exp(eta))
    return -total


def least(family, start, held=None):
    return optimize.minimize(loss, start, args=(family, held), method="Nelder-Mead", options=precise)


for family in ["binomial", "poisson"]:
    full = least(family, [-3.0, 0, 0, 1])
    none = least(family, full.x[:3], 0.0)

    def lost(held):
        return 2 * (least(family, full.x[:3], held).fun - full.fun) - stats.chi2.ppf(0.95, 1)

    low = optimize.brentq(lost, full.x[3] - 4, full.x[3])
    high = optimize.brentq(lost, full.x[3], full.x[3] + 4)
    print(family, full.x, -full.fun, stats.chi2.sf(2 * (none.fun - full.fun), 1), low, high)

# Conditional logistic regression with the prior log-F(1, 1): units, exposed ones, whether the case is one of them.
sets = [(4, 1, True), (5, 2, True), (3, 1, False), (6, 3, True), (4, 2, False), (5, 1, True)]


def conditional_loss(beta):
    total = beta / 2 - np.logaddexp(0, beta)
    for units, exposed, case in sets:
        total += (beta if case else 0) - np.log(exposed * np.exp(beta) + units - exposed)
    return -total


found = optimize.minimize_scalar(conditional_loss, bounds=(-5, 5), method="bounded", options={"xatol": 1e-12}).x
step = 1e-4
curvature = (conditional_loss(found + step) - 2 * conditional_loss(found) + conditional_loss(found - step)) / step**2
print("conditional", found, 1 / np.sqrt(curvature))

for estimate, error in [(1.2, 0.4), (0.1, 0.3)]:
    mixed = integrate.quad(lambda true: stats.norm.pdf(estimate, true, error) * stats.norm.pdf(true), -12, 12)[0]
    print("evidence ratio", mixed / stats.norm.pdf(estimate, 0, error))

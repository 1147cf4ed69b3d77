"""Draws where the possible winters lie: patients on the IC, day by day, under each policy.

    pip install pandas matplotlib
    python analysis.py output/my-study-1
"""

import sys

import matplotlib.pyplot as plt
import pandas as pd

folder = sys.argv[1] if len(sys.argv) > 1 else "output/my-study-1"
daily = pd.read_csv(f"{folder}/daily.csv", parse_dates=["date"])
census = daily[daily["series"] == "covid_ic"]
policies = census["policy"].unique()

_, axes = plt.subplots(len(policies), sharex=True, sharey=True, squeeze=False, figsize=(8, 3 * len(policies)))
for axis, policy in zip(axes[:, 0], policies):
    days = census[census["policy"] == policy]
    for level in (95, 80, 50):
        low, high = days[f"pred{level}_low"], days[f"pred{level}_high"]
        axis.fill_between(days["date"], low, high, color="tab:blue", alpha=0.25, linewidth=0)
    axis.plot(days["date"], days["median"], color="black")
    axis.set(title=policy, ylabel="COVID patients on the IC")
plt.tight_layout()
plt.savefig(f"{folder}/census.png")

# Each policy against the baseline, in the same winters.
print(pd.read_csv(f"{folder}/comparisons.csv").query("estimand == 'displaced_share'").to_string(index=False))

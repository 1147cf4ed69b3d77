# Draws where the possible winters lie: patients on the IC, day by day, under each policy.
#
#   Rscript analysis.R output/my-study-1

arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments) > 0) arguments[1] else "output/my-study-1"
daily <- read.csv(file.path(folder, "daily.csv"))
daily$date <- as.Date(daily$date)
census <- daily[daily$series == "covid_ic", ]
policies <- unique(census$policy)

png(file.path(folder, "census.png"), width = 900, height = 320 * length(policies))
par(mfrow = c(length(policies), 1), mar = c(3, 5, 3, 1), cex = 1.1)
for (policy in policies) {
  days <- census[census$policy == policy, ]
  plot(days$date, days$median, type = "n", ylim = c(0, max(census$pred95_high)),
       main = policy, xlab = "", ylab = "COVID patients on the IC")
  for (level in c(95, 80, 50)) {
    low <- days[[paste0("pred", level, "_low")]]
    high <- days[[paste0("pred", level, "_high")]]
    polygon(c(days$date, rev(days$date)), c(low, rev(high)), col = "#1f77b440", border = NA)
  }
  lines(days$date, days$median, lwd = 2)
}
invisible(dev.off())

# Each policy against the baseline, in the same winters.
comparisons <- read.csv(file.path(folder, "comparisons.csv"))
print(comparisons[comparisons$estimand == "displaced_share", ], row.names = FALSE)

# Tests of r/zorgdruk.R, in base R: Rscript r/tests/test.R, with the program in ZORGDRUK_PROGRAM.

source("r/zorgdruk.R")
options(zorgdruk = Sys.getenv("ZORGDRUK_PROGRAM", "zorgdruk"))
fast <- list(study.burn_in_weeks = 1, study.window_weeks = 2, study.follow_up_weeks = 7)
fails <- function(expression) {
  tryCatch({
    expression
    stop("it should fail")
  }, error = conditionMessage)
}

folder <- tempfile("run-")
run <- zd_run("small", replications = 10, set = fast, out = folder)
stopifnot(
  "policies are ordered as in reports" = is.ordered(run$summary$policy),
  "in the order of the scenario" = identical(levels(run$daily$policy), as.character(run$policies$policy)),
  "days are dates" = inherits(run$daily$date, "Date"),
  "a study begins on a Monday" = format(min(run$daily$date), "%u") == "1",
  "weeks are dates" = all(format(run$weekly$week_start, "%u") == "1"),
  "parts are ordered" = identical(levels(run$daily$part), c("burn-in", "window", "follow-up")),
  "flags are logical" = sum(run$policies$is_baseline) == 1,
  "numbers are numbers" = is.numeric(run$summary$value) && is.numeric(run$replications$displaced),
  "all worlds are there" = identical(sort(unique(run$replications$replication)), as.numeric(0:9))
)

again <- zd_read(folder)
stopifnot("what is read is what was run" = identical(again$summary, run$summary))
same <- zd_run("small", replications = 10, set = fast, threads = 1)
stopifnot("the same values in any folder" = identical(same$summary, run$summary))
seed <- zd_run("small", replications = 10, set = fast, seed = 7, policies = "supplement-2021")
stopifnot(
  "another seed, other worlds" = !identical(seed$daily$median, run$daily$median),
  "the baseline is always there" = nrow(seed$policies) == 2
)

both <- zd_run("small", replications = 4, set = fast, uncertain = 3)
stopifnot(
  "a run without uncertain worlds has none" = is.null(zd_uncertain(run)),
  "uncertain worlds stand beside a run" = max(zd_uncertain(both)$summary$n) == 3,
  "nobody need have them" = is.null(zd_uncertain(zd_run("small", replications = 2, set = fast, uncertain = 0)))
)

shares <- c(0.8, 0.95)
sweep <- zd_sweep("small", list(staff.workforce_share = shares), replications = 4, set = fast)
stopifnot(
  "a row for each point" = setequal(sweep$staff.workforce_share, shares),
  "policies are ordered" = is.ordered(sweep$policy)
)

stopifnot(
  grepl("staff.workforce_share", fails(zd_run("small", set = list(staff.workforce_share = 40))), fixed = TRUE),
  grepl("is not the folder of a run", fails(zd_read(tempdir()))),
  "no number loses digits" = zd_value(c(100000, 1e-7, 0.123456789)) == c("100000", "0.0000001", "0.123456789")
)
options(zorgdruk = "no-such-program")
stopifnot(grepl("not on the path", suppressWarnings(fails(zd_run("small")))))
cat("r/zorgdruk.R: all is well\n")

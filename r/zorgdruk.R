# zorgdruk from R: runs of the program, and their tables as data frames with ordered factors and real
# dates. Base R only; the program must be on the path, or named by options(zorgdruk = "/path/to/it").
#
#   source("r/zorgdruk.R")
#   run <- zd_run("nl-autumn-2021", replications = 50)
#   zd_fan(run)

# Simulates a scenario (a file, or the name of one that the program contains) into a folder, and reads
# it. `set` is a named list of values, such as list(staff.workforce_share = 0.9); `policies` are keys,
# all by default; `uncertain` is the number of worlds beside the run in which all that is uncertain is
# drawn, by default none without sets that fit a record. With `out = NULL` the folder is a temporary one.
zd_run <- function(scenario, replications = NULL, policies = NULL, set = list(), seed = NULL,
                   threads = NULL, out = NULL, force = FALSE, figures = FALSE, uncertain = NULL) {
  if (is.null(out)) out <- tempfile("zorgdruk-")
  arguments <- c(
    "run", scenario, "--quiet", "--out", out, zd_settings(set), zd_each("--policy", policies),
    zd_each("--replications", replications), zd_each("--seed", seed), zd_each("--threads", threads),
    if (identical(uncertain, 0)) "--no-uncertain" else zd_each("--uncertain", uncertain), if (force) "--force", if (!figures) "--no-figures"
  )
  zd_program(arguments)
  zd_read(out)
}

# Reads the folder of a run: a list with a data frame for each table, such as $summary and $daily.
# Policies, regions and parts of a study are factors in the order of the reports, and days are dates.
zd_read <- function(folder) {
  if (!file.exists(file.path(folder, "manifest.json"))) {
    stop(folder, " is not the folder of a run", call. = FALSE)
  }
  types <- zd_types(folder)
  tables <- lapply(setNames(nm = unique(types$file)), function(file) {
    zd_table(file.path(folder, file), types[types$file == file, ])
  })
  names(tables) <- sub("\\.csv$", "", names(tables))
  levels <- list(
    policy = tables$policies$policy, baseline = tables$policies$policy,
    region = tables$regions$region, part = c("burn-in", "window", "follow-up")
  )
  tables <- lapply(tables, zd_ordered, levels = levels)
  structure(tables, class = "zorgdruk", folder = folder)
}

# Reads the worlds beside a run in which all that is uncertain is drawn too, as a run of their own; NULL
# when it has none. The program writes their tables first.
zd_uncertain <- function(run) {
  folder <- file.path(attr(run, "folder"), "uncertain")
  if (!file.exists(file.path(folder, "manifest.json"))) return(NULL)
  zd_program(c("report", folder, "--quiet"))
  zd_read(folder)
}

# Simulates every combination of values, such as list(staff.workforce_share = c(0.8, 0.9)), all in the
# same worlds: a data frame with a row for each point, policy and estimand.
zd_sweep <- function(scenario, grid, replications = NULL, policies = NULL, set = list(), seed = NULL,
                     threads = NULL) {
  out <- tempfile(fileext = ".csv")
  on.exit(unlink(out))
  values <- vapply(grid, function(of) paste(zd_value(of), collapse = ","), "")
  points <- if (length(grid) > 0) paste0(names(grid), "=", values)
  arguments <- c(
    "sweep", scenario, "--quiet", "--out", out, zd_settings(set), zd_each("--set-grid", points),
    zd_each("--policy", policies), zd_each("--replications", replications), zd_each("--seed", seed),
    zd_each("--threads", threads)
  )
  zd_program(arguments)
  table <- utils::read.csv(out, check.names = FALSE, na.strings = "", stringsAsFactors = FALSE)
  zd_ordered(table, list(policy = unique(table$policy)))
}

# Draws where the worlds lie day by day: the middle world, and the bands with 50, 80 and 95 % of them.
zd_fan <- function(run, series = "covid_ic", policies = levels(run$policies$policy)) {
  days <- run$daily[run$daily$series == series & run$daily$policy %in% policies, ]
  if (nrow(days) == 0) stop("there is no such series or policy", call. = FALSE)
  before <- graphics::par(mfrow = c(length(policies), 1), mar = c(2, 4, 2, 1))
  on.exit(graphics::par(before))
  for (policy in policies) {
    one <- days[days$policy == policy, ]
    plot(one$date, one$median, type = "n", ylim = c(0, max(days$pred95_high)), main = policy,
         xlab = "", ylab = gsub("_", " ", series))
    for (level in c(95, 80, 50)) {
      low <- one[[paste0("pred", level, "_low")]]
      high <- one[[paste0("pred", level, "_high")]]
      graphics::polygon(c(one$date, rev(one$date)), c(low, rev(high)), col = "#1f77b440", border = NA)
    }
    graphics::lines(one$date, one$median, lwd = 2)
  }
  invisible(days)
}

print.zorgdruk <- function(x, ...) {
  cat("A run of ", x$policies$scenario[1], ": ", max(x$summary$n), " worlds, ", nrow(x$policies),
      " policies, in ", attr(x, "folder"), "\nTables: ", paste(names(x), collapse = ", "), "\n", sep = "")
  invisible(x)
}

# Runs the program; a failure is an error with its message.
zd_program <- function(arguments) {
  program <- getOption("zorgdruk", "zorgdruk")
  errors <- tempfile()
  on.exit(unlink(errors))
  status <- system2(program, shQuote(arguments), stdout = FALSE, stderr = errors)
  if (status != 0) {
    said <- if (file.exists(errors)) readLines(errors, warn = FALSE)
    stop(paste(c(said, if (status == 127) paste(program, "is not on the path")), collapse = "\n"),
         call. = FALSE)
  }
}

zd_settings <- function(set) {
  values <- vapply(set, function(value) {
    text <- zd_value(value)
    if (length(text) == 1) text else paste0("[", paste(text, collapse = ", "), "]")
  }, "")
  zd_each("--set", if (length(set) > 0) paste0(names(set), "=", values))
}

# An option once for each value; no option where there is none.
zd_each <- function(option, values) {
  as.vector(rbind(rep(option, length(values)), zd_value(values)))
}

# Values as they stand in a scenario: no number loses a digit or gets an exponent.
zd_value <- function(values) {
  if (is.logical(values)) return(tolower(as.character(values)))
  if (!is.numeric(values)) return(as.character(values))
  vapply(values, function(value) format(value, digits = 15, scientific = FALSE, trim = TRUE), "")
}

# File, name and type of each column, as the dictionary of the run has them.
zd_types <- function(folder) {
  all <- utils::read.csv(file.path(folder, "dictionary.csv"), colClasses = "character")
  of_folder <- file.exists(file.path(folder, all$file)) & dirname(all$file) == "."
  all[all$type != "" & of_folder, c("file", "name", "type")]
}

zd_table <- function(path, columns) {
  classes <- c(string = "character", integer = "numeric", number = "numeric", boolean = "integer",
               date = "Date", any = "character")[columns$type]
  table <- utils::read.csv(path, check.names = FALSE, na.strings = "", quote = "\"",
                           colClasses = setNames(classes, columns$name))
  flags <- columns$name[columns$type == "boolean"]
  table[flags] <- lapply(table[flags], as.logical)
  table
}

# The columns of keys as ordered factors.
zd_ordered <- function(table, levels) {
  for (name in intersect(names(table), names(levels))) {
    known <- as.character(levels[[name]])
    if (all(table[[name]] %in% c(known, NA))) {
      table[[name]] <- factor(table[[name]], levels = known, ordered = TRUE)
    }
  }
  table
}

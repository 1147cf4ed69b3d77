# Runs every block of code of docs/tutorial-r.md, in order, with the program in ZORGDRUK_PROGRAM.

options(zorgdruk = Sys.getenv("ZORGDRUK_PROGRAM", "zorgdruk"))
lines <- readLines("docs/tutorial-r.md")
marks <- cumsum(startsWith(lines, "```"))
is_code <- marks %% 2 == 1 & !startsWith(lines, "```")
is_r <- marks %in% marks[lines == "```r"]
code <- sub('"fan.png"', 'file.path(tempdir(), "fan.png")', lines[is_code & is_r], fixed = TRUE)
stopifnot(length(code) > 15)
eval(parse(text = code), globalenv())
stopifnot(file.size(file.path(tempdir(), "fan.png")) > 10000)

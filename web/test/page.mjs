// Opens a page in a headless Chromium, from the disk, and uses it as a reader does.
//
//   node test/page.mjs <what-if.html> <zorgdruk> [folder for screenshots]
//
// The page is one of the scenario `small`. Exit code 0: all well; 1: a check failed; 2: Chromium is not there.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, program, folder] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(executablePath)) {
  console.error("page test: Chromium is not installed, nothing was checked");
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const url = pathToFileURL(resolve(file)).href;
const place = mkdtempSync(join(tmpdir(), "page-"));
if (folder) mkdirSync(folder, { recursive: true });

const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const alone = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
/** Milliseconds to wait for anything. */
const PATIENCE = 120_000;
const browser = await chromium.launch({ executablePath, args: [...quiet, ...alone], timeout: PATIENCE });

/** Words of a command line, as a shell reads them. */
function words(command) {
  const found = command.match(/(?:[^\s']|'[^']*')+/g);
  return found.map((word) => word.replaceAll("'", ""));
}

/** The page, and all that it complains of or asks for. */
async function open(address, size = { width: 1440, height: 1000 }) {
  const context = await browser.newContext({ viewport: size, acceptDownloads: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  // Far more than anything takes, on a machine that does much else.
  page.setDefaultTimeout(PATIENCE);
  page.setDefaultNavigationTimeout(PATIENCE);
  page.complaints = [];
  page.on("console", (message) => page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith(url) && !/^(blob|data):/.test(asked)) page.complaints.push(`asks for ${asked}`);
  });
  await page.goto(address);
  return page;
}

async function complete(page, n) {
  await page.waitForSelector(`body[data-worlds="${n}"]`);
}

/** What a button of the page saves. */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return readFileSync(await download.path());
}

async function checkAccess(page, name) {
  await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n  ")}`);
  assert.deepEqual(told, [], `axe finds nothing (${name})`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= page.viewportSize().width, `${name}: the page is ${width} wide`);
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** So many winters that estimates are adjusted by what is known of them. */
async function checkMoreWinters(page) {
  await page.fill("#worlds", "130");
  await page.press("#worlds", "Enter");
  await complete(page, 130);
  await checkRepeat(page);
  const lines = String(await saved(page, "summary.csv")).trim().split("\n");
  assert.ok(lines[0].endsWith(",variance_reduction"), "the last column");
  assert.ok(lines.slice(1).some((line) => !line.endsWith(",")), "some estimates are adjusted");
}

/** The command line of the page gives the tables of the page, byte for byte. */
async function checkRepeat(page) {
  const command = words(await page.textContent("#command"));
  assert.equal(command.shift(), "zorgdruk");
  const out = join(place, "repeated");
  const options = ["--out", out, "--force", "--quiet", "--no-figures"];
  const { status, stderr } = spawnSync(program, [...command, ...options], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  for (const table of ["summary.csv", "comparisons.csv", "weekly.csv", "daily.csv", "streams.csv"]) {
    const of_page = await saved(page, table);
    assert.ok(of_page.equals(readFileSync(join(out, table))), `${table} of the page is that of the program`);
  }
}

/** The scenario that the page saves gives the same numbers, whoever has the original. */
async function checkToml(page) {
  const button = page.locator("#toml");
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const path = join(place, "what-if.toml");
  await download.saveAs(path);
  const command = words(await page.textContent("#toml-command"));
  const out = join(place, "of-toml");
  const options = [...command.slice(3), "--out", out, "--quiet", "--no-figures"];
  const { status, stderr } = spawnSync(program, ["run", path, ...options], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  // The key of the run in the first column is another one: the file is.
  const numbers = (bytes) => String(bytes).split("\n").map((line) => line.slice(line.indexOf(",")));
  const both = [await saved(page, "summary.csv"), readFileSync(join(out, "summary.csv"))];
  assert.deepEqual(numbers(both[0]), numbers(both[1]), "summary.csv of the saved scenario");
}

async function checkLever(page) {
  const before = await page.textContent("#answer-table");
  await page.focus("#lever-1");
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowLeft");
  await complete(page, 100);
  assert.match(page.url(), /set=staff\.workforce_share%3D0\.8\d/, "the address has the lever");
  assert.notEqual(await page.textContent("#answer-table"), before, "another answer");
}

/** Any lever is found, moved and taken back by keyboard. */
async function checkSearch(page) {
  await page.focus("#search");
  await page.keyboard.type("supplement-2021.meet_at_overdue");
  await page.waitForSelector("#found input");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await complete(page, 100);
  assert.match(page.url(), /meet_at_overdue%3D12/, "the address has it");
  await page.getByRole("button", { name: /meet_at_overdue/ }).click();
  await complete(page, 100);
  assert.doesNotMatch(page.url(), /meet_at_overdue/, "and has not");
  await page.fill("#search", "");
}

async function checkWinter(page) {
  await page.fill("#winter-number", "12");
  await page.press("#winter-number", "Enter");
  await page.waitForSelector("#winter-day");
  await page.focus("#winter-day");
  for (let day = 0; day < 20; day++) await page.keyboard.press("ArrowRight");
  const told = await page.textContent("#winter-told");
  assert.match(told, /14 Nov 2021.*phase/s, "the twentieth day");
  assert.match(told, /A\d\d /, "with the rules behind decisions");
}

async function checkFigures(page) {
  assert.equal(await page.locator(".plot canvas").count(), 4, "occupancy and classes of two policies");
  assert.ok(await page.locator("figure details table").count() >= 6, "each figure has a table");
  const saved = page.waitForEvent("download");
  await page.locator("#occupancy button").first().click();
  assert.match((await saved).suggestedFilename(), /\.png$/, "a figure is saved");
  assert.match(await page.textContent("#differences"), /last setting/, "the last setting");
}

/** A lever of an address that cannot be is told. */
async function checkMistake() {
  const other = await open(`${url}#set=staff.workforce_share%3D7`);
  await other.waitForSelector("#trouble li");
  assert.match(await other.textContent("#trouble"), /workforce_share/);
  assert.deepEqual(other.complaints, [], "no complaint and no request");
}

async function checkLanguage(page) {
  await page.focus("#languages input:checked");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector("html[lang=nl]");
  await page.waitForFunction(() => /operaties/.test(document.getElementById("sentences").textContent));
  assert.equal(await page.textContent("h1"), "Wat als?");
}

/** An address that was sent opens the same page. */
async function checkAddress(page) {
  const other = await open(page.url(), { width: 390, height: 844 });
  await complete(other, 130);
  assert.equal(await other.textContent("#answer-table"), await page.textContent("#answer-table"), "the same answer");
  await checkAccess(other, "phone");
  assert.deepEqual(other.complaints, [], "no complaint and no request");
}

let failure;
try {
  const page = await open(url);
  await complete(page, 100);
  await checkAccess(page, "desk");
  await checkLever(page);
  await checkFigures(page);
  await checkSearch(page);
  await checkWinter(page);
  await checkAccess(page, "winter");
  await checkMistake();
  await checkRepeat(page);
  await checkToml(page);
  await checkMoreWinters(page);
  await checkLanguage(page);
  await checkAddress(page);
  assert.deepEqual(page.complaints, [], "no complaint and no request");
} catch (error) {
  failure = error;
}
await browser.close();
rmSync(place, { recursive: true, force: true });
if (failure) {
  console.error(`page test: ${failure.stack}`);
  process.exit(1);
}
console.log("page test: all well");

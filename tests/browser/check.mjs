// Opens a report.html in a headless Chromium and checks what only a browser can tell.
//
//   node tests/browser/check.mjs <report.html> [folder for screenshots and the PDF, or -] [label...]
//
// Each label must be there as the text of a table's heading, whatever it looks like.
//
// Needs Node 18 or later and Chromium (`apt-get install chromium`, or the path in CHROMIUM), and for
// the printed pages pdftotext (`apt-get install poppler-utils`). With the path of axe.min.js in AXE
// (`npm install axe-core`) the page is checked for accessibility too. Exit code 0: all well; 1: a check
// failed; 2: something needed is not installed, so nothing is known.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [report, place_given, ...labels] = process.argv.slice(2);
const folder = place_given === "-" ? undefined : place_given;
if (!report) stop("usage: node tests/browser/check.mjs <report.html> [folder or -] [label...]");

function stop(message) {
  console.error(`browser test: ${message}`);
  process.exit(2);
}

function findChromium() {
  const names = process.env.CHROMIUM ? [process.env.CHROMIUM] : ["chromium", "chromium-browser", "google-chrome"];
  const found = names.find((name) => !spawnSync(name, ["--version"]).error);
  return found ?? stop("Chromium is not installed, nothing was checked");
}

/** A browser that is spoken to over a pipe, one JSON message after another, each ended by a zero. */
class Browser {
  #next = 1;
  #waiting = new Map();
  #listeners = [];

  constructor(program, profile) {
    const options = ["--headless", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe"];
    if (process.getuid?.() === 0) options.push("--no-sandbox");
    this.process = spawn(program, [...options, `--user-data-dir=${profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    let rest = "";
    this.process.stdio[4].setEncoding("utf8").on("data", (chunk) => {
      const messages = (rest + chunk).split("\0");
      rest = messages.pop();
      for (const message of messages) this.#take(JSON.parse(message));
    });
  }

  #take(message) {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return this.#listeners.forEach((listener) => listener(message));
    this.#waiting.delete(message.id);
    if (message.error) waiting.reject(new Error(message.error.message));
    else waiting.resolve(message.result);
  }

  send(method, params = {}) {
    const id = this.#next++;
    const message = { id, method, params, sessionId: this.session };
    this.process.stdio[3].write(`${JSON.stringify(message)}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  listen(listener) {
    this.#listeners.push(listener);
  }

  event(method) {
    return new Promise((resolve) => this.listen((message) => message.method === method && resolve(message.params)));
  }

  /** The value of an expression in the page. */
  async value(expression) {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async press(key) {
    const named = { Enter: { text: "\r", windowsVirtualKeyCode: 13 } }[key];
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, code: key, ...named });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key });
  }

  async screenshot(name) {
    if (!folder) return;
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    writeFileSync(join(folder, name), Buffer.from(data, "base64"));
  }

  async resize(width, height) {
    const size = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.send("Emulation.setDeviceMetricsOverride", size);
  }
}

/** Opens the report and gives every complaint and every request that the browser reports. */
async function open(browser, url) {
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  browser.session = sessionId;
  const seen = { complaints: [], requests: [] };
  browser.listen(({ method, params }) => {
    if (method === "Runtime.exceptionThrown") seen.complaints.push(params.exceptionDetails.text);
    if (method === "Runtime.consoleAPICalled") seen.complaints.push(params.args.map((one) => one.value).join(" "));
    if (method === "Log.entryAdded") seen.complaints.push(params.entry.text);
    if (method === "Network.requestWillBeSent") seen.requests.push(params.request.url);
  });
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await browser.send(`${domain}.enable`);
  await browser.resize(1200, 1600);
  await browser.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  const loaded = browser.event("Page.loadEventFired");
  await browser.send("Page.navigate", { url });
  await loaded;
  await browser.value("document.fonts.ready.then(() => true)");
  return seen;
}

const column = (id, n) => `[...document.querySelectorAll("#${id} tbody tr")].map((row) => row.cells[${n}].dataset.v)
  .filter((value) => value !== undefined).map(Number)`;
const isSorted = (values, sign) => values.every((value, idx) => idx === 0 || sign * (value - values[idx - 1]) >= 0);

async function checkSorting(browser) {
  const header = `document.querySelectorAll("#estimates-en th")[3]`;
  await browser.value(`${header}.querySelector("button").click()`);
  assert.equal(await browser.value(`${header}.getAttribute("aria-sort")`), "ascending");
  const values = await browser.value(column("estimates-en", 3));
  assert.ok(values.length > 10 && isSorted(values, 1), "a click sorts upward");
  await browser.value(`${header}.querySelector("button").focus()`);
  await browser.press("Enter");
  assert.equal(await browser.value(`${header}.getAttribute("aria-sort")`), "descending");
  assert.ok(isSorted(await browser.value(column("estimates-en", 3)), -1), "the Enter key sorts downward");
}

async function checkFilter(browser) {
  const shown = `[...document.querySelectorAll("#estimates-en tbody tr")].filter((row) => !row.hidden)`;
  const all = await browser.value(`${shown}.length`);
  const type = (text) => browser.value(`{
    const input = document.querySelector("[data-table=estimates-en]");
    input.value = ${JSON.stringify(text)};
    input.dispatchEvent(new Event("input"));
  }`);
  await type("PHASE 3");
  const left = await browser.value(`${shown}.map((row) => row.textContent)`);
  assert.ok(left.length > 0 && left.length < all, "some rows are left");
  assert.ok(left.every((text) => text.toLowerCase().includes("phase 3")), "all of them match");
  await type("");
  assert.equal(await browser.value(`${shown}.length`), all, "an empty filter shows everything");
}

/** Each language in turn; leaves the page in English. */
async function checkLanguages(browser) {
  const shown = `[...document.querySelectorAll("main")].filter((one) => getComputedStyle(one).display !== "none").map((one) => one.lang)`;
  for (const language of ["nl", "en"]) {
    await browser.value(`document.querySelector("label[for=choose-${language}]").click()`);
    assert.deepEqual(await browser.value(shown), [language], "one language is shown");
    assert.equal(await browser.value("document.documentElement.lang"), language, "and declared");
  }
  const figures = await browser.value(`document.querySelectorAll("main[lang=nl] svg[role=img] > desc").length`);
  const pictures = await browser.value(`document.querySelectorAll("main[lang=nl] svg").length`);
  assert.equal(figures, pictures, "every figure has an alternative text");
}

/** Labels are text: no script but the report's own, no handler, and each label whole. */
async function checkLabels(browser) {
  assert.equal(await browser.value("document.scripts.length"), 1, "the only script is the report's own");
  const handlers = `[...document.querySelectorAll("*")].filter((one) => one.getAttributeNames().some((name) => name.startsWith("on")))`;
  assert.equal(await browser.value(`${handlers}.length`), 0, "no element has a handler");
  const texts = await browser.value(`[...document.querySelectorAll("main[lang=en] th")].map((one) => one.textContent)`);
  for (const label of labels) assert.ok(texts.includes(label), `${label} is there as text`);
}

/** Each link of the contents leads to a heading of its language; one is followed with the keyboard. */
async function checkContents(browser) {
  for (const language of ["en", "nl"]) {
    const broken = `[...document.querySelectorAll("main[lang=${language}] nav a")]
      .filter((one) => !document.querySelector("main[lang=${language}] :is(h2, h3)" + one.getAttribute("href"))).length`;
    assert.equal(await browser.value(broken), 0, "contents lead to headings");
  }
  assert.ok(await browser.value(`document.querySelectorAll("main[lang=en] nav a").length`) > 16, "there are contents");
  await browser.value(`document.querySelector("main[lang=en] nav a[href='#tables-en']").focus()`);
  await browser.press("Enter");
  const top = await browser.value(`document.querySelector("#tables-en").getBoundingClientRect().top`);
  assert.ok(Math.abs(top) < 100, `the tables are ${top} below the top`);
  await browser.value("scrollTo(0, 0)");
}

/** Each figure has its numbers, which open, and links to its files. */
async function checkFigures(browser) {
  const sections = `[...document.querySelectorAll("main[lang=en] section.figure")]`;
  const n = await browser.value(`${sections}.length`);
  assert.ok(n > 8, `${n} figures`);
  const without = `${sections}.filter((one) => !one.querySelector("details table tbody tr")
    || one.querySelectorAll("figcaption a[href^='figures/']").length < 3).length`;
  assert.equal(await browser.value(without), 0, "every figure has its table and its files");
  await browser.value(`document.querySelector("main[lang=en] section.figure summary").focus()`);
  await browser.press("Enter");
  assert.ok(await browser.value(`document.querySelector("main[lang=en] section.figure details").open`), "numbers open");
}

/** On a phone the figures are laid out anew, and every number of the answer can be seen. */
async function checkPhone(browser) {
  await browser.resize(390, 844);
  const shown = (what) => `[...document.querySelectorAll("main[lang=en] figure ${what} svg")]
    .filter((one) => one.getBoundingClientRect().width > 0)`;
  assert.equal(await browser.value(`${shown(".wide")}.length`), 0, "no figure for wide windows");
  assert.ok(await browser.value(`${shown(".narrow")}.length`) > 8, "figures for narrow ones");
  const smallest = `Math.min(...${shown(".narrow")}.flatMap((svg) => [...svg.querySelectorAll("text")]
    .map((text) => text.getBoundingClientRect().height)))`;
  const height = await browser.value(smallest);
  assert.ok(height >= 11, `the smallest words of a figure are ${height} pixels high`);
  const outside = `[...document.querySelectorAll("main[lang=en] .answers td")]
    .filter((cell) => { const box = cell.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth; }).length`;
  assert.equal(await browser.value(outside), 0, "all columns of the answer are in the window");
  await browser.screenshot("phone.png");
  await browser.resize(1200, 1600);
}

/** No violation that axe-core finds, wide and narrow, in each language. */
async function checkAccessibility(browser) {
  if (!process.env.AXE) return console.log("browser test: NOT CHECKED with axe-core, whose path is not in AXE");
  await browser.value(readFileSync(process.env.AXE, "utf8") + ";true");
  for (const width of [1440, 390]) {
    await browser.resize(width, 900);
    for (const language of ["nl", "en"]) {
      await browser.value(`document.querySelector("label[for=choose-${language}]").click()`);
      const found = await browser.value(`axe.run().then(({ violations }) => violations.map((one) =>
        one.id + ": " + one.help + " (" + one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ") + ")"))`);
      assert.deepEqual(found, [], `accessibility at ${width} in ${language}`);
    }
  }
  await browser.resize(1200, 1600);
}

async function checkWidths(browser) {
  for (const [width, name] of [[1200, "light.png"], [360, "narrow.png"]]) {
    await browser.resize(width, 1600);
    await browser.screenshot(name);
    const wide = await browser.value("document.documentElement.scrollWidth");
    assert.ok(wide <= width, `the page is ${wide} wide in a window of ${width}`);
  }
  await browser.resize(1200, 1600);
  const dark = { features: [{ name: "prefers-color-scheme", value: "dark" }] };
  await browser.send("Emulation.setEmulatedMedia", dark);
  await browser.screenshot("dark.png");
  const colors = await browser.value("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]");
  assert.ok(contrast(...colors) >= 7, `text and paper in the dark: ${colors}`);
  await browser.send("Emulation.setEmulatedMedia", { features: [] });
}

/** Contrast ratio of two CSS colors (WCAG 2.2). */
function contrast(...colors) {
  const luminance = (color) => color.match(/\d+/g).slice(0, 3)
    .map((channel) => channel / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
    .reduce((sum, share, idx) => sum + share * [0.2126, 0.7152, 0.0722][idx], 0);
  const [dark, light] = colors.map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The first printed pages are the brief: the answer, and last its figures; the rest comes after. */
async function checkPrint(browser, place) {
  const { data } = await browser.send("Page.printToPDF", { preferCSSPageSize: true, printBackground: true });
  const path = join(folder ?? place, "report.pdf");
  writeFileSync(path, Buffer.from(data, "base64"));
  const { stdout, error } = spawnSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" });
  if (error) stop("pdftotext is not installed, the printed pages were not checked; all else is well");
  const pages = stdout.split("\f");
  assert.match(pages[0], /Question[\s\S]*Answer/, "page 1 is question and answer");
  const last = pages.findLastIndex((page) => /(answer|of-100)\.csv/.test(page));
  assert.ok(last > 0 && last < 4, `the brief ends with its figures, on page 2 to 4, not ${last + 1}`);
  const brief = pages.slice(0, last + 1).join("\n");
  assert.match(brief, /Answer[\s\S]*Policy/, "the table follows the answer");
  assert.match(pages[last + 1], /^\s*Figures/, "a page of its own begins the rest");
  const most = 20;
  assert.ok(pages.length <= most, `the report takes ${pages.length} pages, at most ${most} are wanted`);
}

const program = findChromium();
const place = mkdtempSync(join(tmpdir(), "browser-"));
if (folder) mkdirSync(folder, { recursive: true });
const browser = new Browser(program, join(place, "profile"));
const url = pathToFileURL(resolve(report)).href;
let failure;
try {
  const seen = await open(browser, url);
  await checkLanguages(browser);
  await checkSorting(browser);
  await checkFilter(browser);
  await checkLabels(browser);
  await checkContents(browser);
  await checkFigures(browser);
  await checkPhone(browser);
  await checkAccessibility(browser);
  await checkWidths(browser);
  await checkPrint(browser, place);
  assert.deepEqual(seen.complaints, [], "the browser complains about nothing");
  const outside = seen.requests.filter((one) => one !== url && !one.startsWith("data:"));
  assert.deepEqual(outside, [], "nothing outside the file is asked for");
} catch (error) {
  failure = error;
}
await browser.send("Browser.close").catch(() => {});
browser.process.kill();
await new Promise((resolve) => setTimeout(resolve, 300));
rmSync(place, { recursive: true, force: true, maxRetries: 5 });
if (failure) {
  console.error(`browser test: ${failure.message}`);
  process.exit(1);
}
console.log("browser test: all well");
process.exit(0);

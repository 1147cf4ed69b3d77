// The page: what the reader chooses, and what the engine answers.

import { classes, fan } from "./charts";
import { at, h, table } from "./dom";
import { Levers } from "./levers";
import { map } from "./maps";
import { Pool } from "./pool";
import type { About, Diary, Lever, Mistake, Page, View } from "./protocol";
import { Search } from "./search";
import * as states from "./state";
import { Winter } from "./winter";
import { named, say, type Word } from "./words";

/** The script of the workers, which the bundle puts here. */
declare const WORKER: string;

const page = JSON.parse(at("study").textContent ?? "") as Page;
let state = states.read(location.hash, page);
/** The scenario without changes. */
let usual: About;
let shown: { view: View; isComplete: boolean } | undefined;
let pool: Pool;
let levers: Levers;
let search: Search;
let winter: Winter;

const language = () => state.language;
const words = (word: Word, gaps = {}) => say(language(), word, { ...own(), ...gaps });
const name = (text: About["title"]) => named(text, language());

/** What the scenario calls things. */
function own(): Record<string, string> {
  if (!usual) return {};
  const areas = name(usual.areas);
  const Areas = areas.charAt(0).toUpperCase() + areas.slice(1);
  return { season: name(usual.season), seasons: name(usual.seasons), areas, Areas };
}

/** Everything that does not depend on results. */
function showFrame(): void {
  document.documentElement.lang = language();
  for (const element of document.querySelectorAll<HTMLElement>("[data-word]")) {
    element.textContent = words(element.dataset.word as Word);
  }
  document.title = `${words("question")} ${name(usual.title)}`;
  at("scenario-title").textContent = name(usual.title);
  at("worlds-label").textContent = words("worlds");
  at<HTMLInputElement>("worlds").value = String(state.replications);
  at<HTMLInputElement>("seed").value = String(state.seed);
  at<HTMLInputElement>("languages").querySelector<HTMLInputElement>(`[value=${language()}]`)!.checked = true;
  showPolicies();
  showLevers();
  offerWinters();
  showRepeat();
}

function showLevers(): void {
  levers.show(at("levers"));
  search.show(at("other-levers"));
}

function offerWinters(): void {
  const isThere = ({ key }: { key: string }) => key === usual.baseline || state.policies.includes(key);
  winter.offer(usual.policies.filter(isThere), state.replications);
}

function showPolicies(): void {
  const boxes = usual.policies.map((policy) => {
    const isReference = policy.key === usual.baseline;
    const id = `policy-${policy.key}`;
    const box = h("input", {
      type: "checkbox",
      id,
      "aria-describedby": `${id}-text`,
      disabled: isReference,
      onchange: () => choose(policy.key, box.checked),
    });
    box.checked = isReference || state.policies.includes(policy.key);
    const label = name(policy.label) + (isReference ? ` (${words("reference")})` : "");
    const text = h("p", { id: `${id}-text` }, name(policy.description));
    return h("div", { class: "policy" }, box, h("label", { for: id }, label), text);
  });
  at("policies").replaceChildren(...boxes);
}

function choose(key: string, isChosen: boolean): void {
  const chosen = new Set([...state.policies, usual.baseline]);
  if (isChosen) chosen.add(key);
  else chosen.delete(key);
  state.policies = usual.policies.map((policy) => policy.key).filter((policy) => chosen.has(policy));
  simulate();
}

function showRepeat(): void {
  at("command").textContent = states.command(state, page);
  at("toml-command").textContent = states.tomlCommand(state);
}

function showAbout(): void {
  const gaps = { title: name(usual.title), seed: state.seed, n: shown?.view.n ?? 0, version: page.version };
  at("about-text").textContent = words("aboutText", gaps);
  at("explanation").textContent = shown?.view.explanation ?? "";
}

/** What has no effect with these levers. */
async function showRemarks(): Promise<void> {
  const remarks = await pool.simulator.ask<string[]>({ do: "remarks" });
  const items = remarks.map((remark) => h("li", { lang: "en" }, remark));
  at("remarks").replaceChildren(...(items.length ? [h("h3", {}, words("remarks")), h("ul", {}, ...items)] : []));
}

function showProgress(n: number): void {
  const [progress, all] = [at<HTMLProgressElement>("progress"), state.replications];
  [progress.max, progress.value] = [all, n];
  const text = words(n === all ? "done" : "progress", { n, all });
  at("progress-text").textContent = text;
  // A reader who listens hears the first answer and the last, and not each in between.
  if (shown && (n === all || at("status").textContent === "")) at("status").textContent = text;
}

function showAnswer(view: View, isComplete: boolean): void {
  shown = { view, isComplete };
  showProgress(view.n);
  const sentences = [...view.sentences, ...(view.place ? [view.place] : [])];
  at("sentences").replaceChildren(...sentences.map((text) => h("p", {}, text)));
  const rows = view.rows.map((row) => row.cells);
  // On a phone the levers fill the window: what they change stands at its lower edge.
  const [head] = view.heads.slice(1);
  at("brief").textContent = `${head}: ${view.rows.map(({ cells }) => `${cells[0]} ${cells[1]}`).join(", ")}`;
  at("answer-table").replaceChildren(table(words("table"), view.heads, rows));
  showDifferences(view);
  showFigures(view, isComplete);
  if (isComplete) showRemarks().catch(broken);
  document.body.dataset.worlds = isComplete ? String(view.n) : "";
  showAbout();
}

function showDifferences({ compared, differences, changes }: View): void {
  const heads = [words("policy"), ...compared];
  const toLast = changes
    ? table(words("toLast"), heads, changes)
    : h("p", { class: "hint" }, words("noLast"));
  const toReference = differences.length ? table(words("toReference"), heads, differences) : null;
  at("differences").replaceChildren(...[toReference, toLast].filter((one) => one !== null));
}

/** Milliseconds between two drawings of figures while worlds arrive. */
const PAUSE = 1500;
let drawn = 0;

function showFigures(view: View, isComplete: boolean): void {
  if (!isComplete && performance.now() - drawn < PAUSE) return;
  drawn = performance.now();
  const around = { language: language(), say: words };
  const { occupancy, regions, activity, gates } = view;
  const highest = Math.max(
    ...occupancy.policies.flatMap(({ ends, beds }) => [...(ends[6] ?? []), ...beds.flatMap(([, values]) => values)]),
  );
  const note = (text: string) => h("p", { class: "hint" }, text);
  const fans = occupancy.policies.map((one) => fan(one, occupancy, highest, around));
  at("occupancy").replaceChildren(h("p", {}, occupancy.title), note(`${occupancy.about}. ${occupancy.marks}.`), ...fans);
  const maps = regions.policies.map((one) => map(one, regions, around));
  at("regions").replaceChildren(h("p", {}, regions.title), note(regions.about), ...maps);
  const lines = activity.policies.map((_, n) => classes(activity, n, regions.weeks, around));
  at("activity").replaceChildren(note(activity.about), ...lines.filter((one) => one !== null));
  at("loans-section").hidden = !gates;
  if (gates) at("loans").replaceChildren(table(gates.about, [words("policy"), ...gates.heads], gates.rows));
}

function showMistakes(mistakes: Mistake[]): void {
  const items = mistakes.map(({ path, message, allowed }) => {
    const range = allowed ? ` (${words("allowed", { allowed })})` : "";
    return h("li", { lang: "en" }, `${path}: ${message}${range}`);
  });
  at("trouble").replaceChildren(h("p", {}, words("mistakes")), h("ul", {}, ...items));
}

function broken(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  at("trouble").replaceChildren(h("p", {}, words("broken")), h("pre", { lang: "en" }, message));
}

/** Simulates what is chosen now, and writes it into the address. */
function simulate(): void {
  history.replaceState(null, "", states.written(state, page));
  shown = undefined;
  document.body.dataset.worlds = "";
  at("trouble").replaceChildren();
  at("status").textContent = "";
  showRepeat();
  offerWinters();
  winter.close();
  showProgress(0);
  const listener = {
    refused: showMistakes,
    answered: showAnswer,
  };
  pool.simulate(states.setting(state), state.replications, language, listener).catch(broken);
}

/** Takes up what the address says. */
function follow(): void {
  state = states.read(location.hash, page);
  levers.take(state.levers);
  search.take(state.levers);
  showFrame();
  simulate();
}

async function speak(chosen: "en" | "nl"): Promise<void> {
  state.language = chosen;
  history.replaceState(null, "", states.written(state, page));
  showFrame();
  await winter.again();
  if (!shown) return;
  const { isComplete } = shown;
  showAnswer(await pool.view(chosen), isComplete);
}

function save(bytes: Uint8Array<ArrayBuffer>, file: string, type: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  h("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Tables of the program that can be had of the worlds so far. */
const TABLES = ["summary", "comparisons", "weekly", "daily", "streams"];

function offerTables(): void {
  const buttons = TABLES.map((name) => {
    const file = `${name}.csv`;
    const download = async () => save(await pool.desk.bytes({ do: "table", name }), file, "text/csv");
    return h("button", { type: "button", onclick: () => download().catch(broken) }, file);
  });
  at("tables").replaceChildren(...buttons.flatMap((button) => [button, " "]));
}

function listen(): void {
  at("choices").addEventListener("submit", (event) => event.preventDefault());
  at("languages").addEventListener("change", ({ target }) => {
    const chosen = (target as HTMLInputElement).value === "nl" ? "nl" : "en";
    speak(chosen).catch(broken);
  });
  at("worlds").addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (!input.reportValidity() || input.value === "") return;
    state.replications = Number(input.value);
    simulate();
  });
  at("seed").addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (!input.reportValidity() || input.value === "") return;
    state.seed = Number(input.value);
    simulate();
  });
  at("all-back").addEventListener("click", () => {
    state.levers.clear();
    showLevers();
    simulate();
  });
  at("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(states.command(state, page));
    at("status").textContent = words("copied");
  });
  at("toml").addEventListener("click", async () => {
    save(await pool.simulator.bytes({ do: "toml" }), states.TOML, "application/toml");
  });
  addEventListener("hashchange", follow);
}

/** The engine that the page holds. */
async function engine(): Promise<WebAssembly.Module> {
  const packed = Uint8Array.from(atob(at("engine").textContent ?? ""), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

async function start(): Promise<void> {
  at("progress-text").textContent = words("starting");
  const script = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
  pool = new Pool(page, script, await engine());
  usual = await pool.usual();
  levers = new Levers(usual.questions, state.levers, language, simulate);
  const asked = new Set(usual.questions.map(({ path }) => path));
  const load = () => pool.simulator.ask<Lever[]>({ do: "levers" });
  search = new Search(state.levers, asked, load, language, simulate);
  const around = () => ({ language: language(), say: words });
  const open = (what: object) => pool.simulator.ask<Diary>({ do: "diary", ...what, language: language() });
  winter = new Winter(open, around, broken);
  showFrame();
  offerTables();
  listen();
  simulate();
}

start().catch(broken);

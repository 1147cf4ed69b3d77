// What the reader chose, and the address that says so.

import type { Language, Page, Setting } from "./protocol";

/** Everything that an address says. */
export interface State {
  language: Language;
  policies: string[];
  /** Values by the path of their lever, as overrides write them. */
  levers: Map<string, string>;
  seed: number;
  replications: number;
}

export const MOST_WORLDS = 2000;

/** The state at first. */
export function first(page: Page): State {
  const { language, policies, seed, replications } = page.chosen;
  return { language, policies: [...policies], levers: new Map(), seed, replications };
}

/** The state that an address asks for; what it leaves out or gets wrong is as at first. */
export function read(address: string, page: Page): State {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const state = first(page);
  const language = given.get("lang");
  if (language === "en" || language === "nl") state.language = language;
  const policies = given.get("policies")?.split(",").filter(Boolean);
  if (policies?.length) state.policies = policies;
  state.seed = whole(given.get("seed"), 0, Number.MAX_SAFE_INTEGER) ?? state.seed;
  state.replications = whole(given.get("n"), 1, MOST_WORLDS) ?? state.replications;
  for (const override of given.getAll("set")) {
    const [path, ...value] = override.split("=");
    if (path && value.length > 0) state.levers.set(path, value.join("="));
  }
  return state;
}

function whole(text: string | null, low: number, high: number): number | undefined {
  const number = Number(text);
  return text !== null && Number.isInteger(number) && low <= number && number <= high ? number : undefined;
}

/** The address of a state. */
export function written(state: State, page: Page): string {
  const said = new URLSearchParams();
  const usual = first(page);
  if (state.language !== usual.language) said.set("lang", state.language);
  if (state.policies.join() !== usual.policies.join()) said.set("policies", state.policies.join());
  if (state.seed !== usual.seed) said.set("seed", String(state.seed));
  if (state.replications !== usual.replications) said.set("n", String(state.replications));
  for (const override of overrides(state)) said.append("set", override);
  return `#${said}`;
}

export function overrides(state: State): string[] {
  return [...state.levers].map(([path, value]) => `${path}=${value}`);
}

/** What is simulated for a state. */
export function setting(state: State): Setting {
  return { policies: state.policies, settings: overrides(state), seed: state.seed };
}

/** Name of the scenario with the reader's levers, when it is saved. */
export const TOML = "what-if.toml";

/** The command line whose run gives the same numbers. */
export function command(state: State, page: Page): string {
  return run(page.chosen.origin, [...page.chosen.given, ...overrides(state)], state);
}

/** The same for the scenario as it is saved. */
export function tomlCommand(state: State): string {
  return run(TOML, [], state);
}

function run(scenario: string, settings: string[], { policies, seed, replications }: State): string {
  const words = ["zorgdruk", "run", quoted(scenario)];
  for (const override of settings) words.push("--set", quoted(override));
  for (const policy of policies) words.push("--policy", policy);
  return [...words, "--seed", seed, "--replications", replications, "--no-uncertain"].join(" ");
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

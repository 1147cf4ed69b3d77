// What goes between page and engine: `web/src/request.rs` and what answers it.

export type Language = "en" | "nl";

/** A text in both languages. */
export type Name = string | Record<Language, string>;

export interface File {
  name: string;
  text: string;
}

/** What the program writes into the page. */
export interface Page {
  version: string;
  files: File[];
  /** Overrides that the page begins with, and cannot take back. */
  settings: string[];
  chosen: Chosen;
}

/** What is chosen at first. */
export interface Chosen {
  /** The scenario or the folder of a run, as the command line takes it. */
  origin: string;
  /** Overrides that the command line needs to have the same scenario. */
  given: string[];
  policies: string[];
  seed: number;
  replications: number;
  language: Language;
}

/** What is simulated. */
export interface Setting {
  policies: string[];
  settings: string[];
  seed: number;
}

export interface Policy {
  key: string;
  label: Name;
  description: Name;
}

/** A lever that the scenario asks about. */
export interface Question {
  path: string;
  name: Name;
  /** What it is in the scenario; null when that differs between policies. */
  value: unknown;
  unit: string;
  low: number | null;
  high: number | null;
  step: number | null;
  /** Values to choose from instead of a range, as overrides write them. */
  choices: [string, Name][];
}

export interface Mistake {
  path: string;
  message: string;
  allowed: string | null;
}

export interface About {
  title: Name;
  season: Name;
  seasons: Name;
  /** What regions are called. */
  areas: Name;
  policies: Policy[];
  baseline: string;
  questions: Question[];
}

/** The plan of a run, which the engine that adds up understands, or why there can be none. */
export type Opened = { plan: unknown } | { mistakes: Mistake[] };

export interface Row {
  policy: string;
  cells: string[];
}

export interface View {
  n: number;
  heads: string[];
  rows: Row[];
  sentences: string[];
  place: string | null;
  explanation: string;
  compared: string[];
  differences: string[][];
  /** The same against the reader's last setting, where there was one: policies that both have. */
  changes: string[][] | null;
  occupancy: Occupancy;
  regions: Regions;
  activity: Activity;
  gates: Gates | null;
}

export interface Occupancy {
  title: string;
  about: string;
  marks: string;
  patients: string;
  dates: string[];
  policies: Fan[];
}

export interface Fan {
  policy: string;
  /** Values below which 2.5, 10, 25, 50, 75, 90 and 97.5 % of the worlds lie. */
  ends: number[][];
  beds: [string, number[]][];
}

export interface Regions {
  title: string;
  about: string;
  tiles: { name: string; short_name: string; place: [number, number] }[];
  weeks: string[];
  policies: RegionShares[];
}

export interface RegionShares {
  policy: string;
  shares: number[];
  by_week: number[][];
}

export interface Activity {
  about: string;
  classes: string[];
  policies: [string, number[][]][];
}

export interface Gates {
  about: string;
  heads: string[];
  rows: string[][];
}

export type Answer<T> = T | { error: string };

/** A value of the scenario that can be changed. */
export interface Lever {
  path: string;
  value: unknown;
  minimum: number | null;
  maximum: number | null;
  choices: string[];
  meaning: string;
}

/** A winter, day by day. */
export interface Diary {
  names: string[];
  days: DiaryDay[];
}

export interface DiaryDay {
  date: string;
  phase: string;
  numbers: number[];
  decisions: Decision[];
}

export interface Decision {
  what: string;
  times: number;
  amount: string;
  regions: string[];
  rule: string;
  sentence: string;
}

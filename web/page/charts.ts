// Charts of the page, each with a table of the same numbers beside it.

import uPlot from "uplot";
import { h, table } from "./dom";
import type { Activity, Fan, Language, Occupancy } from "./protocol";
import { number, type Word } from "./words";

type Say = (word: Word, gaps?: Record<string, string | number>) => string;

/** What charts need of the page around them. */
export interface Around {
  language: Language;
  say: Say;
}

interface Curve {
  label: string;
  stroke: string;
  width?: number;
  dash?: number[];
}

interface Plot {
  title: string;
  x: number[];
  values: number[][];
  curves: Curve[];
  bands: uPlot.Band[];
  highest: number;
}

const HEIGHT = 260;

function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function locale(language: Language): string {
  return language === "en" ? "en-GB" : "nl-NL";
}

export function date(iso: string, language: Language): string {
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Date(`${iso}T00:00Z`).toLocaleDateString(locale(language), options);
}

function seconds(iso: string): number {
  return Date.parse(`${iso}T00:00Z`) / 1000;
}

/** A picture with its heading, a legend, a button to save it and the table. */
function figure(plot: Plot, numbers: HTMLElement, { language, say }: Around): HTMLElement {
  const place = h("div", { class: "plot", role: "img", "aria-label": plot.title });
  const legend = h("p", { class: "legend", "aria-hidden": "true" });
  for (const { label, stroke, dash } of plot.curves.filter((curve) => curve.label)) {
    const line = h("span", { class: "line" });
    if (dash) line.style.borderTopStyle = dash[0]! > 3 ? "dashed" : "dotted";
    line.style.borderColor = stroke;
    legend.append(h("span", { class: "entry" }, line, label));
  }
  const save = h("button", { type: "button" }, say("saveFigure"));
  const details = h("details", {}, h("summary", {}, say("numbers")), numbers);
  const whole = h("figure", {}, h("figcaption", {}, plot.title), place, legend, h("p", {}, save), details);
  // The width is known only when the figure stands in the page.
  requestAnimationFrame(() => {
    const chart = new uPlot(options(plot, place.clientWidth, language), [plot.x, ...plot.values], place);
    new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
    save.addEventListener("click", () => chart.ctx.canvas.toBlob((blob) => blob && download(blob, plot.title)));
  });
  return whole;
}

function download(blob: Blob, title: string): void {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: `${title.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.png` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function options({ curves, bands, highest }: Plot, width: number, language: Language): uPlot.Options {
  const [ink, line] = [color("--ink"), color("--line")];
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line }, font: "13px system-ui" };
  const days = new Intl.DateTimeFormat(locale(language), { day: "numeric", month: "short", timeZone: "UTC" });
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (time) => uPlot.tzDate(new Date(time * 1000), "UTC"),
    scales: { x: { time: true }, y: { range: [0, highest * 1.05 || 1] } },
    axes: [
      { ...axis, space: 70, values: (_, ticks) => ticks.map((tick) => days.format(tick * 1000)) },
      { ...axis, size: 60, values: (_, ticks) => ticks.map((tick) => number(tick, language)) },
    ],
    series: [{}, ...curves.map((curve) => ({ ...curve, points: { show: false } }))],
    bands,
  };
}

/** Patients against beds under a policy. */
export function fan(of: Fan, occupancy: Occupancy, highest: number, around: Around): HTMLElement {
  const main = color("--main");
  const [ink, soft, alarm] = [color("--ink"), color("--soft"), color("--alarm")];
  const none = "transparent";
  const strokes = [soft, ink, alarm];
  const dashes = [[2, 3], [8, 4], undefined];
  const ends: Curve[] = of.ends.map((_, n) =>
    n === 3 ? { label: occupancy.patients, stroke: main, width: 2 } : { label: "", stroke: none },
  );
  const beds = of.beds.map(([label], n): Curve => {
    const dash = dashes[n];
    return { label, stroke: strokes[n] ?? ink, width: 1.5, ...(dash ? { dash } : {}) };
  });
  const bands = [1, 2, 3].map((n) => ({ series: [8 - n, n] as [number, number], fill: `${main}${["22", "33", "44"][n - 1]}` }));
  const plot = {
    title: of.policy,
    x: occupancy.dates.map(seconds),
    values: [...of.ends, ...of.beds.map(([, values]) => values)],
    curves: [...ends, ...beds],
    bands,
    highest,
  };
  return figure(plot, fanTable(of, occupancy, around), around);
}

/** One row a week: seventeen rows tell what a hundred do. */
function fanTable(of: Fan, occupancy: Occupancy, { language, say }: Around): HTMLElement {
  const heads = [say("day"), occupancy.patients, say("eightInTen"), ...of.beds.map(([name]) => name)];
  const rows = occupancy.dates.flatMap((iso, day) => {
    if (day % 7 !== 0) return [];
    const at = (values: number[] | undefined) => number(values?.[day] ?? 0, language);
    const range = `${at(of.ends[1])}–${at(of.ends[5])}`;
    return [[date(iso, language), at(of.ends[3]), range, ...of.beds.map(([, values]) => at(values))]];
  });
  return table(`${of.policy}: ${occupancy.about}`, heads, rows);
}

/** What is left of planned operations under a policy. */
export function classes(activity: Activity, n: number, weeks: string[], around: Around): HTMLElement | null {
  const [policy, percents] = activity.policies[n] ?? ["", []];
  const there = activity.classes.map((name, n) => ({ name, values: percents[n] ?? [] }));
  const drawn = there.filter(({ values }) => values.length === weeks.length);
  if (drawn.length === 0) return null;
  const strokes = [color("--main"), color("--alarm"), color("--ink")];
  const dashes = [undefined, [8, 4], [2, 3]];
  const plot = {
    title: policy,
    x: weeks.map(seconds),
    values: drawn.map(({ values }) => values),
    curves: drawn.map(({ name }, n): Curve => {
      const dash = dashes[n];
      return { label: name, stroke: strokes[n] ?? "", width: 2, ...(dash ? { dash } : {}) };
    }),
    bands: [],
    highest: Math.max(100, ...drawn.flatMap(({ values }) => values)),
  };
  const heads = [around.say("week"), ...drawn.map(({ name }) => name)];
  const rows = weeks.map((iso, week) => [
    date(iso, around.language),
    ...drawn.map(({ values }) => `${number(Math.round(values[week] ?? 0), around.language)}%`),
  ]);
  return figure(plot, table(`${policy}: ${activity.about}`, heads, rows), around);
}

// Regions as tiles on a map, each with its weeks.

import { h, table } from "./dom";
import type { Around } from "./charts";
import { date } from "./charts";
import type { Regions, RegionShares } from "./protocol";
import { number } from "./words";

/** The regions under a policy, and the same as a table. */
export function map(of: RegionShares, regions: Regions, around: Around): HTMLElement {
  const percent = (share: number) => `${number(Math.round(share), around.language)}%`;
  const rows = numbered(regions.tiles.map(({ place: [, row] }) => row));
  const columns = numbered(regions.tiles.map(({ place: [column] }) => column));
  const tiles = regions.tiles.map(({ short_name, place: [column, row] }, region) => {
    const share = of.shares[region] ?? 0;
    const weeks = spark(of.by_week[region] ?? []);
    const tile = h("li", { class: "tile" }, h("span", { class: "name" }, short_name), h("strong", {}, percent(share)), weeks);
    tile.style.setProperty("--column", String(columns.get(column)));
    tile.style.setProperty("--row", String(rows.get(row)));
    tile.style.setProperty("--share", `${share * 0.35}%`);
    return tile;
  });
  const list = h("ul", { class: "tiles", "aria-label": of.policy }, ...tiles);
  list.style.setProperty("--columns", String(columns.size));
  const details = h("details", {}, h("summary", {}, around.say("numbers")), weeksTable(of, regions, around));
  return h("figure", {}, h("figcaption", {}, of.policy), list, details);
}

/** Places that occur, numbered from 1 in their order. */
function numbered(places: number[]): Map<number, number> {
  const inOrder = [...new Set(places)].sort((one, other) => one - other);
  return new Map(inOrder.map((place, n) => [place, n + 1]));
}

/** The weeks of a region: a bar for each, as high as the part of the winters in which an operation is too late. */
function spark(weeks: number[]): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", `0 0 ${Math.max(1, weeks.length)} 100`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  weeks.forEach((share, week) => {
    const bar = document.createElementNS(space, "rect");
    const size = { x: week + 0.1, y: 100 - share, width: 0.8, height: share };
    Object.entries(size).forEach(([name, value]) => bar.setAttribute(name, String(value)));
    svg.append(bar);
  });
  return svg;
}

function weeksTable(of: RegionShares, regions: Regions, { language, say }: Around): HTMLElement {
  const heads = [say("week"), ...regions.tiles.map(({ name }) => name)];
  const rows = regions.weeks.map((iso, week) => [
    date(iso, language),
    ...of.by_week.map((weeks) => `${number(Math.round(weeks[week] ?? 0), language)}%`),
  ]);
  return table(`${of.policy}: ${say("weeksOfRegions")}`, heads, rows);
}

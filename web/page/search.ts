// Any lever of the scenario, by words of its path or its meaning.

import { h } from "./dom";
import type { Language, Lever } from "./protocol";
import { say } from "./words";

/** Levers that are listed at once. */
const MOST = 12;

export class Search {
  private levers: Lever[] = [];
  private readonly field = h("input", { type: "search", id: "search", "aria-controls": "found" });
  private readonly found = h("div", { id: "found" });

  /** `moved` has the values of levers that were moved; those in `asked` stand among the questions already. */
  constructor(
    private moved: Map<string, string>,
    private readonly asked: Set<string>,
    private readonly load: () => Promise<Lever[]>,
    private readonly language: () => Language,
    private readonly changed: () => void,
  ) {
    this.field.addEventListener("focus", () => void this.begin());
    this.field.addEventListener("input", () => this.list());
  }

  take(moved: Map<string, string>): void {
    this.moved = moved;
  }

  show(place: HTMLElement): void {
    const label = h("label", { for: "search" }, this.say("search"));
    place.replaceChildren(label, this.field, this.found, this.others());
    this.list();
  }

  private async begin(): Promise<void> {
    if (this.levers.length === 0) this.levers = await this.load();
    this.list();
  }

  private list(): void {
    const words = this.field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ path, meaning }: Lever) => words.every((word) => `${path} ${meaning}`.toLowerCase().includes(word));
    const found = words.length ? this.levers.filter(fits) : [];
    const count = words.length ? h("p", { class: "hint", role: "status" }, this.say("found", { n: found.length })) : null;
    this.found.replaceChildren(...[count, ...found.slice(0, MOST).map((lever, n) => this.row(lever, n))].filter((one) => one !== null));
  }

  private row({ path, meaning, value, minimum, maximum, choices }: Lever, n: number): HTMLElement {
    const id = `found-${n}`;
    const written = this.moved.get(path) ?? (typeof value === "string" ? value : JSON.stringify(value));
    const input: HTMLInputElement | HTMLSelectElement = choices.length
      ? h("select", { id }, ...choices.map((choice) => h("option", { value: choice }, choice)))
      : h("input", { type: "text", id, "aria-describedby": `${id}-text` });
    input.value = written;
    const range = minimum === null || maximum === null ? "" : ` (${minimum}–${maximum})`;
    const text = h("p", { class: "note", id: `${id}-text`, lang: "en" }, meaning + range);
    const set = () => {
      this.moved.set(path, input.value);
      this.changed();
      this.show(this.found.parentElement!);
    };
    input.addEventListener("change", set);
    return h("div", { class: "lever" }, h("label", { for: id }, h("code", {}, path)), input, text);
  }

  /** Levers that were moved and that no question asks about. */
  private others(): HTMLElement {
    const moved = [...this.moved].filter(([path]) => !this.asked.has(path));
    const items = moved.map(([path, value]) => {
      const back = h("button", { type: "button", "aria-label": this.say("backOf", { label: path }) }, this.say("back"));
      back.addEventListener("click", () => {
        this.moved.delete(path);
        this.changed();
        this.show(this.found.parentElement!);
        this.field.focus();
      });
      return h("li", {}, h("code", {}, `${path} = ${value}`), " ", back);
    });
    return h("ul", { class: "others" }, ...items);
  }

  private say(word: Parameters<typeof say>[1], gaps = {}): string {
    return say(this.language(), word, gaps);
  }
}

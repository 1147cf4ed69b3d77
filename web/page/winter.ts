// One winter, day by day: patients and beds, and what was decided by which rule.

import { date, type Around } from "./charts";
import { at, h } from "./dom";
import type { Diary, DiaryDay, Decision, Policy } from "./protocol";
import { named, number } from "./words";

/** What a winter is asked by. */
export interface Asked {
  replication: number;
  policy: string;
}

export class Winter {
  private diary: Diary | undefined;
  private day = 0;
  private readonly slider = h("input", { type: "range", id: "winter-day", min: 0, step: 1 });

  constructor(
    private readonly load: (asked: Asked) => Promise<Diary>,
    private readonly around: () => Around,
    private readonly broken: (error: unknown) => void,
  ) {
    at("winter-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.open().catch(this.broken);
    });
    this.slider.addEventListener("input", () => this.turn(Number(this.slider.value)));
  }

  /** Offers the policies that are chosen, and the winters that are simulated. */
  offer(policies: Policy[], n: number): void {
    const { language } = this.around();
    const select = at<HTMLSelectElement>("winter-policy");
    const chosen = select.value;
    select.replaceChildren(...policies.map(({ key, label }) => h("option", { value: key }, named(label, language))));
    if (policies.some(({ key }) => key === chosen)) select.value = chosen;
    at<HTMLInputElement>("winter-number").max = String(n - 1);
  }

  /** Forgets a winter of other levers. */
  close(): void {
    this.diary = undefined;
    at("winter").replaceChildren();
  }

  /** Tells the open winter in another language. */
  async again(): Promise<void> {
    if (this.diary) await this.open(this.day);
  }

  private async open(day = 0): Promise<void> {
    const replication = Number(at<HTMLInputElement>("winter-number").value);
    const policy = at<HTMLSelectElement>("winter-policy").value;
    at("winter").replaceChildren(h("p", { role: "status" }, this.around().say("opening")));
    this.diary = await this.load({ replication, policy });
    this.slider.max = String(this.diary.days.length - 1);
    const { say } = this.around();
    const step = (by: number, word: "dayBefore" | "dayAfter") =>
      h("button", { type: "button", onclick: () => this.turn(this.day + by) }, say(word));
    const label = h("label", { for: "winter-day" }, say("day"));
    const turns = h("div", { class: "turns" }, step(-1, "dayBefore"), this.slider, step(1, "dayAfter"));
    const told = h("div", { id: "winter-told" });
    at("winter").replaceChildren(label, turns, told);
    this.turn(day);
  }

  private turn(day: number): void {
    if (!this.diary) return;
    this.day = Math.max(0, Math.min(this.diary.days.length - 1, day));
    this.slider.value = String(this.day);
    const told = this.diary.days[this.day]!;
    const { language, say } = this.around();
    const when = `${date(told.date, language)}, ${say("phase", { phase: told.phase })}`;
    this.slider.setAttribute("aria-valuetext", when);
    const decisions = told.decisions.map((decision) => this.decision(decision));
    const list = decisions.length ? h("ul", { class: "decisions" }, ...decisions) : h("p", {}, say("quiet"));
    const heading = h("h3", { "aria-live": "polite" }, when);
    at("winter-told").replaceChildren(heading, this.numbers(told), h("h4", {}, say("decisions")), list);
  }

  private numbers({ numbers }: DiaryDay): HTMLElement {
    const { language } = this.around();
    const pairs = this.diary!.names.flatMap((name, n) => [
      h("dt", {}, name),
      h("dd", {}, number(numbers[n] ?? 0, language)),
    ]);
    return h("dl", { class: "numbers" }, ...pairs);
  }

  private decision({ what, times, amount, regions, rule, sentence }: Decision): HTMLElement {
    const { language, say } = this.around();
    const often = times > 1 ? say("times", { n: number(times, language) }) : "";
    const where = regions.length > 0 && regions.length <= 3 ? regions.join(", ") : "";
    const many = regions.length > 3 ? say("inRegions", { n: regions.length }) : "";
    const more = [often, amount, where || many].filter(Boolean).join("; ");
    const head = h("p", {}, h("strong", {}, what), more ? ` (${more})` : "");
    const because = rule ? h("p", { class: "note" }, `${rule}: `, h("q", {}, sentence)) : null;
    return h("li", {}, head, because);
  }
}

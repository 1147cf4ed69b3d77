// The levers that the scenario asks about.

import { h } from "./dom";
import type { Language, Question } from "./protocol";
import { named, number, say } from "./words";

export class Levers {
  /** `moved` has the values of levers that were moved, by path, as overrides write them. */
  constructor(
    private readonly questions: Question[],
    private moved: Map<string, string>,
    private readonly language: () => Language,
    private readonly changed: () => void,
  ) {}

  /** Takes other values. */
  take(moved: Map<string, string>): void {
    this.moved = moved;
  }

  show(place: HTMLElement): void {
    place.replaceChildren(...this.questions.map((question, n) => this.lever(question, `lever-${n}`)));
  }

  private lever(question: Question, id: string): HTMLElement {
    const label = named(question.name, this.language());
    const output = h("output", { for: id });
    const back = h("button", { type: "button", "aria-label": this.say("backOf", { label }) }, this.say("back"));
    const input = question.choices.length ? this.select(question, id) : this.range(question, id);
    const top = h("div", { class: "top" }, h("label", { for: id }, label), output);
    const whole = h("div", { class: "lever" }, top, h("div", { class: "row" }, input, back));
    const tell = (value: string | undefined) => {
      output.textContent = this.told(question, value);
      if (!question.choices.length) input.setAttribute("aria-valuetext", output.textContent);
    };
    const update = () => {
      const value = this.moved.get(question.path);
      whole.classList.toggle("moved", value !== undefined);
      back.disabled = value === undefined;
      tell(value);
    };
    input.addEventListener("input", () => tell(input.value));
    input.addEventListener("change", () => {
      if (input.value === "") this.moved.delete(question.path);
      else this.moved.set(question.path, input.value);
      update();
      this.changed();
    });
    back.addEventListener("click", () => {
      this.moved.delete(question.path);
      input.value = this.usual(question);
      update();
      input.focus();
      this.changed();
    });
    update();
    return whole;
  }

  private range(question: Question, id: string): HTMLInputElement {
    const { path, low, high, step } = question;
    const input = h("input", { type: "range", id, min: low, max: high, step: step ?? "any" });
    input.value = this.moved.get(path) ?? this.usual(question);
    return input;
  }

  private select(question: Question, id: string): HTMLSelectElement {
    const options = question.choices.map(([value, name]) =>
      h("option", { value }, named(name, this.language())),
    );
    const select = h("select", { id }, h("option", { value: "" }, this.say("asInScenario")), ...options);
    select.value = this.moved.get(question.path) ?? "";
    return select;
  }

  /** Where a lever stands that was not moved. */
  private usual({ value, low, high, choices }: Question): string {
    if (choices.length) return "";
    return String(typeof value === "number" ? value : ((low ?? 0) + (high ?? 0)) / 2);
  }

  /** A value, as readers are told. */
  private told({ value, unit, choices }: Question, moved: string | undefined): string {
    if (choices.length) return "";
    if (moved === undefined && typeof value !== "number") return this.say("perPolicy");
    const told = Number(moved ?? value);
    if (unit === "share") return `${number(told * 100, this.language())}%`;
    return number(told, this.language());
  }

  private say(word: Parameters<typeof say>[1], gaps = {}): string {
    return say(this.language(), word, gaps);
  }
}

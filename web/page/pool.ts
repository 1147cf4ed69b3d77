// Simulates the worlds of a setting in several workers, and adds them up in one more.

import type { About, Language, Mistake, Opened, Page, Setting, View } from "./protocol";
import { Refused, Remote } from "./remote";

/** Worlds that are shown as soon as they are there; after them the answer is renewed now and then. */
export const FIRST = 10;
/** Milliseconds between two answers. */
const PAUSE = 250;

/** Whom the page tells of a run. */
export interface Listener {
  refused(mistakes: Mistake[]): void;
  answered(view: View, isComplete: boolean): void;
}

export class Pool {
  private readonly simulators: Remote[];
  readonly desk: Remote;
  /** Number of the run; a worker that finds another one stops. */
  private run = 0;

  constructor(
    private readonly page: Page,
    script: string,
    module: WebAssembly.Module,
  ) {
    const n = Math.min(4, Math.max(2, navigator.hardwareConcurrency || 2));
    this.simulators = Array.from({ length: n }, () => new Remote(script, module));
    this.desk = new Remote(script, module);
  }

  /** The scenario without changes. */
  async usual(): Promise<About> {
    const setting = this.whole({ policies: [], settings: [], seed: this.page.chosen.seed });
    const opened = await this.simulator.ask<Opened>({ do: "open", files: this.page.files, ...setting });
    if ("mistakes" in opened) throw new Refused(opened.mistakes.map((one) => one.message).join("; "));
    return this.simulator.ask<About>({ do: "about" });
  }

  /** What the worlds so far say. */
  view(language: Language): Promise<View> {
    return this.desk.ask<View>({ do: "view", language });
  }

  /** Simulates so many worlds of a setting, and tells the listener what they say. */
  async simulate(setting: Setting, n: number, language: () => Language, listener: Listener): Promise<void> {
    const run = ++this.run;
    const isCurrent = () => this.run === run;
    const open = { do: "open", files: this.page.files, ...this.whole(setting) };
    const opened = await Promise.all(this.simulators.map((one) => one.ask<Opened>(open)));
    const [first] = opened;
    if (!isCurrent() || !first) return;
    if ("mistakes" in first) return listener.refused(first.mistakes);
    await this.desk.ask({ do: "begin", plan: first.plan });
    const show = this.shower(isCurrent, n, language, listener);
    let next = 0;
    const work = async (simulator: Remote): Promise<void> => {
      while (isCurrent() && next < n) {
        const world = await simulator.bytes({ do: "simulate", replication: next++ });
        if (!isCurrent()) return;
        await show(await this.desk.add(world));
      }
    };
    await Promise.all(this.simulators.map(work));
  }

  /** What the worlds so far say, in the language that the reader has when it is there. */
  private async viewIn(language: () => Language): Promise<View> {
    for (;;) {
      const asked = language();
      const view = await this.view(asked);
      if (asked === language()) return view;
    }
  }

  /** Any simulator: all have the same scenario open. */
  get simulator(): Remote {
    return this.simulators[0]!;
  }

  /** A setting with what the page begins with. */
  private whole(setting: Setting): Setting {
    return { ...setting, settings: [...this.page.settings, ...setting.settings] };
  }

  private shower(isCurrent: () => boolean, n: number, language: () => Language, listener: Listener) {
    let last = 0;
    let isBusy = false;
    return async (counted: number): Promise<void> => {
      const isDue = counted === Math.min(FIRST, n) || counted === n;
      const isLater = counted > FIRST && !isBusy && performance.now() - last > PAUSE;
      if (!isCurrent() || !(isDue || isLater)) return;
      isBusy = true;
      const view = await this.viewIn(language);
      [isBusy, last] = [false, performance.now()];
      if (isCurrent()) listener.answered(view, counted === n);
    };
  }
}

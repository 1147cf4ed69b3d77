// A worker with an engine of its own, which it starts anew after a panic.

import { Engine } from "./engine";
import type { Order, Reply } from "./remote";

let module: WebAssembly.Module | undefined;
let engine: Engine | undefined;

async function carryOut(order: Order): Promise<Uint8Array<ArrayBuffer>> {
  if (order.kind === "module") {
    module = order.module;
    return new Uint8Array();
  }
  engine ??= await Engine.start(module!);
  return order.kind === "add" ? engine.add(order.world) : engine.call(order.request);
}

async function answer(order: Order): Promise<void> {
  try {
    const bytes = await carryOut(order);
    const reply: Reply = { id: order.id, bytes };
    self.postMessage(reply, { transfer: [bytes.buffer] });
  } catch (error) {
    engine = undefined;
    const reply: Reply = { id: order.id, panic: error instanceof Error ? error.message : String(error) };
    self.postMessage(reply);
  }
}

// One order after another: starting an engine takes a moment.
let last = Promise.resolve();
self.addEventListener("message", ({ data }: MessageEvent<Order>) => {
  last = last.then(() => answer(data));
});

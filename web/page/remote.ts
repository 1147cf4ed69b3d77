// An engine in a worker, as the page sees it.

import type { Answer } from "./protocol";

/** What a worker is told. */
export type Order = { id: number } & (
  | { kind: "module"; module: WebAssembly.Module }
  | { kind: "call"; request: unknown }
  | { kind: "add"; world: Uint8Array<ArrayBuffer> }
);

/** What it says. */
export type Reply = { id: number; bytes: Uint8Array<ArrayBuffer> } | { id: number; panic: string };

/** The engine refused, or broke off. */
export class Refused extends Error {}

type Task = Order extends infer One ? (One extends { id: number } ? Omit<One, "id"> : never) : never;

interface Waiting {
  resolve(bytes: Uint8Array<ArrayBuffer>): void;
  reject(error: Error): void;
}

export class Remote {
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  private readonly worker: Worker;

  constructor(script: string, module: WebAssembly.Module) {
    this.worker = new Worker(script);
    this.worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.take(data));
    void this.send({ kind: "module", module });
  }

  /** The bytes that answer a request. */
  async bytes(request: unknown): Promise<Uint8Array<ArrayBuffer>> {
    return this.send({ kind: "call", request });
  }

  /** The JSON that answers a request. */
  async ask<T>(request: unknown): Promise<T> {
    return parsed<T>(await this.bytes(request));
  }

  /** Adds a world; the number of worlds so far. */
  async add(world: Uint8Array<ArrayBuffer>): Promise<number> {
    const bytes = await this.send({ kind: "add", world }, [world.buffer]);
    return parsed<{ n: number }>(bytes).n;
  }

  private send(task: Task, transfer: Transferable[] = []): Promise<Uint8Array<ArrayBuffer>> {
    const id = this.next++;
    this.worker.postMessage({ ...task, id }, transfer);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private take(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ("panic" in reply) waiting?.reject(new Refused(reply.panic));
    else waiting?.resolve(reply.bytes);
  }
}

function parsed<T>(bytes: Uint8Array): T {
  const answer = JSON.parse(new TextDecoder().decode(bytes)) as Answer<T>;
  if (typeof answer === "object" && answer !== null && "error" in answer) throw new Refused(String(answer.error));
  return answer as T;
}
